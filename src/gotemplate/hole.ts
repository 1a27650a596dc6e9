/**
 * Holes: how an unknown value stands in text. A hole is a number between two private-use characters, which YAML takes
 * for letters of a plain scalar; so text can be rendered and parsed before the holes become unknown nodes again.
 */
import type { Origin } from '../model/origin.ts';
import type { UnknownNode } from '../yaml/node.ts';
import type { GoValue, Unknown } from './value.ts';

/** The unknowns of one rendering, by the number of their hole. */
export type Holes = Unknown[];

const open = '\ue000';
const close = '\ue001';
const pattern = /\ue000(\d+)\ue001/g;

/** What stands in the text for an unknown; the same for the same unknown. */
export const holeFor = (unknown: Unknown, holes: Holes): string => {
  const known = holes.findIndex(({ key, isNegated }) => key === unknown.key && isNegated === unknown.isNegated);
  if (known !== -1) return `${open}${known}${close}`;
  holes.push(unknown);
  return `${open}${holes.length - 1}${close}`;
};

export const hasHole = (text: string): boolean => text.includes(open);

/** The unknowns that stand in a text, in order. */
export const holesIn = (text: string, holes: Holes): readonly Unknown[] =>
  hasHole(text) ? [...text.matchAll(pattern)].flatMap(([, number]) => holes[Number(number)] ?? []) : [];

/** The text as people read it. */
export const withoutHoles = (text: string): string => (hasHole(text) ? text.replace(pattern, '(unknown)') : text);

/** The node of a text with holes: what is known of it, and why not all is. */
export const unknownText = (text: string, holes: Holes, { span, via }: Origin): UnknownNode => {
  const shown = withoutHoles(text);
  const why = holesIn(text, holes)[0]?.why ?? 'it is unknown';
  return { type: 'unknown', why, span, via, ...(shown === '(unknown)' ? {} : { text: shown }) };
};

/** What the evaluation of a template shares with the functions it calls. */
export interface Context {
  readonly holes: Holes;
  /** Counts work; ends a template that does too much. */
  readonly spend: (steps: number) => void;
  /** Looks into a value; ends a template whose values are nested without end. */
  readonly enter: <T>(look: () => T) => T;
}

/** The first unknown in a value, however deep. */
export const unknownIn = (value: GoValue, context: Context): Unknown | undefined => {
  context.spend(1);
  switch (value.type) {
    case 'unknown':
      return value;
    case 'string':
      return holesIn(value.value, context.holes)[0];
    case 'list':
      return context.enter(() => firstOf(value.items, context));
    case 'map':
      return context.enter(() => firstOf(value.entries.values(), context)) ?? value.open;
    default:
      return undefined;
  }
};

const firstOf = (values: Iterable<GoValue>, context: Context): Unknown | undefined => {
  for (const value of values) {
    const found = unknownIn(value, context);
    if (found) return found;
  }
  return undefined;
};
