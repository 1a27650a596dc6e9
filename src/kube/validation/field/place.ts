import { type Entry, entryOf, isNull, type MapNode, type Node, toPointer, type UnknownNode } from '../../../yaml/node.ts';
import { fieldPath, type Keys } from '../../schema/schema-error.ts';

/**
 * A field of an object that is being validated: what stands there, and where. What lies in an unknown value, or in one of
 * another type than the API has there, is unknown, too; so no reader takes it for absent.
 */
export interface Place {
  /** Undefined where nothing is written. */
  readonly node: Node | undefined;
  readonly parent: Place | undefined;
  readonly key: string | number;
}

export const rootPlace = (root: MapNode): Place => ({ node: root, parent: undefined, key: '' });

export const field = (place: Place, ...names: readonly string[]): Place => {
  let here = place;
  for (const name of names) here = { node: valueIn(here.node, name), parent: here, key: name };
  return here;
};

const valueIn = (node: Node | undefined, name: string): Node | undefined => {
  if (node === undefined || isNull(node)) return undefined;
  if (node.type === 'map') return entryOf(node, name)?.value;
  return node.type === 'unknown' ? node : ofAnotherType(node);
};

const ofAnotherType = ({ span, via }: Node): UnknownNode => ({ type: 'unknown', why: 'a field is of another type', span, via });

/** Several fields of one place, by their names. */
export const fields = <N extends string>(place: Place, ...names: readonly N[]): Readonly<Record<N, Place>> =>
  // Each of the names has just been given its place.
  Object.fromEntries(names.map((name) => [name, field(place, name)])) as Record<N, Place>;

/** The items of a list that are something at all. */
export const items = (place: Place): readonly Place[] => {
  if (place.node?.type !== 'list') return none;
  const found: Place[] = [];
  for (const [key, node] of place.node.items.entries()) if (!isNull(node)) found.push({ node, parent: place, key });
  return found;
};

const none: readonly Place[] = [];

/** The entries of a map, by their names. */
export const entries = (place: Place): readonly Place[] =>
  mapEntries(place).map(({ key, value }) => ({ node: value, parent: place, key: key.text }));

const mapEntries = ({ node }: Place): readonly Entry[] => (node?.type === 'map' ? node.entries : []);

/** Whether nothing is written there: to the API server, null is nothing. */
export const isAbsent = ({ node }: Place): boolean => node === undefined || isNull(node);

/** Whether something is certainly there: what is unknown may be null. */
export const isPresent = (place: Place): boolean => !isAbsent(place) && place.node?.type !== 'unknown';

/** Whether Go's decoder leaves the field as empty as it was: absent, or a text, list or map with nothing in it. */
export const isEmpty = (place: Place): boolean => {
  const { node } = place;
  if (isAbsent(place) || node === undefined) return true;
  if (node.type === 'scalar') return node.value === '';
  return (node.type === 'map' && node.entries.length === 0) || (node.type === 'list' && node.items.length === 0);
};

/** Whether something is certainly there that is not empty. */
export const isFilled = (place: Place): boolean => isPresent(place) && !isEmpty(place);

/** The text there: undefined where it is none, absent or not known. What a template or a variable still fills in is not known. */
export const text = ({ node }: Place): string | undefined =>
  node?.type === 'scalar' && typeof node.value === 'string' && !isFilledIn(node.value) ? node.value : undefined;

/** Whether a template or a variable still has to make the text. */
export const isFilledIn = (written: string): boolean => /\$\{|\{\{|<</.test(written);

/** The text there, or what the API server fills in for an empty one; undefined where it is not known. */
export const textOr = (place: Place, otherwise: string): string | undefined => (isEmpty(place) ? otherwise : text(place));

/** The number there; one that is too large for its field counts as unknown, since the API server takes its lower bits. */
export const number = ({ node }: Place): number | undefined => {
  if (node?.type !== 'scalar' || (typeof node.value !== 'number' && typeof node.value !== 'bigint')) return undefined;
  const value = Number(node.value);
  return Math.abs(value) < 2 ** 32 ? value : undefined;
};

export const numberOr = (place: Place, otherwise: number): number | undefined => (isAbsent(place) ? otherwise : number(place));

/** Whether a boolean is certainly true. */
export const isOn = ({ node }: Place): boolean => node?.type === 'scalar' && node.value === true;

/** Whether a boolean is certainly false; one that is not written is not. */
export const isOff = ({ node }: Place): boolean => node?.type === 'scalar' && node.value === false;

export const pointerOf = (place: Place): string => toPointer(keysOf(place));

/** As people write it: `spec.ports[0].name`. */
export const pathOf = (place: Place): string => fieldPath(keysOf(place));

const keysOf = (place: Place): Keys => {
  const keys: (string | number)[] = [];
  for (let here: Place | undefined = place; here?.parent; here = here.parent) keys.unshift(here.key);
  return keys;
};
