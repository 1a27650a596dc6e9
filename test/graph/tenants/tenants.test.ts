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

const lockedDown = `resources: [gotk-sync.yaml]
patches:
  - target: { kind: Deployment }
    patch: |
      - { op: add, path: /spec/template/spec/containers/0/args/-, value: --no-cross-namespace-refs=true }
      - { op: add, path: /spec/template/spec/containers/0/args/-, value: --default-service-account=default }
`;

interface Fleet {
  /** Below clusters/prod. */
  readonly path?: string;
  readonly documents: readonly string[];
  readonly more?: Readonly<Record<string, string>>;
}

const tenantOf = ({ path = 'x.yaml', documents, more = {} }: Fleet) => {
  const { graph } = evaluateWorkspace(
    workspaceOf({ 'clusters/prod/flux-system/gotk-sync.yaml': root, [`clusters/prod/${path}`]: documents.join('---\n'), ...more }),
  );
  const view = graph.clusters.kustomization('prod', 'flux-system', 'billing');
  const tenant = view && graph.tenants.of(view);
  return tenant && { name: tenant.name, evidence: tenant.evidence };
};

const own = source('billing', 'ssh://git@git.example.com/acme/billing-apps');
const foreign = source('billing', 'https://git.example.org/vendor/operator');
const labelled = '{ toolkit.fluxcd.io/tenant: payments }';

describe('who is a tenant', () => {
  it('is said by the label', () => {
    expect(tenantOf({ documents: [foreign, kustomization('billing', '', labelled)] })).toEqual({ name: 'payments', evidence: 'label' });
  });

  it('is said by the configuration, whatever else speaks against it', () => {
    const documents = [own, kustomization('billing', ', serviceAccountName: deployer'), administrator];
    const more = { '.flux-lint.yaml': 'tenants: [{ name: pay, kustomizations: ["*/billing"] }]\n' };
    expect(tenantOf({ documents, more })).toEqual({ name: 'pay', evidence: 'configuration' });
  });

  it.each([
    ['tenants/payments/sync.yaml', 'payments'],
    ['tenants/base/payments/sync.yaml', 'payments'],
    ['teams/prod/payments/flux/sync.yaml', 'payments'],
    ['tenants/payments.yaml', 'payments-prod'],
  ])('is said by the folder of %s', (path, name) => {
    const documents = [foreign, kustomization('billing', ', targetNamespace: payments-prod')];
    expect(tenantOf({ path, documents })).toEqual({ name, evidence: 'folder' });
  });

  it("is not said by a folder where the source is made elsewhere: it may be the platform's own", () => {
    expect(tenantOf({ path: 'tenants/payments/sync.yaml', documents: [kustomization('billing')] })).toBeUndefined();
  });

  it('is another repository of the same owner only under controllers that are locked down', () => {
    const documents = [own, kustomization('billing')];
    const more = { 'clusters/prod/flux-system/kustomization.yaml': lockedDown };
    expect(tenantOf({ documents })).toBeUndefined();
    expect(tenantOf({ documents, more })).toEqual({ name: 'billing-apps', evidence: 'lockdown' });
    expect(tenantOf({ documents: [foreign, kustomization('billing')], more })).toBeUndefined();
  });

  it('is nobody whom the platform made cluster-admin by name, whatever label an overlay gives to all', () => {
    expect(
      tenantOf({ documents: [own, kustomization('billing', ', serviceAccountName: deployer', labelled), administrator] }),
    ).toBeUndefined();
  });

  it('is nobody who runs as the controllers, or builds from the root', () => {
    const controllers = kustomization('billing', ', serviceAccountName: kustomize-controller');
    const path = 'tenants/payments/sync.yaml';
    expect(tenantOf({ path, documents: [own, controllers] })).toBeUndefined();
    expect(
      tenantOf({ path, documents: [source('billing', 'https://git.example.com/acme/fleet.git'), kustomization('billing')] }),
    ).toBeUndefined();
  });
});
