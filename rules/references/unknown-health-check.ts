import { type AppliedView, customKind, defineRule, groupOf, scopeOf, yaml } from '../../src/rule.ts';

export const unknownHealthCheck = defineRule({
  id: 'references/unknown-health-check',
  severity: 'warning',
  summary: 'A health check names an object that the cluster does not get',
  why: `Flux looks for the object until the timeout and then reports \`timeout waiting for: […]\`, at every interval: the
    Kustomization never becomes ready, and nothing that depends on it starts. Without \`apiVersion\` it looks for \`apps/v1\`;
    the namespace has no default at all.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#health-checks',
  examples: {
    bad: yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: shop, namespace: flux-system }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
        healthChecks:
          - apiVersion: apps/v1
            kind: Deployment
            name: shops # expect: references/unknown-health-check
            namespace: flux-system
    `,
    good: yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: shop, namespace: flux-system }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
        healthChecks:
          - apiVersion: apps/v1
            kind: Deployment
            name: shop
            namespace: flux-system
    `,
  },

  *kustomization(kustomization, { graph }) {
    // The list has no effect beside wait: true.
    if (kustomization.spec.wait === true) return;
    for (const [index, check] of (kustomization.spec.healthChecks ?? []).entries()) {
      const { kind = '', name = '', namespace, apiVersion = 'apps/v1' } = check;
      const field = `/spec/healthChecks/${index}`;
      const at = kustomization.origin(`${field}/name`);
      if (namespace === undefined && scopeOf(groupOf(apiVersion), kind) === 'Namespaced') {
        yield {
          at,
          message: `${kustomization.id} checks ${kind} ${name} in no namespace. Flux does not find it and reports a timeout.`,
          hint: 'Say the namespace: a health check has no default for it.',
        };
        continue;
      }
      const wanted = { group: groupOf(apiVersion), kind, namespace, name };
      if (
        graph.existence.of(kustomization.target, wanted).answer !== 'no' ||
        isMadeByAnOperator(kind, namespace, graph.clusters.get(kustomization.target)?.objects ?? [])
      )
        continue;
      const namesakes = graph.clusters.namesakes(kustomization.target, kind, name);
      // One without a namespace is not applied: `references/missing-namespace`.
      if (namesakes.some((other) => other.namespace === undefined || other.namespace === '')) continue;
      yield {
        at,
        message: `${kustomization.id} checks ${kind} ${namespace === undefined ? name : `${namespace}/${name}`}, which nothing on its cluster creates. Flux reports a timeout, and the Kustomization never becomes ready.`,
        hint: check.apiVersion === undefined ? 'Without apiVersion it is looked for in apps/v1.' : undefined,
        related: namesakes.map((other) => ({
          at: other.origin('/metadata/name'),
          message: `${other.apiVersion} ${other.label} has the same name`,
        })),
      };
    }
  },
});

/** A workload beside a custom resource of somebody's own: what its operator makes is not in git. Flux's kinds are never made so. */
const isMadeByAnOperator = (kind: string, namespace: string | undefined, objects: readonly AppliedView[]): boolean =>
  !fluxKinds.has(kind) && objects.some((object) => object.namespace === namespace && customKind(object.root) !== undefined);

const fluxKinds: ReadonlySet<string> = new Set(['Kustomization', 'HelmRelease', 'GitRepository', 'OCIRepository', 'HelmRepository']);
