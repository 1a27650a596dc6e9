import { describe, expect, it } from 'vitest';
import { scopeOf } from '../../../src/kube/schema/scope.ts';

describe('scopeOf', () => {
  it.each([
    ['', 'ConfigMap', 'Namespaced'],
    ['', 'Namespace', 'Cluster'],
    ['', 'PersistentVolume', 'Cluster'],
    ['', 'PersistentVolumeClaim', 'Namespaced'],
    ['apps', 'Deployment', 'Namespaced'],
    ['apps', 'Namespace', undefined],
    ['policy', 'PodSecurityPolicy', 'Cluster'],
    ['rbac.authorization.k8s.io', 'ClusterRole', 'Cluster'],
    ['rbac.authorization.k8s.io', 'RoleBinding', 'Namespaced'],
    ['networking.k8s.io', 'IngressClass', 'Cluster'],
    ['storage.k8s.io', 'CSIStorageCapacity', 'Namespaced'],
    ['apiextensions.k8s.io', 'CustomResourceDefinition', 'Cluster'],
    ['kustomize.toolkit.fluxcd.io', 'Kustomization', 'Namespaced'],
    ['fluxcd.controlplane.io', 'FluxInstance', 'Namespaced'],
    ['example.com', 'Order', undefined],
    ['gateway.networking.k8s.io', 'GatewayClass', undefined],
  ])('of %s %s is %s', (group, kind, scope) => {
    expect(scopeOf(group, kind)).toBe(scope);
  });
});
