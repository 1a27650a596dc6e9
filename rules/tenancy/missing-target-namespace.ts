import picomatch from 'picomatch';
import { type AppliedView, defineRule, type Graph, type KustomizationView, type Tenant, yaml } from '../../src/rule.ts';

export const missingTargetNamespace = defineRule({
  id: 'tenancy/missing-target-namespace',
  severity: 'error',
  summary: "Nothing confines a tenant's objects to its namespaces",
  why: `A Kustomization that applies a tenant's repository puts every object where the tenant's manifests say. Without
    \`targetNamespace\`, and without a service account that may write only in the tenant's namespaces, one wrong
    \`namespace:\` in the tenant's repository changes another team's workloads, or the platform's.`,
  reference: 'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  examples: {
    bad: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: flux-system, labels: { toolkit.fluxcd.io/tenant: billing } }
      spec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata:
        name: billing
        namespace: flux-system
        labels: { toolkit.fluxcd.io/tenant: billing }
      spec: # expect: tenancy/missing-target-namespace
        path: ./deploy
        sourceRef: { kind: GitRepository, name: billing }
    `,
    good: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: flux-system }
      spec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata:
        name: billing
        namespace: flux-system
        labels: { toolkit.fluxcd.io/tenant: billing }
      spec:
        path: ./deploy
        targetNamespace: billing
        sourceRef: { kind: GitRepository, name: billing }
    `,
  },

  *kustomization(kustomization, { graph }) {
    const tenant = graph.tenantOf(kustomization);
    if (!tenant || kustomization.spec.targetNamespace !== undefined) return;
    if (isConfined(kustomization, tenant)) return;
    const account = kustomization.spec.serviceAccountName;
    const hasOwnAccount = account !== undefined && !hasClusterWideRights(kustomization, account, graph);
    yield {
      at: kustomization.origin('/spec/targetNamespace'),
      message: `${kustomization.id} applies what tenant ${tenant.name} pushes, and no targetNamespace keeps it in the tenant's namespaces.`,
      hint: hasOwnAccount
        ? `The rights of ${account} are the only fence; targetNamespace would be a second one.`
        : `Set targetNamespace${tenant.namespaces[0] === undefined ? '' : `: ${tenant.namespaces[0]}`}, and a serviceAccountName that may write there only.`,
      atMost: hasOwnAccount ? 'info' : tenant.evidence === 'weak' ? 'warning' : undefined,
    };
  },
});

/** All it renders is known, and lies in the tenant's namespaces. */
const isConfined = ({ content, objects }: KustomizationView, tenant: Tenant): boolean => {
  if (content.type !== 'built' || content.failed || content.build.leaves.length > 0 || tenant.namespaces.length === 0) return false;
  const isOwn = picomatch([...tenant.namespaces]);
  return objects.every(({ namespace }) => namespace !== undefined && isOwn(namespace));
};

/** A ClusterRoleBinding gives the account rights everywhere. */
const hasClusterWideRights = ({ cluster, namespace }: KustomizationView, account: string, graph: Graph): boolean =>
  (graph.cluster(cluster)?.objects ?? []).some(
    (object) => object.kind === 'ClusterRoleBinding' && bindsAccount(object, namespace, account),
  );

const bindsAccount = (binding: AppliedView, namespace: string, account: string): boolean => {
  const subjects = binding.node('/subjects');
  if (subjects?.type !== 'list') return false;
  return subjects.items.some((_, index) => {
    const field = (name: string) => binding.node(`/subjects/${index}/${name}`);
    const text = (name: string) => {
      const node = field(name);
      return node?.type === 'scalar' ? node.text : undefined;
    };
    return text('kind') === 'ServiceAccount' && text('name') === account && text('namespace') === namespace;
  });
};
