import { defineRule, grouped, isReadableSecret, knownCredential, type SecretValue, type Span, secretValues, yaml } from '../../src/rule.ts';

export const plaintextGenerator = defineRule({
  id: 'security/plaintext-generator',
  severity: 'error',
  securitySeverity: 8.5,
  summary: 'A secretGenerator makes a Secret of readable literals or files',
  why: `What kustomize makes a Secret of lies in the repository as it is: a literal, an env file, a key. Everyone who can read
    the repository has the credential, and Flux's own history of artifacts keeps it. Only files that SOPS encrypted are
    decrypted before the build.`,
  hint: 'Change the credential, then name files that SOPS encrypted (sops -e) and give the Kustomization its decryption.',
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#kustomize-secretgenerator',
  examples: {
    bad: {
      'kustomization.yaml': yaml`
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        secretGenerator:
          - name: database
            namespace: billing
            literals:
              - username=billing
              - password=7hG-pq2Lm # expect: security/plaintext-generator
      `,
    },
    good: {
      'kustomization.yaml': yaml`
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        secretGenerator:
          - name: database
            namespace: billing
            envs:
              - database.env
      `,
      'database.env': yaml`
        password=ENC[AES256_GCM,data:p673w==,iv:YY=,tag:A=,type:str]
        sops_mac=ENC[AES256_GCM,data:8Vg=,iv:x=,tag:b=,type:str]
      `,
    },
  },

  kinds: ['Secret'],
  *object(secret, { graph }) {
    if (secret.apiVersion !== 'v1') return;
    const plain = secretValues(secret.root).flatMap((value): readonly Made[] => {
      const generator = value.node.via.find(({ type }) => type === 'generator');
      return generator && !isSubstituted(value) && isReadableSecret(value) ? [{ value, asked: generator.at }] : [];
    });
    for (const [first, ...others] of grouped(plain, ({ asked }) => asked.path).values()) {
      const all = [first, ...others];
      const isThrowaway =
        graph.clusters.isLocal(secret.owner.target) && !all.some(({ value }) => knownCredential(value.text)?.strength === 'issued');
      yield {
        at: { span: first.asked, via: [] },
        message: `The generated Secret ${secret.original.name} is readable by everyone who reads the repository: ${all.map(({ value }) => value.key).join(', ')}.`,
        related: [
          ...others
            .filter(({ asked }) => asked.start !== first.asked.start)
            .map(({ value, asked }) => ({ at: { span: asked, via: [] }, message: `${value.key} is readable, too` })),
          ...all
            .filter(({ value, asked }) => value.node.span.path !== asked.path)
            .map(({ value }) => ({ at: { span: beginOf(value.node.span), via: [] }, message: `${value.key} stands here unencrypted` })),
        ],
        masks: all.map(({ value }) => value.node.span),
        atMost: isThrowaway ? 'info' : undefined,
      };
    }
  },
});

interface Made {
  readonly value: SecretValue;
  /** The literal, or the entry that names the file. */
  readonly asked: Span;
}

const isSubstituted = ({ node }: SecretValue): boolean => node.via.some(({ type }) => type === 'substitution');

/** A whole file is pointed at by its beginning. */
const beginOf = ({ path, start }: Span): Span => ({ path, start, end: start });
