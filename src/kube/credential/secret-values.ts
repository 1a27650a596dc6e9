import { isUtf8 } from 'node:buffer';
import { memo } from '../../model/memo.ts';
import { isMap, type MapNode, type Node, type ScalarNode, toPointer } from '../../yaml/node.ts';
import { knownCredential } from './credential-formats.ts';
import { credentialLines } from './credential-lines.ts';
import { namesCredential, namesIdentifier } from './credential-names.ts';
import { isPlaceholder, isPublic } from './placeholder.ts';
import { isNoPassword, isSetting } from './setting.ts';

/** A value of a Secret as the container will see it. */
export interface SecretValue {
  readonly key: string;
  readonly pointer: string;
  readonly node: ScalarNode;
  /** Decoded. */
  readonly text: string;
}

/**
 * Every value of a Secret that is text and known here; what is encrypted stands as its ciphertext. Without what SOPS keeps
 * about itself in an env file, as `sops_version` (sops: stores/dotenv), which Flux takes away with the encryption.
 */
export const secretValues = memo((secret: MapNode): readonly SecretValue[] =>
  secret.entries.flatMap(({ key, value }) => {
    if ((key.text !== 'data' && key.text !== 'stringData') || !isMap(value)) return [];
    return valuesIn(value, key.text);
  }),
);

const valuesIn = (map: MapNode, field: 'data' | 'stringData'): readonly SecretValue[] => {
  const isOfSops = map.entries.some(({ key }) => key.text === 'sops_mac') ? (key: string) => key.startsWith('sops_') : () => false;
  return map.entries.flatMap(({ key, value }) => {
    if (isOfSops(key.text)) return [];
    const text = textOf(value, field);
    if (text === undefined || value.type !== 'scalar') return [];
    return [{ key: key.text, pointer: toPointer([field, key.text]), node: value, text }];
  });
};

const textOf = (node: Node, field: 'data' | 'stringData'): string | undefined => {
  if (node.type !== 'scalar' || node.value === null) return undefined;
  if (field === 'stringData' || isPlaceholder(node.text)) return node.text;
  const encoded = node.text.replace(/\s+/g, '');
  if (encoded.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(encoded)) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
};

/**
 * Whether a value of a Secret gives something away. No secrets are: placeholders, variables and references, what SOPS
 * encrypted, public keys and certificates, settings by their form, and fields that only say who, where or which. Of a whole
 * file its lines count.
 */
export const isReadableSecret = ({ key, text }: Pick<SecretValue, 'key' | 'text'>): boolean => {
  if (knownCredential(text)) return true;
  if (isFile(key, text)) return text.includes('ENC[AES256_GCM') ? false : hasRegistryLogin(text) || credentialLines(text, key).length > 0;
  if (isPlaceholder(text) || isPublic(text)) return false;
  if (namesCredential(key)) return !isNoPassword(text);
  if (namesIdentifier(key) || isSetting(text)) return false;
  if (assignsCredential(text)) return true;
  return !/\s/.test(text.trim()) && (hintsAtCredential(key) ? !isWords(text) : isRandom(text));
};

/** A connection string: `host=db;password=…`. */
const assignsCredential = (text: string): boolean =>
  [...text.matchAll(/(?:password|passwd|pwd|secret|token|apikey|accountkey)\s*[=:]\s*["']?([^\s;,"']{4,})/gi)].some(
    ([, value = '']) => !isPlaceholder(value) && !isNoPassword(value),
  );

const hintsAtCredential = (key: string): boolean => /pass|pwd|secret|token|key|cred|auth|salt|cookie|dsn|conn/i.test(key);

/** `ldap`, `oauth2-proxy`, `eu-central-1`: words, each with a number behind it at most. */
const isWords = (text: string): boolean =>
  text
    .trim()
    .split(/[-_.:/,@]+/)
    .every((word) => /^[A-Za-z]{0,20}\d{0,6}$/.test(word));

/** Letters and digits as no one would choose them for a name. */
const isRandom = (text: string): boolean => text.trim().length >= 8 && /\d/.test(text) && /[A-Za-z]/.test(text) && !isWords(text);

const isFile = (key: string, text: string): boolean =>
  /\.(ya?ml|json|ini|conf|toml|properties|env|cfg|xml)$/.test(key) || /\S\n+\S/.test(text) || /^\s*[{[]/.test(text);

/** `auth` and `password` of `.dockerconfigjson`. */
const hasRegistryLogin = (text: string): boolean =>
  [...text.matchAll(/"(?:auth|password|identitytoken)"\s*:\s*"([^"]+)"/g)].some(([, value = '']) => !isPlaceholder(value));
