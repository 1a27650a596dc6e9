import { defineRule, type SourceView, yaml } from '../../src/rule.ts';

export const unverifiedSource = defineRule({
  id: 'security/unverified-source',
  severity: 'info',
  securitySeverity: 3.0,
  summary: 'Production follows a source whose signatures nobody checks',
  why: `With \`verify\`, Flux takes a commit or an artifact only where somebody who may has signed it. Without, the right to push to
    the repository or the registry is the right to deploy. A keyless check that names no identity accepts a signature of
    anyone who has an account anywhere.`,
  reference: 'https://fluxcd.io/flux/components/source/ocirepositories/#verification',
  examples: {
    bad: {
      'clusters/production/shop.yaml': yaml`
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: OCIRepository
        metadata: { name: shop, namespace: flux-system }
        spec: # expect: security/unverified-source
          interval: 5m
          url: oci://registry.example.com/shop
      `,
      'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
    },
    good: {
      'clusters/production/shop.yaml': yaml`
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: OCIRepository
        metadata: { name: shop, namespace: flux-system }
        spec:
          interval: 5m
          url: oci://registry.example.com/shop
          verify:
            provider: cosign
            secretRef: { name: cosign-keys }
      `,
      'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
    },
  },

  *source(source, { graph }) {
    if (source.kind !== 'OCIRepository' && source.kind !== 'GitRepository') return;
    const environment = graph.clusters.get(source.cluster)?.environment?.environment;
    if (environment === undefined || !graph.environments.isProtected(environment)) return;
    if (source.state('/spec/verify') === 'absent') {
      yield {
        at: source.origin('/spec/verify'),
        message: `${source.kind} ${source.id} is taken as it comes: nothing checks who signed what production gets.`,
        hint: `Sign what is pushed, and set verify${source.kind === 'OCIRepository' ? ' with the public key, or with matchOIDCIdentity' : ' with the public keys of those who may'}.`,
      };
    } else if (acceptsAnyone(source)) {
      yield {
        at: source.origin('/spec/verify/provider'),
        message: `${source.kind} ${source.id} is checked for a signature, but not for whose: a keyless check without matchOIDCIdentity accepts anyone's.`,
        hint: 'Name issuer and subject of the signer in matchOIDCIdentity.',
      };
    }
  },
});

const acceptsAnyone = (source: SourceView): boolean => {
  const provider = source.node('/spec/verify/provider');
  if (source.kind !== 'OCIRepository' || provider?.type !== 'scalar' || provider.text !== 'cosign') return false;
  return ['/spec/verify/secretRef', '/spec/verify/matchOIDCIdentity', '/spec/verify/trustedRootSecretRef'].every(
    (pointer) => source.state(pointer) === 'absent',
  );
};
