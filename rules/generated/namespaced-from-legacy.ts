import { child, defineRule, isFluxObject, stringAt, yaml } from '../../src/rule.ts';

export const namespacedFromLegacy = defineRule({
  id: 'generated/namespaced-from-legacy',
  severity: 'error',
  summary: 'A composite resource of Crossplane 1 makes objects with a namespace',
  why: `A composite resource without a namespace, as \`apiextensions.crossplane.io/v1\` defines it, cannot own objects that have one:
    Crossplane 1 makes cluster-scoped objects alone. Objects of Flux must be wrapped in an \`Object\` of provider-kubernetes.`,
  reference: 'https://docs.crossplane.io/latest/composition/compositions/',
  hint: 'Wrap it in an Object of provider-kubernetes, or define the composite resource with apiextensions.crossplane.io/v2 and scope: Cluster.',
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
      apiVersion: apiextensions.crossplane.io/v1
      kind: CompositeResourceDefinition
      metadata: { name: xtenants.acme.example }
      spec:
        group: acme.example
        names: { kind: XTenant, plural: xtenants }
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
                    apiVersion: source.toolkit.fluxcd.io/v1
                    kind: GitRepository # expect: generated/namespaced-from-legacy
                    metadata: { namespace: flux-system }
                    spec: { interval: 5m, url: "https://git.example.com/apps" }
                  patches:
                    - fromFieldPath: spec.team
                      toFieldPath: metadata.name
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
                    apiVersion: source.toolkit.fluxcd.io/v1
                    kind: GitRepository
                    metadata: { namespace: flux-system }
                    spec: { interval: 5m, url: "https://git.example.com/apps" }
                  patches:
                    - fromFieldPath: spec.team
                      toFieldPath: metadata.name
    `,
  },

  *object(object, { graph }) {
    const composition = graph.generators.composition(object);
    if (composition?.definition?.scope !== 'LegacyCluster') return;
    for (const { root, providerConfig } of composition.generated?.objects ?? []) {
      if (providerConfig !== undefined || !isFluxObject(root)) continue;
      yield {
        at: child(root, 'kind') ?? root,
        message: `${composition.kind} has no namespace and ${stringAt(root, 'kind') ?? '?'} has one: Crossplane cannot compose it.`,
      };
    }
  },
});
