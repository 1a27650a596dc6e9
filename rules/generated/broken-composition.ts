import { child, defineRule, yaml } from '../../src/rule.ts';

export const brokenComposition = defineRule({
  id: 'generated/broken-composition',
  severity: 'error',
  summary: 'A Composition fails for a composite resource',
  why: `A step of the pipeline answers that it cannot go on: a patch that cannot be made, a transform that does not take its value, a
    template that does not render. Crossplane then makes and updates nothing of the composite resource.`,
  reference: 'https://docs.crossplane.io/latest/composition/compositions/',
  hint: 'Mend the patch or the template, or what the composite resource says.',
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
                    - fromFieldPath: spec.team # expect: generated/broken-composition
                      toFieldPath: spec.path
                      transforms:
                        - type: map
                          map: { search: ./search }
      ---
      apiVersion: acme.example/v1
      kind: XTenant
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
                      toFieldPath: spec.path
                      transforms:
                        - type: map
                          map: { search: ./search, billing: ./billing }
      ---
      apiVersion: acme.example/v1
      kind: XTenant
      metadata: { name: billing }
      spec: { team: billing }
    `,
  },

  *cluster({ cluster }) {
    for (const { object, generated } of cluster.generators) {
      if (generated.kind !== 'crossplane') continue;
      for (const { message, at } of generated.errors) {
        yield {
          at: at,
          message: `${message}. Nothing of ${generated.name} is made.`,
          related: [{ at: child(object.root, 'metadata', 'name') ?? object.root, message: 'it is made for this' }],
        };
      }
    }
  },
});
