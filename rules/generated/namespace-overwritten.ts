import { child, defineRule, type MapNode, stringAt, yaml } from '../../src/rule.ts';

export const namespaceOverwritten = defineRule({
  id: 'generated/namespace-overwritten',
  severity: 'warning',
  summary: 'A namespaced composite resource moves what it makes',
  why: `Crossplane 2 puts everything that a namespaced composite resource makes into the namespace of that resource, whatever the
    template says. An object that names another namespace moves, and what refers to it there does not find it.`,
  reference: 'https://docs.crossplane.io/latest/composition/compositions/',
  hint: 'Leave the namespace out, or give the CompositeResourceDefinition scope: Cluster.',
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
                - name: apps
                  base:
                    apiVersion: source.toolkit.fluxcd.io/v1
                    kind: GitRepository
                    metadata: { namespace: flux-system } # expect: generated/namespace-overwritten
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
                - name: apps
                  base:
                    apiVersion: source.toolkit.fluxcd.io/v1
                    kind: GitRepository
                    spec: { interval: 5m, url: "https://git.example.com/apps" }
                  patches:
                    - fromFieldPath: spec.team
                      toFieldPath: metadata.name
    `,
  },

  *object(object, { graph }) {
    const composition = graph.generators.composition(object);
    if (composition?.definition?.scope !== 'Namespaced') return;
    for (const { root, overwritten } of composition.generated?.objects ?? []) {
      if (overwritten === undefined) continue;
      const label = `${stringAt(root, 'kind') ?? '?'} ${textOf(root)}`;
      const message = `${label} goes to the namespace of its ${composition.kind}, not to ${stringAt(overwritten) ?? 'this one'}.`;
      yield { at: overwritten, message };
    }
  },
});

const textOf = (root: MapNode): string => {
  const name = child(root, 'metadata', 'name');
  return name?.type === 'unknown' ? (name.text ?? '(unknown)') : (stringAt(name) ?? '(unknown)');
};
