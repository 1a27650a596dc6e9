import { child, defineRule, isFluxObject, isTrue, itemsOf, type MapNode, stringAt, yaml } from '../../src/rule.ts';

export const accountDeletedFirst = defineRule({
  id: 'generated/account-deleted-first',
  severity: 'warning',
  summary: 'Deleting a claim removes the account that its Kustomization prunes with',
  why: `When a claim goes, Crossplane deletes everything that it made at the same time. kustomize-controller prunes with the account of
    the Kustomization; where that account, or its rights, are gone first, it cannot: the finalizer is removed all the same
    and everything that the tenant deployed stays for ever.`,
  reference: 'https://docs.crossplane.io/latest/managed-resources/usages/',
  hint: 'Add a Usage of the account (and of its RoleBinding) by the Kustomization, or a step of function-sequencer with deletion in order.',
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
                - name: account
                  base:
                    apiVersion: v1
                    kind: ServiceAccount
                    metadata: { name: flux, namespace: flux-system }
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
                      targetNamespace: apps
                  patches:
                    - fromFieldPath: spec.team
                      toFieldPath: metadata.name
                    - fromFieldPath: spec.team
                      toFieldPath: spec.serviceAccountName # expect: generated/account-deleted-first
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
                - name: account
                  base:
                    apiVersion: v1
                    kind: ServiceAccount
                    metadata: { name: flux, namespace: flux-system }
                  patches:
                    - fromFieldPath: spec.team
                      toFieldPath: metadata.name
                - name: account-last
                  base:
                    apiVersion: protection.crossplane.io/v1beta1
                    kind: Usage
                    metadata: { namespace: flux-system }
                    spec: { reason: the Kustomization prunes with it }
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
                    - fromFieldPath: spec.team
                      toFieldPath: metadata.name
                    - fromFieldPath: spec.team
                      toFieldPath: spec.serviceAccountName
    `,
  },

  *object(object, { graph }) {
    const objects = graph.generators.composition(object)?.generated?.objects ?? [];
    const ordered = objects.some(({ root }) => /Usage$/.test(stringAt(root, 'kind') ?? '')) || hasSequencer(object.root);
    if (ordered || !objects.some(({ root }) => stringAt(root, 'kind') === 'ServiceAccount')) return;
    for (const { root } of objects) {
      const account = child(root, 'spec', 'serviceAccountName');
      const isPruned = stringAt(root, 'kind') === 'Kustomization' && isFluxObject(root) && isTrue(child(root, 'spec', 'prune'));
      if (!isPruned || !account) continue;
      yield {
        at: account,
        message:
          'The account is made beside the Kustomization that prunes with it: deleting the claim may remove it first, and then nothing is pruned.',
      };
    }
  },
});

const hasSequencer = (composition: MapNode): boolean =>
  itemsOf(child(composition, 'spec', 'pipeline')).some((step) => /sequencer/.test(stringAt(step, 'functionRef', 'name') ?? ''));
