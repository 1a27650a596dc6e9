import { defineRule, mayComeWithTheCluster, yaml } from '../../src/rule.ts';

export const missingField = defineRule({
  id: 'schema/missing-field',
  severity: 'error',
  summary: 'A required field is missing',
  why: `The API server refuses an object without a field that its kind requires (\`Required value\`), and Flux applies nothing
    of the Kustomization that brings it. What counts is the object as it arrives: a field that an overlay, a patch of the
    parent or a default brings is there.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/api/v1/',
  remedy: 'Add the field.',
  unless: `Not where a patch of another repository adds it, nor where Flux shares the object with another program
    (\`kustomize.toolkit.fluxcd.io/ssa: Merge\`); a warning for what distributions of Kubernetes bring.`,
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec: # expect: schema/missing-field
        interval: 1h
        sourceRef: { kind: GitRepository, name: flux-system }
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
    `,
  },

  *object(object, { graph }) {
    // Where nothing shows who applies an object, whoever does may bring what it lacks.
    const root = graph.clusters.get(object.cluster)?.cluster.root;
    if (root?.evidence === 'unreached') return;
    // Patches of a root that is not in git may fill it in.
    if ((root?.evidence === 'layout' || root?.evidence === 'declared') && object.owner.parent === undefined) return;
    for (const { type, pointer, message } of graph.schemas.errors(object)) {
      if (type !== 'missing-field') continue;
      yield {
        at: object.origin(pointer),
        message: `${message} The API server rejects the object without it, and Flux applies nothing beside it.`,
        atMost: mayComeWithTheCluster(object.root, pointer) ? 'warning' : undefined,
      };
    }
  },
});
