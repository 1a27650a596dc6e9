import { type CompositionPatch, defineRule, fieldPathText, schemaAt, yaml } from '../../src/rule.ts';

export const unknownFieldPath = defineRule({
  id: 'generated/unknown-field-path',
  severity: 'warning',
  summary: 'A patch reads a field that its composite resource does not have',
  why: `A patch from a field that is not there is left out without a word, and the API server drops fields that a schema does not
    have: so a patch from a misspelt field never happens, for no claim at all.`,
  reference: 'https://docs.crossplane.io/latest/composition/compositions/',
  hint: 'Write the field as the schema of the CompositeResourceDefinition has it, or add it there.',
  kinds: ['Composition'],
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
      ---
      apiVersion: apiextensions.crossplane.io/v2
      kind: CompositeResourceDefinition
      metadata: { name: xtenants.acme.example }
      spec:
        group: acme.example
        names: { kind: XTenant, plural: xtenants }
        scope: Cluster
        versions:
          - name: v1
            served: true
            referenceable: true
            schema:
              openAPIV3Schema:
                properties:
                  spec:
                    required: [team]
                    properties:
                      team: { type: string, pattern: "^[a-z]+$" }
      ---
      apiVersion: apiextensions.crossplane.io/v1
      kind: Composition
      metadata: { name: tenant }
      spec:
        compositeTypeRef: { apiVersion: acme.example/v1, kind: XTenant }
        mode: Pipeline
        pipeline:
          - step: compose
            functionRef: { name: function-patch-and-transform }
            input:
              apiVersion: pt.fn.crossplane.io/v1beta1
              kind: Resources
              resources:
                - name: apps
                  base:
                    apiVersion: kustomize.toolkit.fluxcd.io/v1
                    kind: Kustomization
                    metadata: { namespace: flux-system }
                    spec:
                      interval: 10m
                      prune: true
                      path: ./
                      sourceRef: { kind: GitRepository, name: apps }
                      serviceAccountName: flux
                  patches:
                    - fromFieldPath: spec.team
                      toFieldPath: metadata.name
                    - fromFieldPath: spec.tean # expect: generated/unknown-field-path
                      toFieldPath: spec.targetNamespace
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
      ---
      apiVersion: apiextensions.crossplane.io/v2
      kind: CompositeResourceDefinition
      metadata: { name: xtenants.acme.example }
      spec:
        group: acme.example
        names: { kind: XTenant, plural: xtenants }
        scope: Cluster
        versions:
          - name: v1
            served: true
            referenceable: true
            schema:
              openAPIV3Schema:
                properties:
                  spec:
                    required: [team]
                    properties:
                      team: { type: string, pattern: "^[a-z]+$" }
      ---
      apiVersion: apiextensions.crossplane.io/v1
      kind: Composition
      metadata: { name: tenant }
      spec:
        compositeTypeRef: { apiVersion: acme.example/v1, kind: XTenant }
        mode: Pipeline
        pipeline:
          - step: compose
            functionRef: { name: function-patch-and-transform }
            input:
              apiVersion: pt.fn.crossplane.io/v1beta1
              kind: Resources
              resources:
                - name: apps
                  base:
                    apiVersion: kustomize.toolkit.fluxcd.io/v1
                    kind: Kustomization
                    metadata: { namespace: flux-system }
                    spec:
                      interval: 10m
                      prune: true
                      path: ./
                      sourceRef: { kind: GitRepository, name: apps }
                      serviceAccountName: flux
                  patches:
                    - fromFieldPath: spec.team
                      toFieldPath: metadata.name
                    - fromFieldPath: spec.team
                      toFieldPath: spec.targetNamespace
    `,
  },

  *object(object, { graph }) {
    const composition = graph.generators.composition(object);
    if (!composition?.schema) return;
    for (const { path, source } of composition.patches) {
      const [top] = path;
      // Metadata and what Crossplane itself keeps in a composite resource are in no schema.
      if (top?.type !== 'field' || top.name !== 'spec' || isOfCrossplane(path) || schemaAt(composition.schema, path) !== 'absent') continue;
      yield { at: source, message: `${composition.kind} has no ${fieldPathText(path)}: the patch never happens.` };
    }
  },
});

const ownFields = new Set([
  'claimRef',
  'compositionRef',
  'compositionSelector',
  'compositionRevisionRef',
  'compositionUpdatePolicy',
  'crossplane',
  'resourceRefs',
  'writeConnectionSecretToRef',
  'publishConnectionDetailsTo',
]);

const isOfCrossplane = ([, field]: CompositionPatch['path']): boolean => field?.type === 'field' && ownFields.has(field.name);
