import {
  type AppliedView,
  defineRule,
  didYouMean,
  type Graph,
  minorName,
  quotedVariable,
  type SubstitutedText,
  yaml,
} from '../../src/rule.ts';

export const invalidValue = defineRule({
  id: 'schema/invalid-value',
  severity: 'error',
  fixable: 'safe',
  summary: 'A value that the field cannot have',
  why: `The API server refuses an object with a value of the wrong type, outside the allowed ones or not of the right form
    (\`Invalid value\`), and Flux applies nothing of the Kustomization that brings it. Ranges of versions, schedules and
    addresses are read later, by the controllers: there the object is accepted and never becomes ready.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/api/v1/',
  remedy: 'Write a value of those that the message names.',
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
    for (const { type, pointer, message, nearest, since, refusedBy, dependsOnVersion, unless } of graph.schemas.errors(object)) {
      if (type !== 'invalid-value' || isWaitingForVariables(object, pointer, graph)) continue;
      const doubt = unless === undefined ? '' : `, unless its ${unless}`;
      const consequence =
        refusedBy === 'controller'
          ? 'The object is applied and never becomes ready.'
          : `The API server rejects the object${doubt}, and Flux applies nothing beside it.`;
      const update = since === undefined ? undefined : `Update ${minorName(since).replace(' ', ' to ')} first.`;
      const variable = substitutedText(object, pointer, graph);
      const quotes =
        variable &&
        `${variable.node.text} loses its quotes before Flux substitutes: give the variable quotes of its own, or a text around it.`;
      yield {
        at: object.node(pointer)?.type === 'scalar' || pointer === '' ? object.origin(pointer) : object.keyOrigin(pointer),
        message: `${message} ${consequence}`,
        hint: didYouMean(nearest) ?? update ?? quotes,
        fix: variable && quotedVariable(variable),
        atMost: isToBeFilled(object, pointer) ? 'info' : dependsOnVersion ? 'warning' : undefined,
      };
    }
  },
});

/** `REPO_PREFIX/gitops`: what a script fills in before the file is committed where Flux reads it. */
const isToBeFilled = (object: AppliedView, pointer: string): boolean => {
  const value = object.node(pointer);
  return value?.type === 'scalar' && /(^|[^A-Za-z0-9_$])[A-Z][A-Z0-9]*_[A-Z0-9_]{2,}($|[^A-Za-z0-9_])/.test(value.text);
};

/** The text with a variable that became a number or a boolean, where the field takes texts. */
const substitutedText = (object: AppliedView, pointer: string, graph: Graph): SubstitutedText | undefined => {
  const value = object.node(pointer);
  const isTyped = value?.type === 'scalar' && (typeof value.value === 'number' || typeof value.value === 'boolean');
  if (!isTyped || !/^\/spec\/postBuild\/substitute\/[^/]+$/.test(pointer)) return undefined;
  const substituted = graph.substitution.objectsOf(object.owner).find((candidate) => candidate.object === object);
  return substituted?.texts.find((text) => text.pointer === pointer);
};

/** A variable that whoever applies the object fills in, where nothing here shows who does. */
const isWaitingForVariables = ({ cluster, owner, node }: AppliedView, pointer: string, graph: Graph): boolean => {
  const value = node(pointer);
  const isFilledElsewhere = !owner.isWritten || graph.clusters.get(cluster)?.cluster.root.evidence === 'unreached';
  return isFilledElsewhere && value?.type === 'scalar' && value.text.includes('${');
};
