import {
  type ClusterView,
  child,
  defineRule,
  type Graph,
  isEncrypted,
  isList,
  type KustomizationView,
  type MapNode,
  readable,
  yaml,
} from '../../src/rule.ts';

export const decryptionWithoutKey = defineRule({
  id: 'security/decryption-without-key',
  severity: 'warning',
  securitySeverity: 4.0,
  summary: 'A Kustomization shall decrypt, and nothing gives it the key',
  why: `Keys of age and OpenPGP come from the Secret that \`decryption.secretRef\` names, in the Kustomization's own namespace, or
    from the controller's \`--sops-age-secret\`. Without either the build fails with \`cannot get sops data key\` and nothing
    is applied. Only cloud services (KMS, Key Vault) can do without, by workload identity.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption',
  remedy: "Name the Secret in decryption.secretRef, or give the controller's account access to the key service.",
  unless: 'Not where the key comes from the environment of the controller in a way that git does not show.',
  examples: {
    bad: {
      'clusters/example/billing.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: billing, namespace: flux-system }
        spec:
          path: ./billing
          sourceRef: { kind: GitRepository, name: flux-system }
          decryption: # expect: security/decryption-without-key
            provider: sops
      `,
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/flux-system/controller.yaml': yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: kustomize-controller, namespace: flux-system }
        spec: { template: { spec: { containers: [{ name: manager, args: [--log-level=info] }] } } }
      `,
      'billing/database.yaml': yaml`
        apiVersion: v1
        kind: Secret
        metadata: { name: database, namespace: billing }
        stringData: { password: "ENC[AES256_GCM,data:p673w==,iv:YY=,tag:A=]" }
        sops: { age: [{ recipient: age1x4q0 }], mac: "ENC[AES256_GCM,data:8Vg=,iv:x=,tag:b=]" }
      `,
    },
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec:
        path: ./billing
        sourceRef: { kind: GitRepository, name: flux-system }
        decryption:
          provider: sops
          secretRef: { name: sops-age }
    `,
  },

  *kustomization(kustomization, { graph }) {
    const cluster = graph.clusters.get(kustomization.cluster);
    if (!cluster || !kustomization.isWritten || cluster.cluster.root.evidence === 'unreached') return;
    if (kustomization.state('/spec/decryption/provider') !== 'present') return;
    const name = readable(() => kustomization.spec.decryption?.secretRef?.name);
    if (name !== undefined) yield* inOtherNamespace(kustomization, name, graph);
    else if (kustomization.state('/spec/decryption/secretRef') === 'absent') yield* withoutSecret(kustomization, cluster);
  },
});

/** A Secret of that name is made, but where Flux does not look. */
const inOtherNamespace = function* (kustomization: KustomizationView, name: string, graph: Graph) {
  const namesakes = makers.flatMap((kind) => graph.clusters.namesakes(kustomization.cluster, kind, name));
  const [first] = namesakes;
  // Copied there, or made by what stands there: by reflector, a ClusterExternalSecret.
  const wanted = { group: '', kind: 'Secret', namespace: kustomization.namespace, name };
  if (graph.existence.of(kustomization.target, wanted).answer === 'exists') return;
  if (!first || namesakes.some(({ namespace }) => namespace === kustomization.namespace)) return;
  yield {
    at: kustomization.origin('/spec/decryption/secretRef/name'),
    message: `${kustomization.id} wants the key from Secret ${kustomization.namespace}/${name}, but ${name} is made in ${first.namespace ?? 'no namespace'}. Flux reads keys in the Kustomization's own namespace only.`,
    related: namesakes.map((secret) => ({ at: secret.origin('/metadata/name'), message: `${secret.label} has that name` })),
  };
};

const makers = ['Secret', 'SealedSecret', 'ExternalSecret'] as const;

/** Files encrypted for age or OpenPGP alone need a key from somewhere. */
const withoutSecret = function* (kustomization: KustomizationView, cluster: ClusterView) {
  if (kustomization.content.type !== 'built') return;
  const locked = kustomization.content.build.objects.filter(({ root }) => isEncrypted(root) && needsPrivateKey(root));
  const [first] = locked;
  const flag = controllerKey(cluster);
  if (!first || flag === 'set') return;
  yield {
    at: kustomization.origin('/spec/decryption/secretRef'),
    message: `${kustomization.id} decrypts ${first.original.kind} ${first.original.name}, encrypted for age or OpenPGP keys, and names no secretRef to get one from.`,
    hint: 'Name the Secret with the key: secretRef, in the namespace of the Kustomization.',
    related: [{ at: child(first.root, 'sops') ?? first.root, message: `${first.original.kind} ${first.original.name} is encrypted` }],
    atMost: flag === 'unknown' ? ('info' as const) : undefined,
  };
};

const needsPrivateKey = (root: MapNode): boolean => {
  const has = (field: string): boolean => {
    const list = child(root, 'sops', field);
    return isList(list) && list.items.length > 0;
  };
  return (has('age') || has('pgp')) && !['kms', 'gcp_kms', 'azure_kv', 'hc_vault', 'key_groups'].some(has);
};

/** Whether kustomize-controller has a key for all. */
const controllerKey = ({ cluster }: ClusterView): 'set' | 'missing' | 'unknown' => {
  const controller = cluster.objects.find(({ original }) => original.kind === 'Deployment' && original.name === 'kustomize-controller');
  if (!controller) return 'unknown';
  const containers = child(controller.root, 'spec', 'template', 'spec', 'containers');
  const args = isList(containers) ? containers.items.flatMap((container) => child(container, 'args') ?? []) : [];
  const isSet = args.some(
    (list) => isList(list) && list.items.some((item) => item.type === 'scalar' && item.text.includes('--sops-age-secret')),
  );
  return isSet ? 'set' : 'missing';
};
