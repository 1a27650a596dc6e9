/**
 * Whether a text only stands for a credential: nothing, a word that asks to be replaced, an example, a variable or a
 * template, the reference of a vault's injector, or a value that SOPS encrypted.
 */
export const isPlaceholder = (text: string): boolean => {
  const value = text.trim();
  return value === '' || standIns.some((pattern) => pattern.test(value));
};

const standIns: readonly RegExp[] = [
  /^(none|null|nil|n\/a|undefined|true|false|yes|no)$/i,
  /change[-_ ]?(me|it|this)|replace[-_ ]?(me|this|with)|to[-_ ]be[-_ ](replaced|set|defined)|placeholder|redacted|fixme|todo|\btbd\b/i,
  /example|sample|dummy|\bfake|(^|[-_ ])(your|insert|enter)[-_ ]/i,
  /^(.)\1{2,}$/,
  /^(x{3,}|\*{3,}|\.{3,}|-+$)/i,
  /^<[^<>]*>$/,
  // Variables of Flux and shells, of Kubernetes, of Windows; templates of Helm, Go, Jinja and the operator.
  /\$\{|^\$[A-Za-z_(]|\$\([A-Za-z_]|^%[A-Za-z_]+%$|\{\{|<<|<%|\$__/,
  // What Sealed Secrets encrypted, which some charts take among their values.
  /^Ag[A-Za-z0-9+/]{300,}={0,2}$/,
  // SOPS, argocd-vault-plugin, bank-vaults, vals, 1Password, environment and file look-ups.
  /ENC\[|^<path:|^vault:|^>>vault:|^ref\+|^op:\/\/|^(env|file|secret|ssm):|^arn:/i,
  // The variable that a program reads by itself: LiteLLM's `os.environ/NAME`, `process.env.NAME`, `env("NAME")`, Symfony's `%env(NAME)%`.
  /^%?(os\.environ|os\.getenv|process\.env|env)[./([:"']+[A-Za-z_]\w*["')\]]*%?$/i,
];

/** What may be known to anyone: certificates, public keys, known hosts, and hashes that do not give the password away. */
export const isPublic = (text: string): boolean => {
  const value = text.trim();
  if (/-----BEGIN [A-Z ]*PRIVATE KEY/.test(value)) return false;
  return publicForms.some((pattern) => pattern.test(value));
};

const publicForms: readonly RegExp[] = [
  /^-----BEGIN ((TRUSTED |X509 )?CERTIFICATE|CERTIFICATE REQUEST|X509 CRL|(RSA |EC )?PUBLIC KEY|PGP PUBLIC KEY BLOCK|SSH2 PUBLIC KEY)/m,
  // Base64 of a PEM certificate or public key.
  /^LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t|^LS0tLS1CRUdJTiBQVUJMSUMgS0VZLS0tLS/,
  /^(?:[^\s]+ )?(ssh-(rsa|ed25519|dss)|ecdsa-sha2-\S+|sk-\S+@openssh\.com) AAAA/m,
  /^age1[a-z0-9]{50,}$/,
  /^(\S+:)?(\$2[aby]\$|\$(apr1|1|5|6|y|argon2\w*|pbkdf2\S*)\$|\{SHA\}|\{SSHA\})/,
];
