import { isPlaceholder } from './placeholder.ts';
import { urlUsers } from './url-credentials.ts';
import { isWellKnown } from './well-known.ts';

/** A credential that its own form gives away. */
export interface KnownCredential {
  /** `a GitHub token`. */
  readonly what: string;
  readonly value: string;
  /** Where in the text. */
  readonly start: number;
  /**
   * Issued: a token that opens something wherever it is used. Made: a key or password of one's own, which opens what was
   * given it. Weak: a password in a URL that comes with an image, or that counts on the same machine alone.
   */
  readonly strength: 'issued' | 'made' | 'weak';
}

/**
 * The first credential in a text that is one beyond doubt: a token whose issuer gives it a prefix, a private key, or a
 * URL with a password. The forms are those that the issuers document.
 */
export const knownCredential = (text: string): KnownCredential | undefined => {
  if (!hints.test(text)) return undefined;
  for (const { what, pattern } of formats) {
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? match[0];
      if (isExample(value)) continue;
      const strength = what === 'a private key' ? 'made' : 'issued';
      return { what, value, start: match.index + match[0].lastIndexOf(value), strength };
    }
  }
  return passwordInUrl(text);
};

const formats: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})/g },
  { what: 'a GitLab token', pattern: /\bgl(?:pat|dt|rt|ptt|cbt|soat|agent)-[A-Za-z0-9_-]{20,}/g },
  { what: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g },
  { what: 'a Slack token', pattern: /\bxox[abeoprs]-[0-9A-Za-z-]{10,}/g },
  { what: 'the address of a Slack webhook', pattern: /hooks\.slack\.com\/(?:services|workflows)\/([A-Z0-9]{6,}\/[A-Za-z0-9/]{20,})/g },
  { what: 'the address of a Discord webhook', pattern: /discord(?:app)?\.com\/api\/webhooks\/\d+\/([\w-]{40,})/g },
  { what: 'the address of a Teams webhook', pattern: /\.webhook\.office\.com\/webhookb2\/([\w@-]{36,}\/IncomingWebhook\/[\w/-]{32,})/g },
  { what: 'a Google API key', pattern: /\bAIza[\w-]{35}(?![\w-])/g },
  { what: 'a Google client secret', pattern: /\bGOCSPX-[\w-]{28}(?![\w-])/g },
  { what: 'a Stripe key', pattern: /\b[rs]k_live_[A-Za-z0-9]{16,}/g },
  { what: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { what: 'a PyPI token', pattern: /\bpypi-AgEI[\w-]{50,}/g },
  { what: 'a Docker Hub token', pattern: /\bdckr_(?:pat|oat)_[\w-]{20,}/g },
  { what: 'a SendGrid key', pattern: /\bSG\.[\w-]{22}\.[\w-]{43}(?![\w-])/g },
  { what: 'a Vault token', pattern: /\bhv[sbr]\.[A-Za-z0-9_-]{24,}/g },
  { what: 'a DigitalOcean token', pattern: /\bdo[opr]_v1_[a-f0-9]{64}\b/g },
  { what: 'a Grafana token', pattern: /\bgl(?:sa_[A-Za-z0-9]{32}_[a-f0-9]{8}|c_[A-Za-z0-9+/]{32,})/g },
  { what: 'an Anthropic key', pattern: /\bsk-ant-[\w-]{32,}/g },
  { what: 'an OpenAI key', pattern: /\bsk-proj-[\w-]{32,}/g },
  { what: 'a Telegram bot token', pattern: /\b\d{8,10}:AA[\w-]{33}(?![\w-])/g },
  { what: 'an Azure account key', pattern: /\b(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{40,}={0,2})/g },
  { what: 'an age private key', pattern: /\bAGE-SECRET-KEY-1[A-Z0-9]{50,}/g },
  { what: 'a private key', pattern: /-----BEGIN (?:(?:RSA|EC|DSA|OPENSSH|PGP) )?PRIVATE KEY(?: BLOCK)?-----\s+[A-Za-z0-9+/=\s:-]{40,}/g },
];

/** What one of the forms needs in any case: most texts are done with after this. */
const hints =
  /gh[pousr]_|github_pat_|gl(?:pat|dt|rt|ptt|cbt|soat|agent)-|AKIA|ASIA|xox|hooks\.slack|discord|webhookb2|AIza|GOCSPX|k_live_|npm_|pypi-|dckr_|SG\.|hv[sbr]\.|do[opr]_v1|glsa_|glc_|sk-ant-|sk-proj-|:AA|Key=|AGE-SECRET|PRIVATE KEY|:\/\//;

/** Those that a text may hold. */
export const credentialFormats = (text: string): typeof formats => (hints.test(text) ? formats : []);

/** Documented examples repeat themselves or say what they are. */
const isExample = (value: string): boolean => /EXAMPLE|example|XXXX|xxxx|0000000000|1234567890abcdef/.test(value);

const passwordInUrl = (text: string): KnownCredential | undefined => {
  for (const { user, password = '', passwordStart, end } of urlUsers(text)) {
    if (password === '' || user.includes(':') || isPlaceholder(password) || isVariable(password) || isFromManual(user, password)) continue;
    if (/[\s/@"']/.test(text[end + 1] ?? ' ')) continue;
    const isOwn = /^@?(localhost|127\.0\.0\.1|\[::1\])([:/?]|$)/.test(text.slice(end, end + 40));
    return {
      what: 'a URL with a password',
      value: password,
      start: passwordStart,
      strength: isOwn || isWellKnown(password, user) ? 'weak' : 'made',
    };
  }
  return undefined;
};

const isVariable = (password: string): boolean => /^[$%{*]|[{}()]|%s/.test(password);

const isFromManual = (user: string, password: string): boolean =>
  /^(user|username|login|usr|name)$/i.test(user) && /^(pass|password|passwd|pwd|secret|token)$/i.test(password);
