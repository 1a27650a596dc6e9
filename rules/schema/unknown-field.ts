import { defineRule, didYouMean, fieldName, newestMinor, type SchemaVerdict, yaml } from '../../src/rule.ts';

export const unknownField = defineRule({
  id: 'schema/unknown-field',
  severity: 'error',
  summary: 'A field that the kind does not have, or not there',
  why: `Flux's own kinds and most custom resources are closed: the API server refuses an object with a field it does not know
    (\`field not declared in schema\`), and Flux applies nothing of the Kustomization that brings it. Where a field stands one
    level too high or too low, nothing else shows that it has no effect.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/api/v1/',
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
      const doubt = error.dependsOnVersion ? `, unless its Flux is newer than ${newestMinor}` : '';
      yield {
        at: object.keyOrigin(error.pointer),
        message: `${error.message} The API server rejects the object ("field not declared in schema")${doubt}, and Flux applies nothing beside it.`,
        hint: hintFor(error),
        atMost: error.dependsOnVersion ? 'warning' : undefined,
      };
    }
  },
});

const hintFor = ({ since, belongs, nearest }: SchemaVerdict): string | undefined => {
  if (since !== undefined) return `Update Flux to ${since} first, or leave the field out.`;
  if (belongs !== undefined) return `Move it to ${fieldName(belongs)}.`;
  return didYouMean(nearest);
};
