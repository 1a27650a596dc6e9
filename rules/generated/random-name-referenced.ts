import { child, defineRule, isFluxObject, type MapNode, stringAt, yaml } from '../../src/rule.ts';

export const randomNameReferenced = defineRule({
  id: 'generated/random-name-referenced',
  severity: 'error',
  summary: 'A composed object without a name is referred to by name',
  why: `An object that a Composition makes without a metadata.name gets one with a random end. A source that is made so is never found
    by a sourceRef that names it.`,
  reference: 'https://docs.crossplane.io/latest/composition/compositions/',
  hint: 'Patch metadata.name of the source, and sourceRef.name, from the same field.',
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
                - name: source
                  base:
                    apiVersion: source.toolkit.fluxcd.io/v1
                    kind: GitRepository
                    metadata: { namespace: flux-system }
                    spec: { interval: 5m, url: "https://git.example.com/apps" }
                - name: apps
                  base:
                    apiVersion: kustomize.toolkit.fluxcd.io/v1
                    kind: Kustomization
                    metadata: { namespace: flux-system }
                    spec:
                      interval: 10m
                      prune: true
                      path: ./
                      sourceRef: { kind: GitRepository, name: apps } # expect: generated/random-name-referenced
                      serviceAccountName: flux
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
                - name: source
                  base:
                    apiVersion: source.toolkit.fluxcd.io/v1
                    kind: GitRepository
                    metadata: { namespace: flux-system }
                    spec: { interval: 5m, url: "https://git.example.com/apps" }
                  patches:
                    - fromFieldPath: spec.team
                      toFieldPath: metadata.name
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
                      toFieldPath: spec.sourceRef.name
    `,
  },

  *object(object, { graph }) {
    const objects = graph.generators.composition(object)?.generated?.objects ?? [];
    for (const { root } of objects) {
      if (!isFluxObject(root)) continue;
      const reference = child(root, 'spec', 'sourceRef');
      const name = child(reference, 'name');
      const kind = stringAt(reference, 'kind');
      if (!name || stringAt(name) === undefined || child(reference, 'namespace')) continue;
      const sources = objects.filter((other) => stringAt(other.root, 'kind') === kind && isFluxObject(other.root));
      if (sources.length === 0 || !sources.every((source) => isNameless(source.root))) continue;
      const message = `The ${kind ?? 'source'} beside it is made without a name, so that it is not called ${stringAt(name) ?? ''}.`;
      yield { at: name, message, related: sources.map(({ at }) => ({ at, message: 'its name gets a random end' })) };
    }
  },
});

const isNameless = (root: MapNode): boolean => {
  const name = child(root, 'metadata', 'name');
  return name?.type === 'unknown' && name.why === 'made when it is created';
};
