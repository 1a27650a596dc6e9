import { defineRule, didYouMean, fieldName, minorName, type SchemaVerdict, yaml } from '../../src/rule.ts';

export const unknownField = defineRule({
  id: 'schema/unknown-field',
  severity: 'error',
  summary: 'A field that the kind does not have, or not there',
  why: `The API server refuses an object with a field it does not know (\`field not declared in schema\`), and Flux applies nothing
    of the Kustomization that brings it: so it is with Flux's own kinds, with custom resources and with Roles. From Kubernetes' other
    kinds Flux takes away what it does not know before it applies them: \`replica\` for \`replicas\`, or a field one level too high
    or too low, has no effect, and nothing else shows it.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/api/v1/',
  remedy: 'Correct the name or the indentation; the message names the nearest field.',
  unless: 'Not for kinds whose definition here is older than that of the cluster.',
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        depends: # expect: schema/unknown-field
          - name: databases
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        dependsOn:
          - name: databases
    `,
  },

  *object(object, { graph }) {
    for (const error of graph.schemas.errors(object)) {
      if (error.type !== 'unknown-field') continue;
      yield {
        at: object.keyOrigin(error.pointer),
        message: `${error.message} ${consequenceOf(error)}`,
        hint: hintFor(error),
        atMost: error.dependsOnVersion ? 'warning' : undefined,
      };
    }
  },
});

const consequenceOf = ({ isLost, since, until, unless, dependsOnVersion }: SchemaVerdict): string => {
  const doubt = unless === undefined ? '' : `, unless its ${unless}`;
  if (isLost && until !== undefined && dependsOnVersion) return 'Where the cluster is newer, it has no effect.';
  if (isLost) return `Flux leaves it out${doubt}, applies the object without it and reports nothing.`;
  const which = since !== undefined && dependsOnVersion ? 'An older API server' : 'The API server';
  return `${which} rejects the object ("field not declared in schema")${doubt}, and Flux applies nothing beside it.`;
};

const hintFor = ({ since, belongs, nearest }: SchemaVerdict): string | undefined => {
  if (since !== undefined) return `Update ${minorName(since).replace(' ', ' to ')} first, or leave the field out.`;
  if (belongs !== undefined) return `Move it to ${fieldName(belongs)}.`;
  return didYouMean(nearest);
};
