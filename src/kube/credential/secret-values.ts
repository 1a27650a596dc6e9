import { isUtf8 } from 'node:buffer';
import { memo } from '../../model/memo.ts';
import { isMap, type MapNode, type Node, type ScalarNode, toPointer } from '../../yaml/node.ts';
import { knownCredential } from './credential-formats.ts';
import { credentialLines } from './credential-lines.ts';
import { namesCredential, namesIdentifier } from './credential-names.ts';
import { isPlaceholder, isPublic } from './placeholder.ts';

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
 * encrypted, public keys and certificates, and fields that only say who, where or which. Of a whole file its lines count.
 */
export const isReadableSecret = ({ key, text }: Pick<SecretValue, 'key' | 'text'>): boolean => {
  if (knownCredential(text)) return true;
  if (isFile(key, text)) return text.includes('ENC[AES256_GCM') ? false : hasRegistryLogin(text) || credentialLines(text).length > 0;
  if (isPlaceholder(text) || isPublic(text)) return false;
  if (namesCredential(key)) return true;
  return !namesIdentifier(key) && !isPlainAddress(text.trim());
};

/** A number, a web address, a mail address. */
const isPlainAddress = (text: string): boolean =>
  text.length < 500 && (/^(\d{1,5}|https?:\/\/\S*)$/.test(text) || /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text));

const isFile = (key: string, text: string): boolean =>
  /\.(ya?ml|json|ini|conf|toml|properties|env|cfg|xml)$/.test(key) || /\S\n+\S/.test(text) || /^\s*[{[]/.test(text);

/** `auth` and `password` of `.dockerconfigjson`. */
const hasRegistryLogin = (text: string): boolean =>
  [...text.matchAll(/"(?:auth|password|identitytoken)"\s*:\s*"([^"]+)"/g)].some(([, value = '']) => !isPlaceholder(value));
