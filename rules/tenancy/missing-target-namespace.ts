import { anyGlob, defineRule, type Graph, type KustomizationView, type Tenant, yaml } from '../../src/rule.ts';

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
    const tenant = graph.tenants.of(kustomization);
    if (!tenant || tenant.entry !== kustomization || kustomization.spec.targetNamespace !== undefined) return;
    if (isConfined(kustomization, tenant)) return;
    const cluster = graph.clusters.get(kustomization.cluster);
    const defaultAccount = cluster ? graph.clusters.lockdown(cluster).defaultServiceAccount : 'unknown';
    const fence = accountThatFences(kustomization, defaultAccount, graph);
    const [namespace] = tenant.namespaces;
    yield {
      at: kustomization.origin('/spec/targetNamespace'),
      message: `${kustomization.id} applies what tenant ${tenant.name} pushes, and no targetNamespace keeps it in the tenant's namespaces.`,
      hint:
        fence === undefined
          ? `Set targetNamespace${namespace === undefined ? '' : `: ${namespace}`}, and a serviceAccountName that may write there only.`
          : `The rights of ${fence} are the only fence; targetNamespace would be a second one.`,
      atMost: fence !== undefined ? 'info' : defaultAccount === 'unknown' ? 'warning' : undefined,
    };
  },
});

/** All it renders is known, and lies in the tenant's namespaces. */
const isConfined = ({ content, objects }: KustomizationView, tenant: Tenant): boolean => {
  if (content.type !== 'built' || content.failed || content.build.leaves.length > 0 || tenant.namespaces.length === 0) return false;
  const isOwn = anyGlob(tenant.namespaces);
  return objects.every(({ namespace }) => namespace !== undefined && isOwn(namespace));
};

/** The account it runs as, where that is no administrator of the whole cluster. */
const accountThatFences = (kustomization: KustomizationView, defaultAccount: string, graph: Graph): string | undefined => {
  const name = kustomization.spec.serviceAccountName;
  if (name === undefined) return defaultAccount === 'set' ? "the controllers' default account" : undefined;
  const cluster = graph.clusters.get(kustomization.target);
  const isAdministrator = cluster && graph.rights.clusterWide(cluster, { namespace: kustomization.namespace, name }) !== undefined;
  return isAdministrator ? undefined : name;
};
