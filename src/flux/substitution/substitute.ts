/**
 * postBuild substitution of one effective object, as kustomize-controller does it (fluxcd/pkg `kustomize` 1.35.4 in
 * Flux 2.9): the object is printed as YAML, `${...}` replaced in the text, and the text read again as YAML 1.1. So quotes
 * in the source protect nothing, and a value may become a number, a list, or an error. Here that happens scalar by
 * scalar, and through the text only where a value would be read as more than a scalar.
 *
 * In: the object and what is known of the variables. Out: the object, sharing what has no `$` in it; what is wrong; which
 * names it asked for. The caller decides whether Flux substitutes at all (`spec.postBuild`, at least one variable or
 * `substituteStrategy: Always`).
 */

import type { Step } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import { withoutEnd } from '../../pattern/trim.ts';
import { mapSame } from '../../yaml/edit.ts';
import { child, type Entry, type MapNode, type Node, type ScalarNode, stringAt, textAt, type UnknownNode } from '../../yaml/node.ts';
import { goStyle, isPlainText } from '../../yaml/print-as-go.ts';
import { resolvePlain } from '../../yaml/scalar.ts';
import type { Variables } from '../evaluation.ts';
import { isLeftUnsubstituted } from '../object-switches.ts';
import { type Allowance, type Evaluated, type Evaluation, evaluateTemplate, type Lookup } from './envsubst-evaluate.ts';
import { substituteAsText } from './substitute-as-text.ts';
import { negativeLength, tooLong, undefinedVariable, unreadable } from './substitution-problems.ts';
import { hasDollar, templateOf } from './templates.ts';

export interface SubstitutionInput {
  readonly root: MapNode;
  readonly variables: Pick<Variables, 'known' | 'withoutValue' | 'open'>;
  /** Whether a variable without value and default is an error: since Flux 2.9. Undefined where the version is not known. */
  readonly strict: boolean | undefined;
  /** Of the whole Kustomization. */
  readonly allowance: Allowance;
}

export interface Substitution {
  readonly root: MapNode;
  readonly problems: readonly StepProblem[];
  /** Flux would apply nothing of the whole Kustomization; `root` is what could be had all the same. */
  readonly failed: boolean;
  /** The names that the object asks for, each once. */
  readonly names: readonly string[];
}

/** See the head of this file. */
export const substituteObject = ({ root, variables, strict, allowance }: SubstitutionInput): Substitution => {
  if (!hasDollar(root) || isLeftUnsubstituted(root)) return { root, problems: [], failed: false, names: [] };
  const names = new Set<string>();
  const problems: StepProblem[] = [];
  const unknowns = new Map<ScalarNode, UnknownNode>();
  const unread: StepProblem[] = [];
  const labels = labelValuesOf(root);
  let failed = false;
  let needsText = false;

  const lookup: Lookup = (name) => {
    names.add(name);
    const known = variables.known.get(name);
    if (known) return { type: 'value', value: oneLine(known.value) };
    const why = variables.withoutValue.get(name) ?? variables.open;
    return why === undefined ? { type: 'undefined' } : { type: 'unknown', why };
  };

  const scalar = (node: ScalarNode): Node => {
    const template = templateOf(node);
    if (template === undefined) return node;
    if (template.type === 'error') {
      // What follows in the text may still close it.
      unread.push(unreadable(node, template.message));
      needsText = true;
      return node;
    }
    const evaluation = evaluateTemplate(template.parts, lookup, allowance);
    if (evaluation.isTooLong) {
      if (!failed) problems.push(tooLong(node));
      failed = true;
      return node;
    }
    const text = evaluation.parts.map((part) => part.text).join('');
    const labelOf = labels.has(node) && text === '' && goStyle(node.text) === 'plain' ? nameOf(root) : undefined;
    for (const name of evaluation.undefinedNames) problems.push(undefinedVariable(node, { name, strict, labelOf }));
    if (evaluation.countsBack !== undefined) problems.push(negativeLength(node, evaluation.countsBack));
    if (strict && evaluation.undefinedNames.length > 0) {
      failed = true;
      return node;
    }
    if (evaluation.unknown !== undefined) {
      const unknown: UnknownNode = {
        type: 'unknown',
        why: evaluation.unknown,
        written: withHoles(node.text, evaluation),
        span: node.span,
        via: node.via,
      };
      unknowns.set(node, unknown);
      return unknown;
    }
    if (text === node.text) return node;
    const value = readAgain(node.text, evaluation.parts);
    if (value === undefined) {
      needsText = true;
      return node;
    }
    const via = [...node.via, ...stepsOf(evaluation.names, variables)];
    return { type: 'scalar', value, text, style: typeof value === 'string' ? node.style : 'plain', span: node.span, via };
  };

  const tree = (node: Node): Node => {
    if (node.type === 'scalar') return scalar(node);
    if (node.type === 'unknown' || !hasDollar(node)) return node;
    if (node.type === 'list') {
      const items = mapSame(node.items, tree);
      return items === node.items ? node : { ...node, items };
    }
    const entries = mapSame(node.entries, entry);
    return entries === node.entries ? node : { ...node, entries };
  };

  const entry = (before: Entry): Entry => {
    const key = scalar(before.key);
    // Another key may collide with one that is there, and an unknown one cannot stand in a map.
    if (key !== before.key) needsText = true;
    const value = tree(before.value);
    return value === before.value ? before : { key: before.key, value };
  };

  const asTree = tree(root);
  if (failed || !needsText || asTree.type !== 'map') {
    return { root: asTree.type === 'map' ? asTree : root, problems, failed, names: [...names] };
  }
  const asText = substituteAsText({
    root,
    unknowns,
    lookup,
    allowance,
    steps: (used) => stepsOf(used, variables),
    unread,
    strict: strict === true,
  });
  return { root: asText.root, problems: [...problems, ...asText.problems], failed: asText.problems.length > 0, names: [...names] };
};

