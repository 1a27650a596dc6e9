import { describe, expect, it } from 'vitest';
import { idAt, isSelectedBy, selectResources } from '../../../src/kustomize/field/selectors.ts';
import { currentId, type Resource } from '../../../src/kustomize/resource/resource.ts';
import { kustomization, resources } from '../manifests.ts';

const [shop, billing, role, cache] = resources(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, labels: {app: shop, tier: web}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: billing, namespace: payments, annotations: {owner: money}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: shop-reader}
---
apiVersion: v1
kind: Service
metadata: {name: prod-cache, namespace: prod}
`);
if (!shop || !billing || !role || !cache) throw new Error('the test needs four objects');
const renamed: Resource = { ...cache, previous: [{ ...currentId(cache), name: 'cache', namespace: '' }] };
const all = [shop, billing, role, renamed];

describe('selectResources', () => {
  it.each([
    ['{}', ['shop', 'billing', 'shop-reader', 'prod-cache']],
    ['{kind: Deployment}', ['shop', 'billing']],
    ['{kind: Deploy}', []],
    ['{kind: Deploy.*|Service}', ['shop', 'billing', 'prod-cache']],
    ['{group: apps, version: v1}', ['shop', 'billing']],
    ['{name: shop}', ['shop']],
    ['{name: shop.*}', ['shop', 'shop-reader']],
    ['{name: cache}', ['prod-cache']],
    ['{name: prod-.*}', ['prod-cache']],
    ['{name: c|b}', []],
    ['{namespace: default}', ['shop', 'prod-cache']],
    ['{namespace: prod}', ['prod-cache']],
    ['{namespace: ".*"}', ['shop', 'billing', 'shop-reader', 'prod-cache']],
    ['{labelSelector: "app in (shop),tier!=api"}', ['shop']],
    ['{labelSelector: "!app"}', ['billing', 'shop-reader', 'prod-cache']],
    ['{annotationSelector: owner=money}', ['billing']],
    ['{kind: Deployment, annotationSelector: "!owner"}', ['shop']],
  ])('%s', (target, names) => {
    const selected = selectResources(all, kustomization(target));
    expect('type' in selected ? selected : selected.map((resource) => currentId(resource).name)).toEqual(names);
  });

  it.each([
    ['{name: "shop["}', 'error parsing regexp: missing closing ]'],
    ['{name: "(?!shop)"}', 'invalid or unsupported Perl syntax'],
    ['{labelSelector: "app shop"}', 'unable to parse requirement'],
    ['{annotationSelector: "a=b c"}', 'unable to parse requirement'],
  ])('rejects %s', (target, message) => {
    expect(selectResources(all, kustomization(target))).toMatchObject({ type: 'failure', message: expect.stringContaining(message) });
  });
});

it.each([
  ['{kind: Deployment}', true],
  ['{kind: Deploy.*}', false],
  ['{name: shop, namespace: default}', true],
  ['{name: shop, namespace: prod}', false],
])('isSelectedBy compares texts: %s', (selector, expected) => {
  expect(isSelectedBy(currentId(shop), idAt(kustomization(selector)))).toBe(expected);
});
