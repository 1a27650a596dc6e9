import type { Generated } from '../../generate/generated.ts';
import type { Location } from '../../model/finding.ts';
import type { Span } from '../../model/span.ts';
import type { Node } from '../../yaml/node.ts';
import { toPointer } from '../../yaml/node.ts';

/** What `expand` prints. */
export interface ExpandReport {
  readonly generators: readonly Generated[];
  readonly locate: (span: Span) => Location;
}

export interface UnknownLeaf {
  readonly pointer: string;
  readonly why: string;
}

/** Every unknown value of a tree, in order. */
export const unknownLeaves = (node: Node, keys: readonly (string | number)[] = []): readonly UnknownLeaf[] => {
  switch (node.type) {
    case 'scalar':
      return [];
    case 'unknown':
      return [{ pointer: toPointer(keys), why: node.why }];
    case 'list':
      return node.items.flatMap((item, index) => unknownLeaves(item, [...keys, index]));
    case 'map':
      return node.entries.flatMap(({ key, value }) => unknownLeaves(value, [...keys, key.text]));
    default:
      return node satisfies never;
  }
};
