import { type ClusterView, child, defineRule, type ObjectView, stringAt, yaml } from '../../src/rule.ts';

export const copiedSecret = defineRule({
  id: 'generated/copied-secret',
  severity: 'warning',
  summary: 'A credential of the platform is copied to where an input says',
  why: `With the annotation \`fluxcd.controlplane.io/copyFrom\` the Flux Operator copies a Secret into an object that it makes. Here it
    is one that the platform itself works with, and the namespace is that of a tenant, or named by whoever opens a request:
    whoever may read Secrets there has what Flux fetches or decrypts with.`,
  reference: 'https://fluxcd.control-plane.io/operator/resourceset/#copying-data-from-existing-configmaps-and-secrets',
  hint: 'Give the tenant a credential of its own.',
  kinds: ['ResourceSet'],
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: platform, namespace: flux-system }
      spec: { url: "https://github.com/example/platform", interval: 5m, secretRef: { name: platform-git } }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: teams, namespace: flux-system }
      spec:
        inputs:
          - team: checkout
          - team: search
        resources:
          - apiVersion: v1
            kind: Secret
            metadata:
              name: registry
              namespace: << inputs.team >>
              annotations:
                fluxcd.controlplane.io/copyFrom: flux-system/platform-git # expect: generated/copied-secret
            type: kubernetes.io/dockerconfigjson
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: platform, namespace: flux-system }
      spec: { url: "https://github.com/example/platform", interval: 5m, secretRef: { name: platform-git } }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: teams, namespace: flux-system }
      spec:
        inputs:
          - team: checkout
          - team: search
        resources:
          - apiVersion: v1
            kind: Secret
            metadata:
              name: registry
              namespace: << inputs.team >>
              annotations:
                fluxcd.controlplane.io/copyFrom: flux-system/registry
            type: kubernetes.io/dockerconfigjson
    `,
  },

  *object(object, { graph }) {
    const cluster = graph.clusters.get(object.cluster);
    const made = graph.generators.of(object);
    if (!cluster || !made) return;
    const told = new Set<string>();
    for (const { root, inputs } of made.objects) {
      if (stringAt(root, 'kind') !== 'Secret') continue;
      const annotation = child(root, 'metadata', 'annotations', 'fluxcd.controlplane.io/copyFrom');
      const from = stringAt(annotation);
      const namespace = child(root, 'metadata', 'namespace');
      const [input] = namespace?.via.filter(({ field }) => field === 'inputs') ?? [];
      if (!annotation || from === undefined || !namespace || !input || stringAt(namespace) === from.split('/')[0]) continue;
      const isOfStrangers = inputs?.requests !== undefined || inputs?.types.some(isOfService);
      const user = userOf(from, cluster);
      // Each set of inputs gives it anew.
      if ((!isOfStrangers && !user) || told.has(from)) continue;
      told.add(from);
      const whose = user ? `, the credential of ${user.label},` : '';
      const where = isOfStrangers ? 'a namespace that comes from a request' : `namespace ${stringAt(namespace) ?? 'that an input names'}`;
      yield {
        at: annotation,
        message: `${object.label} copies Secret ${from}${whose} into ${where}. Whoever reads Secrets there has it.`,
        related: [{ at: { span: input.at, via: [] }, message: 'this input names the namespace' }],
      };
    }
  },
});

const isOfService = (type: string): boolean => type.endsWith('ExternalService');

/** What of Flux in the namespace of a Secret works with it: a source, or a Kustomization that decrypts. */
const userOf = (from: string, { sources, kustomizations }: ClusterView): ObjectView | undefined => {
  const [namespace, name] = from.split('/');
  const isIt = (object: ObjectView, pointer: string) => object.namespace === namespace && stringAt(object.node(pointer)) === name;
  return (
    sources.find((source) => source.kind === 'GitRepository' && isIt(source, '/spec/secretRef/name')) ??
    kustomizations.find((view) => isIt(view, '/spec/decryption/secretRef/name') || isIt(view, '/spec/kubeConfig/secretRef/name'))
  );
};
