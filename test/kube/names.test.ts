import { describe, expect, it } from 'vitest';
import { annotationKeyError, labelKeyError, labelValueError, nameError, namespaceError } from '../../src/kube/names.ts';

const longest = 'a'.repeat(63);

describe('nameError', () => {
  it.each([
    ['', 'ConfigMap', 'billing', undefined],
    ['', 'ConfigMap', 'billing.v1', undefined],
    ['', 'ConfigMap', 'a'.repeat(253), undefined],
    ['', 'ConfigMap', 'a'.repeat(254), 'has 254 characters: at most 253 are allowed'],
    ['', 'ConfigMap', '', 'is empty'],
    ['', 'ConfigMap', 'Billing', 'holds "B": only lower-case letters, digits, "-" and "." are allowed'],
    ['', 'ConfigMap', 'billing_api', 'holds "_": only lower-case letters, digits, "-" and "." are allowed'],
    ['', 'ConfigMap', 'bücher', 'holds "ü": only lower-case letters, digits, "-" and "." are allowed'],
    ['', 'ConfigMap', '-billing', 'begins with "-": a letter or a digit must come first'],
    ['', 'ConfigMap', 'billing-', 'ends with "-": a letter or a digit must come last'],
    ['', 'ConfigMap', 'billing..api', 'has a part that is empty, or that begins or ends with "-"'],
    ['', 'ConfigMap', 'billing.-api', 'has a part that is empty, or that begins or ends with "-"'],
    ['', 'Service', 'billing.api', 'holds ".": only lower-case letters, digits and "-" are allowed'],
    ['', 'Service', longest, undefined],
    ['', 'Namespace', `${longest}a`, 'has 64 characters: at most 63 are allowed'],
    ['rbac.authorization.k8s.io', 'ClusterRole', 'system:Controller:billing', undefined],
    ['rbac.authorization.k8s.io', 'RoleBinding', 'billing/reader', 'holds "/": neither "/" nor "%" is allowed'],
    ['rbac.authorization.k8s.io', 'Role', '..', 'is a path, not a name'],
    ['apiregistration.k8s.io', 'APIService', 'v1beta1.metrics.k8s.io', undefined],
    ['batch', 'CronJob', 'a'.repeat(52), undefined],
    ['batch', 'CronJob', 'a'.repeat(53), 'has 53 characters: at most 52 are allowed (its Jobs add eleven)'],
    ['kustomize.toolkit.fluxcd.io', 'Kustomization', longest, undefined],
    [
      'kustomize.toolkit.fluxcd.io',
      'Kustomization',
      `${longest}a`,
      'has 64 characters: at most 63 are allowed (Flux writes it as a label on every object it applies)',
    ],
    ['example.com', 'Kustomization', `${longest}a`, undefined],
  ])('of %s %s %s: %s', (group, kind, name, error) => {
    expect(nameError(group, kind, name)).toBe(error);
  });
});

describe('namespaceError', () => {
  it.each([
    ['billing', undefined],
    ['1billing', undefined],
    ['billing.api', 'holds ".": only lower-case letters, digits and "-" are allowed'],
    ['', 'is empty'],
  ])('of %s: %s', (name, error) => {
    expect(namespaceError(name)).toBe(error);
  });
});

describe('labelKeyError', () => {
  it.each([
    ['app', undefined],
    ['app.kubernetes.io/Name_1', undefined],
    [`example.com/${longest}`, undefined],
    ['', 'is empty'],
    ['example.com/', 'has nothing behind the slash'],
    ['/app', 'has a prefix that is empty'],
    ['a/b/c', 'has more than one slash'],
    ['Example.com/app', 'has a prefix that holds "E": only lower-case letters, digits, "-" and "." are allowed'],
    ['my app', 'holds " ": only letters, digits, "-", "_" and "." are allowed'],
    ['-app', 'begins with "-": a letter or a digit must come first'],
    [`example.com/${longest}a`, 'has 64 characters: at most 63 are allowed'],
  ])('of %s: %s', (key, error) => {
    expect(labelKeyError(key)).toBe(error);
  });
});

describe('labelValueError', () => {
  it.each([
    ['', undefined],
    ['v1.2.3_Final', undefined],
    ['1.2.3+build', 'holds "+": only letters, digits, "-", "_" and "." are allowed'],
    ['billing team', 'holds " ": only letters, digits, "-", "_" and "." are allowed'],
    ['billing.', 'ends with ".": a letter or a digit must come last'],
    [`${longest}a`, 'has 64 characters: at most 63 are allowed'],
  ])('of %s: %s', (value, error) => {
    expect(labelValueError(value)).toBe(error);
  });
});

describe('annotationKeyError', () => {
  it.each([
    ['Example.com/App', undefined],
    ['example.com/my app', 'holds " ": only letters, digits, "-", "_" and "." are allowed'],
  ])('of %s: %s', (key, error) => {
    expect(annotationKeyError(key)).toBe(error);
  });
});
