import type { Origin } from '../../model/origin.ts';
import { child, type Node, textAt } from '../../yaml/node.ts';
import { rewritten } from '../field/field-update.ts';
import { type GoRegexp, goRegexp } from '../field/go-regexp.ts';
import { type Failure, failure } from '../resource/failure.ts';
import { transformerOrigin } from '../resource/transformation.ts';

/** What an entry of `images` asks for; what it does not say is empty. */
export interface ImageEntry {
  readonly type: 'image';
  readonly matches: GoRegexp;
  readonly newName: string;
  readonly newTag: string;
  readonly digest: string;
  readonly tagSuffix: string;
  readonly origin: Origin;
}

/** A failure where the name is no regular expression. */
export const imageEntry = (entry: Node): ImageEntry | Failure => {
  const text = (key: string): string => textAt(entry, key) ?? '';
  const matches = imagePattern(text('name'));
  if (matches.type === 'failure') return matches;
  const asked = ['newTag', 'digest', 'tagSuffix', 'newName'].filter((key) => text(key) !== '').map((key) => child(entry, key))[0];
  return {
    type: 'image',
    matches,
    newName: text('newName'),
    newTag: text('newTag'),
    digest: text('digest'),
    tagSuffix: text('tagSuffix'),
    origin: transformerOrigin(asked ?? entry, 'images'),
  };
};

/** The image as the entry wants it, where its name is the one that the entry names. */
export const setImage = (node: Node, image: ImageEntry): Node | Failure => {
  if (node.type === 'map' || node.type === 'list') return wrongType(node, 'ScalarNode');
  if (node.type === 'unknown' || !image.matches.test(node.text)) return node;
  const changed = changedImage(splitImage(node.text), image);
  if (changed !== node.text) return rewritten(node, changed, image.origin);
  // It is written all the same, without a tag.
  return node.style === 'plain' && node.tag !== '' && node.value === node.text ? { ...node, tag: '' } : node;
};

interface ImageParts {
  readonly name: string;
  readonly tag: string;
  readonly digest: string;
}

/** A new tag or digest replaces both, whichever of them was there. */
const changedImage = (old: ImageParts, { newName, newTag, digest: newDigest, tagSuffix }: ImageEntry): string => {
  const isPinned = newTag !== '' || newDigest !== '';
  const tag = isPinned ? newTag : old.tag + tagSuffix;
  const digest = isPinned ? newDigest : tagSuffix === '' ? old.digest : '';
  return `${newName || old.name}${tag && `:${tag}`}${digest && `@${digest}`}`;
};

/** `host:port/name:tag@digest`; a colon before the first slash belongs to the host. */
const splitImage = (text: string): ImageParts => {
  const slash = Math.max(0, text.indexOf('/'));
  const at = text.indexOf('@', slash);
  const end = at === -1 ? text.length : at;
  const digest = text.slice(end + 1);
  const colon = text.indexOf(':', slash);
  if (colon === -1 || colon > end) return { name: text.slice(0, end), tag: '', digest };
  return { name: text.slice(0, colon), tag: text.slice(colon + 1, end), digest };
};

export const wrongType = (node: Node, expected: 'ScalarNode' | 'MappingNode'): Failure => {
  const got = node.type === 'map' ? 'MappingNode' : node.type === 'list' ? 'SequenceNode' : 'ScalarNode';
  return failure(`wrong node kind: expected ${expected} but got ${got}`);
};

/** kustomize takes the name for a regular expression, unescaped. */
const imagePattern = (name: string): ReturnType<typeof goRegexp> => {
  // A plain name has no more than dots for any letter, and nothing has to be loaded for it.
  if (!/^[\w./:-]+$/.test(name)) return goRegexp(`^${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`);
  return { type: 'regexp', test: (image) => isLike(image.slice(0, name.length), name) && tagAndDigest.test(image.slice(name.length)) };
};

const isLike = (text: string, name: string): boolean =>
  text.length === name.length && [...name].every((letter, index) => letter === text[index] || (letter === '.' && text[index] !== '\n'));

const tagAndDigest = /^(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$/;
