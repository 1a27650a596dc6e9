import { defineRule, yaml } from '../../src/rule.ts';

export const missingServiceAccount = defineRule({
  id: 'tenancy/missing-service-account',
  severity: 'error',
  summary: "A tenant's Kustomization runs with the rights of Flux itself",
  why: `Without \`serviceAccountName\` kustomize-controller applies with its own rights, and those are cluster-admin. Whoever may
    push to the tenant's repository is then an administrator of the cluster: a ClusterRoleBinding in it, or an object in
    kube-system, is applied like anything else. \`targetNamespace\` does not help: it rewrites namespaces, it forbids nothing.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#role-based-access-control',
  examples: {
    bad: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: billing }
      spec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: billing, labels: { toolkit.fluxcd.io/tenant: billing } }
      spec: # expect: tenancy/missing-service-account
        path: ./deploy
        targetNamespace: billing
        sourceRef: { kind: GitRepository, name: billing }
    `,
    good: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: billing }
      spec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: billing, labels: { toolkit.fluxcd.io/tenant: billing } }
      spec:
        path: ./deploy
        sourceRef: { kind: GitRepository, name: billing }
        targetNamespace: billing
        serviceAccountName: billing
    `,
  },

  *kustomization(kustomization, { graph }) {
    const tenant = graph.tenants.of(kustomization);
    if (!tenant || tenant.entry !== kustomization) return;
    const { serviceAccountName, kubeConfig, targetNamespace } = kustomization.spec;
    // With a kubeConfig, the rights are those of the account that the kubeconfig names.
    if (serviceAccountName !== undefined || kubeConfig !== undefined) return;
    const cluster = graph.clusters.get(kustomization.cluster);
    const defaultAccount = cluster ? graph.clusters.lockdown(cluster).defaultServiceAccount : 'unknown';
    if (defaultAccount === 'set') return;
    const namespace = targetNamespace ?? tenant.namespaces[0];
    yield {
      at: kustomization.origin('/spec/serviceAccountName'),
      message: `${kustomization.id} applies what tenant ${tenant.name} pushes with the rights of kustomize-controller: cluster-admin${defaultAccount === 'unknown' ? ', unless the controllers were given a default account' : ''}.`,
      hint: `Set serviceAccountName to an account in ${kustomization.namespace} whose RoleBinding lets it write${namespace === undefined ? " in the tenant's namespaces" : ` in ${namespace}`} only.`,
      atMost: defaultAccount === 'unknown' ? 'warning' : undefined,
    };
  },
});
