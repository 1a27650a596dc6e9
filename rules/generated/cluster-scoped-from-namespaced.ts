import { child, defineRule, stringAt, yaml } from '../../src/rule.ts';

export const clusterScopedFromNamespaced = defineRule({
  id: 'generated/cluster-scoped-from-namespaced',
  severity: 'error',
  summary: 'A namespaced composite resource makes an object that has no namespace',
  why: `Crossplane 2 refuses to make objects without a namespace for a composite resource that has one: nothing of it is composed
    then, not even what would be in order.`,
  reference: 'https://docs.crossplane.io/latest/composition/compositions/',
  hint: 'Give the CompositeResourceDefinition scope: Cluster, or make the object elsewhere.',
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
        scope: Namespaced
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
                - name: namespace
                  base: { apiVersion: v1, kind: Namespace } # expect: generated/cluster-scoped-from-namespaced
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
                - name: namespace
                  base: { apiVersion: v1, kind: Namespace }
                  patches:
                    - fromFieldPath: spec.team
                      toFieldPath: metadata.name
    `,
  },

  *object(object, { graph }) {
    const composition = graph.generators.composition(object);
    if (composition?.definition?.scope !== 'Namespaced') return;
    for (const { root, providerConfig } of composition.generated?.objects ?? []) {
      if (
        providerConfig !== undefined ||
        graph.schemas.scope({ ...object, root, apiVersion: stringAt(root, 'apiVersion') ?? '', kind: stringAt(root, 'kind') ?? '' }) !==
          'Cluster'
      )
        continue;
      const kind = stringAt(root, 'kind') ?? '?';
      yield {
        at: child(root, 'kind') ?? root,
        message: `${composition.kind} has a namespace and ${kind} has none: Crossplane composes nothing of it.`,
      };
    }
  },
});
