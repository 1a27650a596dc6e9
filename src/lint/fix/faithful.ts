import type { Edit } from '../../model/problem.ts';
import type { Entry, Node } from '../../yaml/node.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { wholeFile } from '../../yaml/place.ts';

/** An edit as offsets of a text. */
export interface TextChange {
  readonly range: readonly [start: number, end: number];
  readonly text: string;
}

/**
 * Whether a text still means what it meant after its fixes, but for what they touch: it parses as well as before, has as
 * many documents, and every field that no edit comes near is there and has its value. Asked before anything is written.
 */
export const isFaithful = (before: string, after: string, changes: readonly TextChange[]): boolean => {
  const [old, now] = [parseYaml(before, wholeFile('')), parseYaml(after, wholeFile(''))];
  if (now.problems.length > old.problems.length || now.documents.length !== old.documents.length) return false;
  const isTouched = touching(changes.toSorted(({ range: [a] }, { range: [b] }) => a - b));
  return old.documents.every(({ root }, index) => isKept(root, now.documents[index]?.root, isTouched));
};

type IsTouched = (start: number, end: number) => boolean;

/**
 * What an insertion only borders on is touched, too: it may become part of it, and so may what new text stands behind in
 * place of other text. What is replaced ends where it ends.
 */
const touching = (changes: readonly TextChange[]): IsTouched => {
  const insertions = changes.flatMap(({ range: [start], text }) => (text === '' ? [] : [[start, start] as const]));
  const replacements = changes.map(({ range }) => range).filter(([start, end]) => start < end);
  const [isInserted, isReplaced] = [overlapping(insertions), overlapping(replacements)];
  return (start, end) => isInserted(start, end) || isReplaced(start + 1, end - 1);
};

/** Whether one of the ranges, sorted by their start, has a place in common with another one, ends included. */
const overlapping = (ranges: readonly TextChange['range'][]): IsTouched => {
  // The furthest end among the ranges up to each one.
  let furthest = Number.NEGATIVE_INFINITY;
  const ends = ranges.map(([, end]) => {
    furthest = Math.max(furthest, end);
    return furthest;
  });
  return (start, end) => {
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ranges[middle]?.[0] ?? 0) <= end) low = middle + 1;
      else high = middle;
    }
    return low > 0 && (ends[low - 1] ?? Number.NEGATIVE_INFINITY) >= start;
  };
};

const isKept = (old: Node | undefined, now: Node | undefined, isTouched: IsTouched): boolean => {
  if (old === undefined) return true;
  if (!isTouched(old.span.start, old.span.end)) return now !== undefined && isSame(old, now);
  if (old.type === 'map' && now?.type === 'map') return areEntriesKept(old.entries, now.entries, isTouched);
  if (old.type === 'list' && now?.type === 'list') return areItemsKept(old.items, now.items, isTouched);
  return true;
};

const areEntriesKept = (old: readonly Entry[], now: readonly Entry[], isTouched: IsTouched): boolean => {
  const left = new Map(now.map(({ key, value }) => [key.text, value] as const));
  return old.every(({ key, value }) => {
    const found = left.get(key.text);
    // A key that an edit touches may have another name now.
    if (isTouched(key.span.start, key.span.end)) return true;
    if (found === undefined) return isTouched(key.span.start, Math.max(key.span.end, value.span.end));
    return isKept(value, found, isTouched);
  });
};

/** Those that no edit touches are there in their order; others may have come between them. */
const areItemsKept = (old: readonly Node[], now: readonly Node[], isTouched: IsTouched): boolean => {
  if (old.length === now.length) return old.every((item, index) => isKept(item, now[index], isTouched));
  let at = 0;
  return old.every((item) => {
    if (isTouched(item.span.start, item.span.end)) return true;
    while (at < now.length && !isSame(item, now[at])) at++;
    return at++ < now.length;
  });
};

const isSame = (old: Node, now: Node | undefined): boolean => {
  if (now === undefined || old.type !== now.type) return false;
  if (old.type === 'scalar' && now.type === 'scalar') return Object.is(old.value, now.value) && old.text === now.text;
  if (old.type === 'list' && now.type === 'list')
    return old.items.length === now.items.length && old.items.every((item, index) => isSame(item, now.items[index]));
  if (old.type !== 'map' || now.type !== 'map') return true;
  return (
    old.entries.length === now.entries.length &&
    old.entries.every(({ key, value }, index) => {
      const other = now.entries[index];
      return other !== undefined && key.text === other.key.text && isSame(value, other.value);
    })
  );
};

/**
 * An edit as its file writes lines: a block scalar keeps the line break that ends it, and new lines end as the line does
 * on which they begin.
 */
export const asWritten = ({ span, text }: Edit, source: string): Edit => {
  const { start } = span;
  const isWholeLine = start === 0 || source[start - 1] === '\n';
  const takesBreak = !isWholeLine && text !== '' && source[span.end - 1] === '\n' && !text.endsWith('\n') && span.end > start;
  const end = takesBreak ? span.end - (source[span.end - 2] === '\r' ? 2 : 1) : span.end;
  return { span: { ...span, end }, text: endsWithReturn(source, start) ? text.replace(/(?<!\r)\n/g, '\r\n') : text };
};

/** Of the line at a place; of the last line, which may have no end, the one before. */
const endsWithReturn = (source: string, at: number): boolean => {
  const next = source.indexOf('\n', at);
  const end = next === -1 ? source.lastIndexOf('\n') : next;
  return end > 0 && source[end - 1] === '\r';
};
