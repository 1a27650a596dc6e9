import { child, defineRule, stringAt, yaml } from '../../src/rule.ts';

export const randomComposition = defineRule({
  id: 'generated/random-composition',
  severity: 'warning',
  summary: 'Nothing says which of several Compositions a composite resource uses',
  why: `Several Compositions are for its kind, and neither the composite resource nor the definition names one: Crossplane takes one
    at random, once. Two clusters may have two different answers.`,
  reference: 'https://docs.crossplane.io/latest/composition/compositions/',
  hint: 'Set compositionRef or compositionSelector, or defaultCompositionRef in the CompositeResourceDefinition.',
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
      ---
      apiVersion: apiextensions.crossplane.io/v1
      kind: Composition
      metadata: { name: other }
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
                      suspend: true
                  patches:
                    - fromFieldPath: spec.team
                      toFieldPath: metadata.name
      ---
      apiVersion: acme.example/v1
      kind: XTenant # expect: generated/random-composition
      metadata: { name: billing }
      spec: { team: billing }
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
        defaultCompositionRef: { name: tenant }
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
      ---
      apiVersion: apiextensions.crossplane.io/v1
      kind: Composition
      metadata: { name: other }
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
                      suspend: true
                  patches:
                    - fromFieldPath: spec.team
                      toFieldPath: metadata.name
      ---
      apiVersion: acme.example/v1
      kind: XTenant
      metadata: { name: billing }
      spec: { team: billing }
    `,
  },

  *cluster({ cluster }) {
    for (const { object, generated } of cluster.generators) {
      if (!generated.candidates) continue;
      const names = generated.candidates.map((candidate) => stringAt(candidate, 'metadata', 'name') ?? '?').join(', ');
      yield {
        at: child(object.root, 'kind') ?? object.root,
        message: `${generated.name} is made by one of ${names}, at random: nothing names one.`,
        related: generated.candidates.map((at) => ({ at, message: 'one of them' })),
      };
    }
  },
});
