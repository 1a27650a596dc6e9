import { type AppliedView, child, defineRule, isEncrypted, isMap, isScalar, isSwitched, secretValues, yaml } from '../../src/rule.ts';

export const encryptedWithoutDecryption = defineRule({
  id: 'security/encrypted-without-decryption',
  severity: 'error',
  securitySeverity: 5.0,
  summary: 'A Kustomization applies what SOPS encrypted, and has no decryption',
  why: `Each Kustomization decrypts what it applies itself; its parent's \`decryption\` is not inherited. Without one, Flux
    refuses a Secret with encrypted \`data\` (\`is SOPS encrypted, configuring decryption is required\`) and with it the whole
    Kustomization. All else is applied as ciphertext, and everything is Ready: Secrets with \`stringData\`, which the controller
    turns into \`data\` before it looks for the \`sops\` field, Secrets that a generator makes of encrypted files, and other kinds.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption',
  remedy: 'Set spec.decryption of the Kustomization.',
  examples: {
    bad: {
      'clusters/example/billing.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: billing, namespace: flux-system }
        spec: # expect: security/encrypted-without-decryption
          path: ./billing
          sourceRef: { kind: GitRepository, name: flux-system }
      `,
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'billing/database.yaml': yaml`
        apiVersion: v1
        kind: Secret
        metadata: { name: database, namespace: billing }
        stringData: { password: "ENC[AES256_GCM,data:p673w==,iv:YY=,tag:A=]" }
        sops: { mac: "ENC[AES256_GCM,data:8Vg=,iv:x=,tag:b=]" }
      `,
    },
    good: {
      'clusters/example/billing.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: billing, namespace: flux-system }
        spec:
          path: ./billing
          sourceRef: { kind: GitRepository, name: flux-system }
          decryption: { provider: sops, secretRef: { name: sops-age } }
      `,
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'billing/database.yaml': yaml`
        apiVersion: v1
        kind: Secret
        metadata: { name: database, namespace: billing }
        stringData: { password: "ENC[AES256_GCM,data:p673w==,iv:YY=,tag:A=]" }
        sops: { mac: "ENC[AES256_GCM,data:8Vg=,iv:x=,tag:b=]" }
      `,
    },
  },

  *kustomization(kustomization, { graph }) {
    if (graph.clusters.get(kustomization.cluster)?.cluster.root.evidence === 'unreached') return;
    if (kustomization.state('/spec/decryption/provider') !== 'absent') return;
    const encrypted = kustomization.objects.filter(isCiphertext);
    const [first] = encrypted;
    if (!first) return;
    const refused = encrypted.some(isRefused);
    const what = `${first.original.kind} ${first.original.name}`;
    const count = encrypted.length === 1 ? '' : ` and ${encrypted.length - 1} more`;
    yield {
      at: kustomization.isWritten ? kustomization.origin('/spec/decryption') : first.origin('/sops'),
      message: `${kustomization.id} applies ${what}${count}, encrypted with SOPS, and has no decryption. ${refused ? 'Flux refuses it, and nothing of the Kustomization is applied.' : 'The ciphertext is applied as it stands, and everything is Ready.'}`,
      hint: 'Add decryption with provider: sops and the secretRef of the key; it is not inherited from the parent.',
      related: encrypted.slice(0, 5).map((object) => ({
        at: object.origin(isEncrypted(object.root) ? '/sops' : '/metadata/name'),
        message: `${object.original.kind} ${object.original.name} is encrypted`,
      })),
    };
  },
});

/**
 * Whether Flux sees that a Secret is encrypted: only where the ciphertext stands in `data`. With `stringData` alone it is a
 * valid Secret, and is rewritten without the `sops` field before Flux looks for that (fluxcd/pkg `ssa/normalize`).
 */
const isRefused = ({ kind, root }: AppliedView): boolean => {
  const data = child(root, 'data');
  return (
    kind === 'Secret' &&
    isEncrypted(root) &&
    isMap(data) &&
    data.entries.some(({ value }) => isScalar(value) && value.text.startsWith('ENC['))
  );
};

/** What SOPS encrypted as an object, or as a file that a generator made a Secret of. */
const isCiphertext = ({ kind, root }: AppliedView): boolean => {
  const isWhole = isEncrypted(root);
  if (!isWhole && kind !== 'Secret') return false;
  if (isSwitched(root, 'reconcile', 'disabled')) return false;
  return (
    isWhole ||
    secretValues(root).some(({ node, text }) => node.via.some(({ type }) => type === 'generator') && text.includes('ENC[AES256_GCM,'))
  );
};
