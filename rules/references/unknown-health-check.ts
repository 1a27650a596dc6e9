import {
  type AppliedView,
  apiVersionOf,
  customKind,
  defineRule,
  type Graph,
  groupOf,
  objectName,
  otherGroups,
  scopeOf,
  servedInstead,
  yaml,
} from '../../src/rule.ts';

export const unknownHealthCheck = defineRule({
  id: 'references/unknown-health-check',
  severity: 'error',
  summary: 'A health check that can never be met',
  why: `Flux looks for the object until the timeout and then reports \`timeout waiting for: […]\`, at every interval: the
    Kustomization never becomes ready, and nothing that depends on it starts. Without \`apiVersion\` it looks for \`apps/v1\`;
    the namespace has no default at all. It finds the object by its group and kind, which must be served
    (kustomize-controller: internal/inventory/inventory.go, \`ReferenceToObjMetadataSet\`, drops the version).`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#health-checks',
  remedy: 'Name an object that the Kustomization applies, with its namespace.',
  unless: 'Not where an operator creates the object: say so in `external`.',
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
            name: shops # expect: references/unknown-health-check warning
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
      const wrongGroup = otherGroups(apiVersion, kind);
      if (wrongGroup) {
        yield {
          at: check.apiVersion === undefined ? at : kustomization.origin(`${field}/apiVersion`),
          message: `${kustomization.id} checks ${kind} ${name} by ${apiVersion}, which has no such kind. Flux finds no such object and reports a timeout, and the Kustomization never becomes ready.`,
          hint: `${kind} is of ${wrongGroup.map((group) => (group === '' ? 'v1' : group)).join(' or ')}.`,
        };
        continue;
      }
      const instead = unserved(graph, { cluster: kustomization.target, apiVersion, kind });
      if (instead) {
        yield {
          at: kustomization.origin(`${field}/apiVersion`),
          message: `${kustomization.id} checks ${kind} ${name} by ${apiVersion}, which its cluster does not serve: it is found only as long as Flux looks by group and kind alone.`,
          hint: instead.length > 0 ? `Write ${instead.join(' or ')}.` : undefined,
          // Kubernetes' own were removed years ago; Flux's are in many fleets, and are found.
          atMost: servedInstead(apiVersion, kind) ? 'warning' : 'info',
        };
      }
      if (namespace === undefined && scopeOf(groupOf(apiVersion), kind) === 'Namespaced') {
        yield {
          at,
          message: `${kustomization.id} checks ${kind} ${name} in no namespace. Flux does not find it and reports a timeout.`,
          hint: 'Say the namespace: a health check has no default for it.',
          atMost: 'warning',
        };
        continue;
      }
      const wanted = { group: groupOf(apiVersion), kind, namespace, name };
      if (
        graph.existence.of(kustomization.target, wanted).answer !== 'no' ||
        isMadeByAnOperator(kind, namespace, graph.clusters.get(kustomization.target)?.objects ?? [])
      )
        continue;
      // Of kinds that are not known here: kustomize gives them a namespace, and where they take none the API server leaves it out.
      if (namespace === undefined && isWrittenAnywhere(wanted, kustomization.target, graph)) continue;
      const namesakes = graph.clusters.namesakes(kustomization.target, kind, name);
      // One without a namespace is not applied: `references/missing-namespace`.
      if (namesakes.some((other) => other.namespace === undefined || other.namespace === '')) continue;
      yield {
        at,
        message: `${kustomization.id} checks ${objectName({ kind, namespace, name })}, which nothing on its cluster creates. Flux reports a timeout, and the Kustomization never becomes ready.`,
        hint: check.apiVersion === undefined ? 'Without apiVersion it is looked for in apps/v1.' : undefined,
        atMost: 'warning',
        related: namesakes.map((other) => ({
          at: other.origin('/metadata/name'),
          message: `${other.apiVersion} ${other.label} has the same name`,
        })),
      };
    }
  },
});

/** The versions that are served in the place of one that the cluster does not have; undefined where it has it, or may. */
const unserved = (graph: Graph, question: Parameters<Graph['schemas']['apiVerdict']>[0]): readonly string[] | undefined => {
  const verdict = graph.schemas.apiVerdict(question);
  if (verdict?.type === 'unserved') return verdict.isProven ? verdict.served : undefined;
  if (verdict?.type === 'removed' && verdict.isProven) return verdict.newest ? [apiVersionOf(verdict.kind, verdict.newest)] : [];
  return servedInstead(question.apiVersion, question.kind);
};

const isWrittenAnywhere = (
  { group, kind, name }: { readonly group: string; readonly kind: string; readonly name: string },
  cluster: string,
  graph: Graph,
): boolean =>
  scopeOf(group, kind) === undefined &&
  graph.clusters.namesakes(cluster, kind, name).some(({ apiVersion }) => groupOf(apiVersion) === group);

/** A workload beside a custom resource of somebody's own: what its operator makes is not in git. Flux's kinds are never made so. */
const isMadeByAnOperator = (kind: string, namespace: string | undefined, objects: readonly AppliedView[]): boolean =>
  !fluxKinds.has(kind) && objects.some((object) => object.namespace === namespace && customKind(object.root) !== undefined);

const fluxKinds: ReadonlySet<string> = new Set(['Kustomization', 'HelmRelease', 'GitRepository', 'OCIRepository', 'HelmRepository']);
