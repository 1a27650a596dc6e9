import { type AppliedView, child, defineRule, isFluxObject, stringAt, yaml } from '../../src/rule.ts';

export const noRbacToCompose = defineRule({
  id: 'generated/no-rbac-to-compose',
  severity: 'warning',
  summary: 'Crossplane has no rights for the objects of Flux that it shall make',
  why: `Crossplane 2 makes objects of any kind, with the rights of its own account, and these cover its own kinds and those of
    Kubernetes alone. Without a ClusterRole that is aggregated to it, every object of Flux is forbidden to it.`,
  reference: 'https://docs.crossplane.io/latest/composition/compositions/#grant-access-to-composed-resources',
  hint: 'Add a ClusterRole with the label rbac.crossplane.io/aggregate-to-crossplane: "true" and the groups of Flux.',
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
                    apiVersion: source.toolkit.fluxcd.io/v1 # expect: generated/no-rbac-to-compose
                    kind: GitRepository
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
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata:
        name: crossplane-flux
        labels: { rbac.crossplane.io/aggregate-to-crossplane: "true" }
      rules:
        - apiGroups: [source.toolkit.fluxcd.io]
          resources: ["*"]
          verbs: ["*"]
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
    `,
  },

  *object(object, { graph }) {
    const composition = graph.generators.composition(object);
    if (composition?.definition?.scope === 'LegacyCluster') return;
    const direct = composition?.generated?.objects.find(({ root, providerConfig }) => providerConfig === undefined && isFluxObject(root));
    const view = graph.clusters.get(object.cluster);
    if (!direct || view?.objects.some(grants)) return;
    yield {
      at: child(direct.root, 'apiVersion') ?? direct.root,
      message: 'No ClusterRole of this cluster gives Crossplane rights for the objects of Flux: they are forbidden to it.',
    };
  },
});

/** A role that adds to Crossplane's own, whatever it is for: its rules may come from elsewhere. */
const grants = ({ root }: AppliedView): boolean =>
  stringAt(root, 'kind') === 'ClusterRole' && stringAt(root, 'metadata', 'labels', 'rbac.crossplane.io/aggregate-to-crossplane') === 'true';
