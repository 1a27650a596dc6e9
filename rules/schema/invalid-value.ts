import { type AppliedView, defineRule, didYouMean, type Graph, newestMinor, yaml } from '../../src/rule.ts';

export const invalidValue = defineRule({
  id: 'schema/invalid-value',
  severity: 'error',
  summary: 'A value that the field cannot have',
  why: `The API server refuses an object with a value of the wrong type, outside the allowed ones or not of the right form
    (\`Invalid value\`), and Flux applies nothing of the Kustomization that brings it. Ranges of versions, schedules and
    addresses are read later, by the controllers: there the object is accepted and never becomes ready.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/api/v1/',
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 1d # expect: schema/invalid-value
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 24h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
    `,
  },

  *object(object, { graph }) {
    for (const { type, pointer, message, nearest, since, refusedBy, dependsOnVersion } of graph.schemas.errors(object)) {
      if (type !== 'invalid-value' || isWaitingForVariables(object, pointer, graph)) continue;
      const doubt = dependsOnVersion ? `, unless its Flux is newer than ${newestMinor}` : '';
      const consequence =
        refusedBy === 'controller'
          ? 'The object is applied and never becomes ready.'
          : `The API server rejects the object${doubt}, and Flux applies nothing beside it.`;
      const update = since === undefined ? undefined : `Update Flux to ${since} first.`;
      yield {
        at: object.origin(pointer),
        message: `${message} ${consequence}`,
        hint: didYouMean(nearest) ?? update,
        atMost: dependsOnVersion ? 'warning' : undefined,
      };
    }
  },
});

/** A variable that whoever applies the object fills in, where nothing here shows who does. */
const isWaitingForVariables = ({ cluster, owner, node }: AppliedView, pointer: string, graph: Graph): boolean => {
  const value = node(pointer);
  const isFilledElsewhere = !owner.isWritten || graph.clusters.get(cluster)?.cluster.root.evidence === 'unreached';
  return isFilledElsewhere && value?.type === 'scalar' && value.text.includes('${');
};
