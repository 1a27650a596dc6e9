import { type AppliedView, child, defineRule, stringAt, yaml } from '../../src/rule.ts';

export const removedMode = defineRule({
  id: 'generated/removed-mode',
  severity: 'error',
  summary: 'A Composition is written for Crossplane 1, and Crossplane 2 is installed',
  why: `Crossplane 2 has no \`mode: Resources\`: a Composition with \`spec.resources\` is refused by its API server, and nothing is made of
    any claim that would use it.`,
  reference: 'https://docs.crossplane.io/latest/composition/compositions/',
  hint: 'Move the resources into a step of function-patch-and-transform: crossplane beta convert pipeline-composition.',
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
        mode: Resources # expect: generated/removed-mode
        resources: []
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
    const mode = child(object.root, 'spec', 'mode');
    const isOld = stringAt(mode) === 'Resources' || (mode === undefined && child(object.root, 'spec', 'resources') !== undefined);
    if (!isOld || graph.generators.composition(object) === undefined) return;
    const second = graph.clusters.get(object.cluster)?.objects.find(isSecond);
    if (!second) return;
    yield {
      at: mode ?? child(object.root, 'spec', 'resources') ?? object.root,
      message: 'Crossplane 2 has no mode: Resources, and is what this cluster runs.',
      related: [{ at: child(second.root, 'apiVersion') ?? second.root, message: 'only Crossplane 2 serves this' }],
    };
  },
});

/** What no Crossplane 1 serves. */
const isSecond = ({ root }: AppliedView): boolean => stringAt(root, 'apiVersion') === 'apiextensions.crossplane.io/v2';
