import { child, type MapNode, type Node } from '../../../yaml/node.ts';

/** Fields of an object that cannot stand together, or not without one another. */
export interface FieldRule {
  /** What is wrong and what happens: a whole sentence. */
  readonly message: string;
  /** The fields at fault, as keys from the root of the object; none where all is well or cannot be known. */
  readonly check: (spec: MapNode, root: MapNode) => readonly FieldKeys[];
  /** `info`: nothing fails, a field only has no effect. */
  readonly atMost?: 'info';
}

export type FieldKeys = readonly (string | number)[];

const nothing: readonly never[] = [];

/** The field, if it is at fault. */
export const when = (isWrong: boolean, ...keys: FieldKeys): readonly FieldKeys[] => (isWrong ? [keys] : nothing);

/** Whether a field is set: null is not, an unknown value is. */
export const has = (node: Node | undefined, ...keys: FieldKeys): boolean => {
  const found = child(node, ...keys);
  return found !== undefined && !(found.type === 'scalar' && found.value === null);
};

/** The value of a field, or what the API server takes for it where it is not set; undefined where it cannot be known. */
export const valueOr = <Default extends string | boolean | undefined>(node: Node | undefined, key: string, otherwise: Default) => {
  if (!has(node, key)) return otherwise;
  const found = child(node, key);
  return found?.type === 'scalar' && (typeof found.value === 'string' || typeof found.value === 'boolean') ? found.value : undefined;
};

/** Whether a field is known not to be one of these values. */
export const isOther = (value: unknown, ...values: readonly unknown[]): boolean => value !== undefined && !values.includes(value);

export const itemsOf = (node: Node | undefined, ...keys: FieldKeys): readonly Node[] => {
  const found = child(node, ...keys);
  return found?.type === 'list' ? found.items : nothing;
};

/** The positions of items whose text (by `textOf`) an earlier item has. */
export const repeated = (items: readonly Node[], textOf: (item: Node) => string | undefined): readonly number[] => {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const text = textOf(item);
    if (text === undefined) return [];
    if (seen.has(text)) return [index];
    seen.add(text);
    return [];
  });
};
