import { memo } from '../model/memo.ts';
import { child, type Entry, isMap, type MapNode, type Node } from '../yaml/node.ts';
import { groups } from './kinds.ts';

/**
 * Whether an object tells kustomize-controller something about itself: a label or an annotation of Flux's group with one
 * of some values, in any letter case (fluxcd/pkg: ssa/utils, AnyInMetadata).
 *
 * @param name `prune`, `reconcile`, `ssa`, `force`
 */
export const isSwitched = (root: MapNode, name: string, ...values: readonly string[]): boolean =>
  switchesOf(child(root, 'metadata')).some((each) => each.name === name && values.includes(each.text.toLowerCase()));

/**
 * Whether an object tells kustomize-controller to substitute nothing in it: by label or annotation, and unlike the others in
 * this very case (fluxcd/pkg: kustomize/kustomize_varsub.go, SubstituteVariables).
 */
export const isLeftUnsubstituted = (root: MapNode): boolean =>
  switchesOf(child(root, 'metadata')).some(({ name, isString, text }) => name === 'substitute' && isString && text === 'disabled');

interface Switch {
  /** Behind the slash. */
  readonly name: string;
  readonly text: string;
  readonly isString: boolean;
}

const switchesOf = (metadata: Node | undefined): readonly Switch[] => (isMap(metadata) ? switchesIn(metadata) : none);

/** Most objects have none, and the metadata of one stands in many clusters. */
const switchesIn = memo((metadata: MapNode): readonly Switch[] => {
  const found = ['labels', 'annotations'].flatMap((field) => {
    const texts = child(metadata, field);
    return isMap(texts) ? texts.entries.flatMap(switchAt) : [];
  });
  return found.length === 0 ? none : found;
});

const switchAt = ({ key, value }: Entry): readonly Switch[] => {
  if (!key.text.startsWith(prefix) || value.type !== 'scalar' || value.value === null) return none;
  return [{ name: key.text.slice(prefix.length), text: value.text, isString: typeof value.value === 'string' }];
};

const prefix = `${groups.kustomize}/`;

const none: readonly Switch[] = [];
