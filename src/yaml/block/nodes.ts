import { lastOfEach, withMerged } from '../map-entries.ts';
import { type Entry, isMap, type ListNode, type MapNode, type Node, type ScalarNode } from '../node.ts';
import { resolvePlain } from '../scalar.ts';
import type { BlockScalar } from './block-scalar.ts';
import type { Cursor } from './cursor.ts';
import type { Quoted } from './quoted.ts';

const nothing: readonly never[] = [];

/** @param text what is written, where it is not what stands between the offsets: several lines are joined */
export const plainNode = ({ text: source, place }: Cursor, start: number, end: number, text = source.slice(start, end)): ScalarNode => ({
  type: 'scalar',
  value: resolvePlain(text),
  text,
  style: 'plain',
  span: place(start, end),
  via: nothing,
});

/** A scalar whose style says that it is a text. */
export const quotedNode = ({ place }: Cursor, { text, style, end }: Quoted | BlockScalar, start: number): ScalarNode => ({
  type: 'scalar',
  value: text,
  text,
  style,
  span: place(start, end),
  via: nothing,
});

export const listNode = ({ place }: Cursor, items: readonly Node[], start: number, end: number): ListNode => ({
  type: 'list',
  items,
  span: place(start, end),
  via: nothing,
});

interface Written {
  readonly entries: readonly Entry[];
  readonly isFlow: boolean;
  readonly start: number;
  readonly end: number;
}

/** Undefined where a key is written twice, and where what is merged is no map. */
export const mapNode = ({ place }: Cursor, { entries, isFlow, start, end }: Written): MapNode | undefined => {
  const all = entries.some(isMerge) ? mergedEntries(entries) : entries;
  return all && lastOfEach(all) === all
    ? { type: 'map', ...(isFlow && { isFlow: true as const }), entries: all, span: place(start, end), via: nothing }
    : undefined;
};

const isMerge = ({ key }: Entry): boolean => key.text === '<<' && key.style === 'plain';

const mergedEntries = (entries: readonly Entry[]): readonly Entry[] | undefined => {
  const merged: Entry[] = [];
  for (const { value } of entries.filter(isMerge)) {
    const maps = value.type === 'list' ? value.items : [value];
    for (const map of maps) {
      if (!isMap(map)) return undefined;
      merged.push(...map.entries);
    }
  }
  return withMerged(
    entries.filter((entry) => !isMerge(entry)),
    merged,
  );
};
