import { describe, expect, it } from 'vitest';
import { evaluateWorkspace } from '../../../src/analyze.ts';
import { workspaceOf } from '../../fixture.ts';

const source = (name: string, url: string, namespace = 'flux-system') => `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: ${name}, namespace: ${namespace} }
spec: { interval: 1m, url: "${url}", ref: { branch: main } }
`;

const kustomization = (name: string, spec = '', labels = '{}') => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system, labels: ${labels} }
spec: { interval: 10m, path: ./clusters/prod, prune: true, sourceRef: { kind: GitRepository, name: ${name} }${spec} }
`;

const administrator = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: deployer }
roleRef: { kind: ClusterRole, name: cluster-admin, apiGroup: rbac.authorization.k8s.io }
subjects: [{ kind: ServiceAccount, name: deployer, namespace: flux-system }]
`;

const root = [source('flux-system', 'ssh://git@git.example.com/acme/fleet'), kustomization('flux-system')].join('---\n');

const tenantIn = (path: string, ...documents: readonly string[]) => {
  const { graph } = evaluateWorkspace(
    workspaceOf({ 'clusters/prod/flux-system/gotk-sync.yaml': root, [`clusters/prod/${path}`]: documents.join('---\n') }),
  );
  const view = graph.clusters.kustomization('prod', 'flux-system', 'billing');
  const tenant = view && graph.tenants.of(view);
  return tenant && { name: tenant.name, evidence: tenant.evidence, atMost: tenant.atMost };
};

const own = 'ssh://git@git.example.com/acme/billing-apps';
const foreign = 'https://git.example.org/vendor/operator';

describe('who is a tenant', () => {
  it('is said by the label', () => {
    const labelled = kustomization('billing', '', '{ toolkit.fluxcd.io/tenant: payments }');
    expect(tenantIn('x.yaml', source('billing', foreign), labelled)).toEqual({ name: 'payments', evidence: 'strong', atMost: undefined });
  });

  it('is who owns another repository of the same owner', () => {
    const found = tenantIn('x.yaml', source('billing', own), kustomization('billing'));
    expect(found).toEqual({ name: 'billing-apps', evidence: 'strong', atMost: undefined });
  });

  it('is perhaps the platform where the platform made it an administrator', () => {
    const found = tenantIn('x.yaml', source('billing', own), kustomization('billing', ', serviceAccountName: deployer'), administrator);
    expect(found).toEqual({ name: 'billing-apps', evidence: 'strong', atMost: 'warning' });
  });

  it('is guessed from a tenants folder, and of a foreign upstream hardly at all', () => {
    const elsewhere = source('billing', 'ssh://git@git.example.net/x/y');
    expect(tenantIn('tenants/x.yaml', elsewhere, kustomization('billing'))?.atMost).toBe('warning');
    expect(tenantIn('x.yaml', source('billing', foreign), kustomization('billing'))).toMatchObject({
      evidence: 'upstream',
      atMost: 'info',
    });
  });

  it('is nobody who runs as the controllers, or builds from the root', () => {
    const controllers = kustomization('billing', ', serviceAccountName: kustomize-controller');
    expect(tenantIn('x.yaml', source('billing', own), controllers)).toBeUndefined();
    expect(tenantIn('x.yaml', source('billing', 'https://git.example.com/acme/fleet.git'), kustomization('billing'))).toBeUndefined();
  });
});
