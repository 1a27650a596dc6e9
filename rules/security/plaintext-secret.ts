import {
  definedAt,
  defineRule,
  grouped,
  isReadableSecret,
  isWellKnown,
  knownCredential,
  type SecretValue,
  secretValues,
  yaml,
} from '../../src/rule.ts';

export const plaintextSecret = defineRule({
  id: 'security/plaintext-secret',
  severity: 'error',
  securitySeverity: 8.5,
  summary: 'A Secret stands in the repository with readable values',
  why: `Base64 is no encryption. Everyone who can read the repository, its forks, its clones and its CI logs has the
    credential, today and in every commit to come, whatever the cluster's RBAC says. Taking the file out does not take it
    back: the value must be changed where it is used. The password that an image comes with is a warning; a cluster on
    somebody's own machine (kind, k3d, minikube, a dev container) an info.`,
  hint: 'Change the credential, then keep it out of git: SOPS, a SealedSecret or an ExternalSecret.',
  reference: 'https://fluxcd.io/flux/security/secrets-management/',
  examples: {
    bad: yaml`
      apiVersion: v1
      kind: Secret
      metadata: { name: database, namespace: billing }
      stringData:
        username: billing
        password: 7hG-pq2Lm # expect: security/plaintext-secret
    `,
    good: yaml`
      apiVersion: v1
      kind: Secret
      metadata: { name: database, namespace: billing }
      stringData:
        username: billing
        password: ENC[AES256_GCM,data:p673w==,iv:YY=,aad:UQ=,tag:A=]
      sops:
        mac: ENC[AES256_GCM,data:8Vg=,iv:x=,tag:b=,type:str]
    `,
  },

  kinds: ['Secret'],
  *object(secret, { graph }) {
    if (secret.apiVersion !== 'v1') return;
    // What a patch adds is another cause than what the file itself gives away.
    const values = secretValues(secret.root);
    const plain = values.filter((value) => !isMadeElsewhere(value) && isReadableSecret(value));
    const user = values.find(({ key }) => /user(name)?$/i.test(key))?.text;
    const isDefault = ({ text }: SecretValue) => isWellKnown(text, user);
    for (const [first, ...others] of grouped(plain, ({ node }) => node.span.path).values()) {
      const at = secret.origin(first.pointer);
      // An issued token opens more than the cluster it is used on.
      const isThrowaway =
        graph.clusters.isLocal(secret.owner.target) && ![first, ...others].some(({ text }) => knownCredential(text)?.strength === 'issued');
      const keys = [first, ...others].map(({ key }) => key).join(', ');
      yield {
        at,
        message: `Secret ${secret.original.name} is readable by everyone who reads the repository: ${keys}. Base64 or not, nothing encrypts it.`,
        related: [
          ...others.map((other) => ({ at: secret.origin(other.pointer), message: `${other.key} is readable, too` })),
          ...definedAt(secret, at),
        ],
        masks: [first, ...others].map(({ node }) => node.span),
        atMost: isThrowaway ? 'info' : [first, ...others].every(isDefault) ? 'warning' : undefined,
      };
    }
  },
});

/** A generator's values and those of variables are judged where they come from. */
const isMadeElsewhere = ({ node }: SecretValue): boolean => node.via.some(({ type }) => type === 'generator' || type === 'substitution');
