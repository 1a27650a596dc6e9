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
import { child, type Entry, type MapNode, type Node, type ScalarNode, stringAt, textAt, type UnknownNode } from '../../yaml/node.ts';
import { goStyle } from '../../yaml/print-as-go.ts';
import type { Variables } from '../evaluation.ts';
import { isLeftUnsubstituted } from '../object-switches.ts';
import type { Allowance, Lookup } from './envsubst-evaluate.ts';
import type { Outcomes } from './outcomes.ts';
import { substituteAsText } from './substitute-as-text.ts';
import { negativeLength, tooLong, undefinedVariable, unreadable } from './substitution-problems.ts';
import { type Holder, hasDollar, holderOf, templateOf } from './templates.ts';

export interface SubstitutionInput {
  readonly root: MapNode;
  readonly variables: Pick<Variables, 'known' | 'withoutValue' | 'open'>;
  /** Whether a variable without value and default is an error: since Flux 2.9. Undefined where the version is not known. */
  readonly strict: boolean | undefined;
  /** Of the whole Kustomization. */
  readonly allowance: Allowance;
  /** Of the whole repository. */
  readonly outcomes: Outcomes;
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
export const substituteObject = ({ root, variables, strict, allowance, outcomes }: SubstitutionInput): Substitution => {
  if (!hasDollar(root) || isLeftUnsubstituted(root)) return { root, problems: [], failed: false, names: [] };
  const names = new Set<string>();
  const problems: StepProblem[] = [];
  const unknowns = new Map<ScalarNode, UnknownNode>();
  const unread: StepProblem[] = [];
  const labels = labelValuesOf(root);
  let failed = false;
  let needsText = false;

  const lookup: Lookup = (name) => {
    const known = variables.known.get(name);
    if (known) return { type: 'value', value: oneLine(known.value) };
    const why = variables.withoutValue.get(name) ?? variables.open;
    return why === undefined ? { type: 'undefined' } : { type: 'unknown', why };
  };

  const scalar = (node: ScalarNode): Node => {
    const outcome = outcomes(node, lookup, allowance);
    if (outcome === undefined) {
      const template = templateOf(node);
      // What follows in the text may still close it.
      if (template?.type === 'error') unread.push(unreadable(node, template.message));
      needsText = true;
      return node;
    }
    for (const name of outcome.names) names.add(name);
    if (outcome.isTooLong) {
      if (!failed) problems.push(tooLong(node));
      failed = true;
      return node;
    }
    const { text, value } = outcome;
    const labelOf = labels.has(node) && text === '' && goStyle(node.text) === 'plain' ? nameOf(root) : undefined;
    for (const name of outcome.undefinedNames) problems.push(undefinedVariable(node, { name, strict, labelOf }));
    if (outcome.countsBack !== undefined) problems.push(negativeLength(node, outcome.countsBack));
    if (strict && outcome.undefinedNames.length > 0) {
      failed = true;
      return node;
    }
    if (outcome.unknown !== undefined) {
      const { unknown: why, withHoles: written } = outcome;
      const unknown: UnknownNode = { type: 'unknown', why, written, span: node.span, via: node.via };
      unknowns.set(node, unknown);
      return unknown;
    }
    if (text === node.text) return node;
    if (value === undefined) {
      needsText = true;
      return node;
    }
    const via = withSteps(node.via, outcome.names);
    return { type: 'scalar', value, text, style: typeof value === 'string' ? node.style : 'plain', span: node.span, via };
  };

  const steps = new Map<string, readonly Step[]>();
  /** Lists are as long as they have to be, and are shared: a spread makes room for more, for every value of every cluster. */
  const withSteps = (via: readonly Step[], used: readonly string[]): readonly Step[] => {
    const key = used.join();
    const added = steps.get(key) ?? stepsOf(used, variables);
    steps.set(key, added);
    return via.length === 0 ? added : via.concat(added);
  };

  const tree = ({ node, children }: Holder): Node => {
    if (node.type === 'scalar') return scalar(node);
    if (node.type === 'list') {
      const items = replaced(node.items, children, (item, { value }) => (value ? tree(value) : item));
      return items === node.items ? node : { ...node, items };
    }
    if (node.type === 'unknown') return node;
    const entries = replaced(node.entries, children, entry);
    return entries === node.entries ? node : { ...node, entries };
  };

  const entry = (before: Entry, { value: held, isInKey }: Holder['children'][number]): Entry => {
    // Another key may collide with one that is there, and an unknown one cannot stand in a map.
    if (isInKey && scalar(before.key) !== before.key) needsText = true;
    const value = held ? tree(held) : before.value;
    return value === before.value ? before : { key: before.key, value };
  };

  const asTree = tree(holderOf(root));
  if (failed || !needsText || asTree.type !== 'map') {
    return { root: asTree.type === 'map' ? asTree : root, problems, failed, names: [...names] };
  }
  const asText = substituteAsText({
    root,
    unknowns,
    lookup: (name) => {
      names.add(name);
      return lookup(name);
    },
    allowance,
    steps: (used) => stepsOf(used, variables),
    unread,
    strict: strict === true,
  });
  return { root: asText.root, problems: [...problems, ...asText.problems], failed: asText.problems.length > 0, names: [...names] };
};

/** The same array where every child stayed the same. */
const replaced = <T>(
  items: readonly T[],
  children: Holder['children'],
  change: (item: T, child: Holder['children'][number]) => T,
): readonly T[] => {
  let changed: T[] | undefined;
  for (const child of children) {
    const item = items[child.index];
    if (item === undefined) continue;
    const next = change(item, child);
    if (next === item) continue;
    changed ??= [...items];
    changed[child.index] = next;
  }
  return changed ?? items;
};

const labelValuesOf = (root: MapNode): ReadonlySet<Node> => {
  const labels = child(root, 'metadata', 'labels');
  return new Set(labels?.type === 'map' ? labels.entries.map(({ value }) => value) : []);
};

const nameOf = (root: MapNode): string => `${stringAt(root, 'kind') ?? ''} ${textAt(root, 'metadata', 'name') ?? ''}`;

/** Flux takes the line breaks out of values. */
const oneLine = (value: string): string => value.replaceAll('\n', '');

const stepsOf = (names: readonly string[], { known }: Pick<Variables, 'known'>): readonly Step[] => {
  const steps = names.flatMap((name) => {
    const origin = known.get(name)?.origin;
    return origin === undefined ? [] : [{ type: 'substitution', at: origin.span, field: name } as const];
  });
  // What flatMap makes has room for more.
  return steps.slice();
};
