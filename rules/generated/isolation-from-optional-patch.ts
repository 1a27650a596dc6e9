import { child, defineRule, fieldPathText, isFluxObject, schemaAt, yaml } from '../../src/rule.ts';

export const isolationFromOptionalPatch = defineRule({
  id: 'generated/isolation-from-optional-patch',
  severity: 'error',
  summary: 'What isolates a tenant is set by a patch that may not happen',
  why: `A patch from a field that is not there is left out, and the base is deployed as it stands: with its placeholder, or without
    the field. Where the field is the account, the namespace or the source of a Kustomization, a claim that leaves it out
    deploys as cluster-admin, into another namespace, or from another source.`,
  reference: 'https://docs.crossplane.io/latest/composition/compositions/',
  hint: 'Make the field required or give it a default in the CompositeResourceDefinition, or set policy.fromFieldPath: Required on the patch.',
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
                    properties:
                      account: { type: string, enum: [flux] }
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
                      targetNamespace: apps
                  patches:
                    - fromFieldPath: metadata.name
                    - fromFieldPath: spec.account # expect: generated/isolation-from-optional-patch
                      toFieldPath: spec.serviceAccountName
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
                    properties:
                      account: { type: string, enum: [flux], default: flux }
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
                      targetNamespace: apps
                  patches:
                    - fromFieldPath: metadata.name
                    - fromFieldPath: spec.account
                      toFieldPath: spec.serviceAccountName
    `,
  },

  *object(object, { graph }) {
    const composition = graph.generators.composition(object);
    for (const { target, object: base, isRequired, path, source } of composition?.patches ?? []) {
      if (isRequired || !isolating.has(target) || !(base && isFluxObject(base))) continue;
      const field = schemaAt(composition?.schema, path);
      if (typeof field === 'string' || field.isCertain || fieldPathText(path).startsWith('metadata.')) continue;
      const placeholder = base && child(base, ...target.split('.'));
      const otherwise = placeholder ? 'the placeholder of the base is deployed' : 'the field stays out';
      yield {
        at: source,
        message: `${target} comes from ${fieldPathText(path)}, which a claim may leave out: then ${otherwise}.`,
        related: [{ at: field.schema, message: `${fieldPathText(path)} is defined here, neither required nor with a default` }],
      };
    }
  },
});

/** What keeps a tenant where it belongs, and what Flux cannot do without. */
const isolating = new Set([
  'spec.serviceAccountName',
  'spec.targetNamespace',
  'spec.storageNamespace',
  'spec.sourceRef.name',
  'spec.sourceRef.namespace',
  'spec.url',
]);
