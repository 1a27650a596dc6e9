/** slim-sprig's sums, encodings and paths (`crypto.go`, `strings.go`, Go's `path`). */
import { createHash } from 'node:crypto';
import { type GoFunction, goFunction } from '../function.ts';
import { goBool, goString } from '../value.ts';

const ofText = (gives: (text: string) => string): GoFunction => goFunction({ takes: ['string'], gives: ([text]) => goString(gives(text)) });

const hash = (algorithm: 'sha1' | 'sha256', text: string): string => createHash(algorithm).update(text).digest('hex');

/** The checksum that the operator makes ids of, too. */
export const adler32 = (text: string): number => {
  let a = 1;
  let b = 0;
  for (const byte of Buffer.from(text)) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
};

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const base32Encoded = (text: string): string => {
  let bits = '';
  for (const byte of Buffer.from(text)) bits += byte.toString(2).padStart(8, '0');
  const groups = bits.match(/.{1,5}/g) ?? [];
  const letters = groups.map((group) => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
  return letters.padEnd(Math.ceil(letters.length / 8) * 8, '=');
};

/** Go gives the message of the error instead of a text. */
const base32Decoded = (text: string): string => {
  const plain = text.replace(/[\r\n]/g, '');
  const wrong = /^(?:[A-Z2-7]{8})*(?:[A-Z2-7]{2}={6}|[A-Z2-7]{4}={4}|[A-Z2-7]{5}={3}|[A-Z2-7]{7}=)?$/.test(plain)
    ? -1
    : firstWrong(plain, /[A-Z2-7]/);
  if (wrong !== -1) return `illegal base32 data at input byte ${wrong}`;
  const bits = [...plain.replace(/=+$/, '')].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  return Buffer.from(bytes).toString('utf8');
};

const base64Decoded = (text: string): string => {
  const plain = text.replace(/[\r\n]/g, '');
  const isComplete = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(plain);
  if (isComplete) return Buffer.from(plain, 'base64').toString('utf8');
  const wrong = plain.search(/[^A-Za-z0-9+/]/);
  return `illegal base64 data at input byte ${wrong === -1 ? plain.length - (plain.length % 4) : wrong}`;
};

const firstWrong = (text: string, letter: RegExp): number => {
  const at = [...text].findIndex((found) => !letter.test(found));
  return at === -1 ? text.length : at;
};

/** `path.Clean` */
const clean = (path: string): string => {
  const isAbsolute = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!isAbsolute) parts.push('..');
  }
  const joined = parts.join('/');
  return isAbsolute ? `/${joined}` : joined || '.';
};

const base = (path: string): string => {
  if (path === '') return '.';
  const stripped = path.replace(/\/+$/, '');
  return stripped === '' ? '/' : stripped.slice(stripped.lastIndexOf('/') + 1);
};

const directory = (path: string): string => clean(path.slice(0, path.lastIndexOf('/') + 1));

const extension = (path: string): string => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.includes('.') ? name.slice(name.lastIndexOf('.')) : '';
};

const isAbsolute = goFunction({ takes: ['string'], gives: ([path]) => goBool(path.startsWith('/')) });

export const encodingFunctions: ReadonlyMap<string, GoFunction> = new Map(
  Object.entries({
    sha1sum: ofText((text) => hash('sha1', text)),
    sha256sum: ofText((text) => hash('sha256', text)),
    adler32sum: ofText((text) => String(adler32(text))),
    b64enc: ofText((text) => Buffer.from(text).toString('base64')),
    b64dec: ofText(base64Decoded),
    b32enc: ofText(base32Encoded),
    b32dec: ofText(base32Decoded),
    base: ofText(base),
    dir: ofText(directory),
    clean: ofText(clean),
    ext: ofText(extension),
    isAbs: isAbsolute,
    osBase: ofText(base),
    osDir: ofText(directory),
    osClean: ofText(clean),
    osExt: ofText(extension),
    osIsAbs: isAbsolute,
  }),
);