const labelValuesOf = (root: MapNode): ReadonlySet<Node> => {
  const labels = child(root, 'metadata', 'labels');
  return new Set(labels?.type === 'map' ? labels.entries.map(({ value }) => value) : []);
};

const nameOf = (root: MapNode): string => `${stringAt(root, 'kind') ?? ''} ${textAt(root, 'metadata', 'name') ?? ''}`;

/** The text with what is known of it; variables that are not known stand there as they were. */
const withHoles = (text: string, { parts }: Evaluation): string =>
  parts
    .map(({ part, text: value, isUnknown }) => (isUnknown && part.type === 'expression' ? text.slice(part.start, part.end) : value))
    .join('');

/** Flux takes the line breaks out of values. */
const oneLine = (value: string): string => value.replaceAll('\n', '');

const stepsOf = (names: readonly string[], { known }: Pick<Variables, 'known'>): readonly Step[] =>
  names.flatMap((name) => {
    const origin = known.get(name)?.origin;
    return origin === undefined ? [] : [{ type: 'substitution', at: origin.span, field: name } as const];
  });

/** What a string is once it has been printed, substituted and read as YAML 1.1; undefined where only the text can tell. */
const readAgain = (text: string, parts: readonly Evaluated[]): ScalarNode['value'] | undefined => {
  const result = parts.map((part) => part.text).join('');
  const style = goStyle(text);
  const given = parts.filter(({ part }) => part.type === 'expression');
  if (given.length === 0) return result;
  if (given.some(({ part, text: value }) => /[\s'"\\]/.test(text.slice(part.start, part.end)) || !isOneLine(value))) return undefined;
  // Long texts are folded at spaces: what stands at a fold must be neither empty nor begin or end with a space.
  const mayBeFolded = style !== 'literal' && text.includes(' ');
  if (mayBeFolded && given.some(({ text: value }) => value.trim() !== value || value === '')) return undefined;
  switch (style) {
    case 'plain': {
      if (result === '') return null;
      if (!isPlainText(result)) return undefined;
      const value = resolvePlain(result, 'yaml-1.1');
      // .inf and .nan are YAML, but no JSON.
      return typeof value === 'number' && !Number.isFinite(value) ? undefined : value;
    }
    case 'single':
      return given.some(({ text: value }) => value.includes("'")) ? undefined : result;
    case 'literal':
      return isSafeBlock(text) && isSafeBlock(result) && ending(text) === ending(result) ? result : undefined;
    case 'double':
      return given.some(({ text: value }) => /["\\]/.test(value)) ? undefined : result;
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
