/**
 * What a text becomes depends on the text and on the values of the names that it asks for, not on the cluster: it is
 * found once for each of these, and a text that several objects or clusters share is one text afterwards, too.
 */
import { withoutEnd } from '../../pattern/trim.ts';
import type { ScalarNode } from '../../yaml/node.ts';
import { goStyle, isPlainText } from '../../yaml/print-as-go.ts';
import { resolvePlain } from '../../yaml/scalar.ts';
import { expressionsIn, type Part } from './envsubst.ts';
import { type Allowance, type Evaluated, type Evaluation, evaluateTemplate, type Lookup } from './envsubst-evaluate.ts';
import { templateOf } from './templates.ts';

/** What became of a text. */
export interface Outcome extends Omit<Evaluation, 'parts'> {
  readonly text: string;
  /** What the text is once it has been printed, substituted and read as YAML 1.1; undefined where only the whole object's text can tell. */
  readonly value: ScalarNode['value'] | undefined;
  /** The text with what is known of it; variables that are not known stand there as they were. */
  readonly withHoles: string;
}

/** What one of an object's scalars becomes; undefined where it holds nothing to substitute, or cannot be read by itself. */
export type Outcomes = (scalar: ScalarNode, lookup: Lookup, allowance: Allowance) => Outcome | undefined;

/** Outcomes that are remembered as long as this function. */
export const createOutcomes = (): Outcomes => {
  const remembered = new Map<string, Remembered>();

  return (scalar, lookup, allowance) => {
    const { text } = scalar;
    const known = remembered.get(text) ?? rememberedOf(scalar);
    if (known === undefined) return undefined;
    remembered.set(text, known);
    const { parts, names, outcomes } = known;
    const key = keyOf(names, lookup);
    const found = outcomes.get(key);
    if (found && found.characters <= allowance.characters) {
      allowance.characters -= found.characters;
      return found.outcome;
    }
    const before = allowance.characters;
    const outcome = outcomeOf(text, evaluateTemplate(parts, lookup, allowance));
    // What is too long is so for what else the Kustomization holds.
    if (!outcome.isTooLong) outcomes.set(key, { outcome, characters: before - allowance.characters });
    return outcome;
  };
};

interface Remembered {
  readonly parts: readonly Part[];
  /** Those that the text may ask for. */
  readonly names: readonly string[];
  /** By what is known of the names. */
  readonly outcomes: Map<string, { readonly outcome: Outcome; readonly characters: number }>;
}

const rememberedOf = (scalar: ScalarNode): Remembered | undefined => {
  const template = templateOf(scalar);
  if (template?.type !== 'template') return undefined;
  const { parts } = template;
  return { parts, names: [...new Set(expressionsIn(parts).map(({ name }) => name))], outcomes: new Map() };
};

const keyOf = (names: readonly string[], lookup: Lookup): string => {
  const [first, ...others] = names;
  if (first === undefined) return '';
  return others.length === 0 ? keyOfAnswer(lookup(first)) : JSON.stringify(names.map((name) => keyOfAnswer(lookup(name))));
};

const keyOfAnswer = (answer: ReturnType<Lookup>): string => {
  switch (answer.type) {
    case 'value':
      return `=${answer.value}`;
    case 'undefined':
      return '';
    case 'unknown':
      return `?${answer.why}`;
    default:
      return answer satisfies never;
  }
};

const outcomeOf = (before: string, { parts, ...evaluation }: Evaluation): Outcome => {
  const text = parts.map((part) => part.text).join('');
  const isKnown = evaluation.unknown === undefined && !evaluation.isTooLong;
  return {
    ...evaluation,
    text,
    value: isKnown ? readAgain({ before, text, parts }) : undefined,
    withHoles: isKnown ? text : withHoles(before, parts),
  };
};

const withHoles = (text: string, parts: readonly Evaluated[]): string =>
  parts
    .map(({ part, text: value, isUnknown }) => (isUnknown && part.type === 'expression' ? text.slice(part.start, part.end) : value))
    .join('');

interface Substituted {
  readonly before: string;
  readonly text: string;
  readonly parts: readonly Evaluated[];
}

const readAgain = ({ before, text, parts }: Substituted): ScalarNode['value'] | undefined => {
  const style = goStyle(before);
  const given = parts.filter(({ part }) => part.type === 'expression');
  if (given.length === 0) return text;
  if (given.some(({ part, text: value }) => /[\s'"\\]/.test(before.slice(part.start, part.end)) || !isOneLine(value))) return undefined;
  // Long texts are folded at spaces: what stands at a fold must be neither empty nor begin or end with a space.
  const mayBeFolded = style !== 'literal' && before.includes(' ');
  if (mayBeFolded && given.some(({ text: value }) => value.trim() !== value || value === '')) return undefined;
  switch (style) {
    case 'plain': {
      if (text === '') return null;
      if (!isPlainText(text)) return undefined;
      const value = resolvePlain(text, 'yaml-1.1');
      // .inf and .nan are YAML, but no JSON.
      return typeof value === 'number' && !Number.isFinite(value) ? undefined : value;
    }
    case 'single':
      return given.some(({ text: value }) => value.includes("'")) ? undefined : text;
    case 'literal':
      return isSafeBlock(before) && isSafeBlock(text) && ending(before) === ending(text) ? text : undefined;
    case 'double':
      return given.some(({ text: value }) => /["\\]/.test(value)) ? undefined : text;
    default:
      return style satisfies never;
  }
};

const isOneLine = (value: string): boolean => /^[\x20-\x7e\u00a0-\u2027\u202a-\ud7ff]*$/.test(value);

const ending = (text: string): string => text.slice(withoutEnd(text, '\n').length);

/** Its first line says how deep the block is indented, its last one whether it ends with a line break. */
const isSafeBlock = (text: string): boolean => {
  const lines = withoutEnd(text, '\n').split('\n');
  const [first = ''] = lines;
  return first.trim() !== '' && !first.startsWith(' ') && lines.at(-1)?.trim() !== '';
};
