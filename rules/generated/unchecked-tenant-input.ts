import {
  type CompositionPatch,
  child,
  defineRule,
  fieldPathText,
  isFluxObject,
  type Node,
  schemaAt,
  stringAt,
  yaml,
} from '../../src/rule.ts';

export const uncheckedTenantInput = defineRule({
  id: 'generated/unchecked-tenant-input',
  severity: 'error',
  summary: 'A Composition puts an unchecked field of its claims into an identity',
  why: `Whoever may write a claim chooses the namespace, the account, the source or the address that Flux uses for it, and what
    the schema of the claim lets through reaches the cluster as it is: a team that names another team's namespace or account
    deploys there. That holds for every claim, now and later.`,
  reference: 'https://docs.crossplane.io/latest/composition/compositions/',
  hint: 'Give the field an enum, or a pattern (and maxLength), in the schema of the CompositeResourceDefinition; or build the name from metadata.name.',
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
                      team: { type: string }
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
                    - fromFieldPath: spec.team # expect: generated/unchecked-tenant-input
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
    for (const patch of composition?.patches ?? []) {
      if (!identities.has(patch.target) || !(patch.object && isFluxObject(patch.object))) continue;
      const field = schemaAt(composition?.schema, patch.path);
      if (typeof field === 'string' || isChecked(field.schema) || !isTakenOver(patch)) continue;
      const path = fieldPathText(patch.path);
      yield {
        at: patch.source,
        message: `Whoever writes a claim chooses ${patch.target} by ${path}, which may be any text: for every claim, now and later.`,
        related: [{ at: field.schema, message: `${path} is defined here, without an enum or a pattern` }],
      };
    }
  },
});

/** Fields that say as whom, where and from what Flux works. */
const identities = new Set([
  'spec.sourceRef.namespace',
  'spec.chartRef.namespace',
  'spec.chart.spec.sourceRef.namespace',
  'spec.serviceAccountName',
  'spec.targetNamespace',
  'spec.storageNamespace',
  'spec.kubeConfig.secretRef.name',
]);

const isChecked = (schema: Node): boolean =>
  ['enum', 'pattern', 'maxLength', 'const'].some((word) => child(schema, word) !== undefined) ||
  (stringAt(schema, 'type') ?? 'string') !== 'string' ||
  child(schema, 'x-kubernetes-validations') !== undefined;

/** A value that is looked up in a table cannot be anything. */
const isTakenOver = ({ transforms }: CompositionPatch): boolean =>
  transforms.every((transform) => stringAt(transform, 'type') === 'string' || stringAt(transform, 'type') === 'convert');
