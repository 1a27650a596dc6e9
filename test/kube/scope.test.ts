import { describe, expect, it } from 'vitest';
import { customKinds } from '../../src/kube/crd-schemas.ts';
import { scopeOf } from '../../src/kube/scope.ts';
import { parseObject } from './parse-object.ts';

const definition = (group: string, kind: string, scope: string) =>
  parseObject(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: a }
spec: { group: ${group}, scope: ${scope}, names: { kind: ${kind} }, versions: [{ name: v1, served: true, storage: true }] }
`);

const custom = customKinds([
  definition('example.com', 'ClusterIssuer', 'Cluster'),
  definition('example.com', 'Certificate', 'Namespaced'),
  parseObject('{ apiVersion: v1, kind: ConfigMap }'),
]);

describe('scopeOf', () => {
  it.each([
    ['', 'ConfigMap', 'Namespaced'],
    ['', 'Namespace', 'Cluster'],
    ['', 'PersistentVolume', 'Cluster'],
    ['', 'PersistentVolumeClaim', 'Namespaced'],
    ['apps', 'Deployment', 'Namespaced'],
    ['apps', 'Namespace', 'Namespaced'],
    ['rbac.authorization.k8s.io', 'ClusterRole', 'Cluster'],
    ['rbac.authorization.k8s.io', 'RoleBinding', 'Namespaced'],
    ['networking.k8s.io', 'IngressClass', 'Cluster'],
    ['storage.k8s.io', 'CSIStorageCapacity', 'Namespaced'],
    ['apiextensions.k8s.io', 'CustomResourceDefinition', 'Cluster'],
    ['kustomize.toolkit.fluxcd.io', 'Kustomization', 'Namespaced'],
    ['fluxcd.controlplane.io', 'FluxInstance', 'Namespaced'],
    ['example.com', 'ClusterIssuer', 'Cluster'],
    ['example.com', 'Certificate', 'Namespaced'],
    ['example.com', 'Order', undefined],
    ['gateway.networking.k8s.io', 'GatewayClass', undefined],
  ])('of %s %s is %s', (group, kind, scope) => {
    expect(scopeOf(group, kind, custom)).toBe(scope);
  });
});
