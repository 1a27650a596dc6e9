import { child, defineRule, isFluxObject, stringAt, yaml } from '../../src/rule.ts';

export const sameObjectForAll = defineRule({
  id: 'generated/same-object-for-all',
  severity: 'error',
  summary: 'Every claim of a Composition makes the same object',
  why: `The name and the namespace of the object depend on nothing of the claim. The first claim makes it; the second one finds an
    object that belongs to another composite resource, and fails, or takes it over.`,
  reference: 'https://docs.crossplane.io/latest/composition/compositions/',
  hint: 'Patch metadata.name or metadata.namespace from the claim, or leave the name out.',
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
                    metadata: { name: apps, namespace: flux-system } # expect: generated/same-object-for-all
                    spec:
                      interval: 10m
                      prune: true
                      path: ./
                      sourceRef: { kind: GitRepository, name: apps }
                      serviceAccountName: flux
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
    `,
  },

  *object(object, { graph }) {
    const composition = graph.generators.composition(object);
    if (!composition) return;
    for (const { root } of composition.generated?.objects ?? []) {
      if (!isFluxObject(root)) continue;
      const name = stringAt(root, 'metadata', 'name');
      const namespace = child(root, 'metadata', 'namespace');
      if (name === undefined || (namespace && stringAt(namespace) === undefined)) continue;
      const label = `${stringAt(root, 'kind') ?? '?'} ${namespace ? `${stringAt(namespace) ?? ''}/` : ''}${name}`;
      const message = `Every ${composition.kind} makes one and the same ${label}: the second one fails, or takes it from the first.`;
      yield { at: child(root, 'metadata', 'name') ?? root, message };
    }
  },
});
