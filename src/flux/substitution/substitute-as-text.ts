/** Substitution the way Flux does it, through the text of the whole object: exact, and slower than scalar by scalar. */
import { lastNotAfter } from '../../model/last-not-after.ts';
import type { Step } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import type { MapNode, Node, ScalarNode, UnknownNode } from '../../yaml/node.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { type Printed, type PrintedPiece, printAsGo } from '../../yaml/print-as-go.ts';
import { fromBytes, isCut, toBytes } from './bytes.ts';
import { type Expression, expressionsIn, parseTemplate } from './envsubst.ts';
import { type Allowance, type Evaluated, evaluateTemplate, type Lookup } from './envsubst-evaluate.ts';
import { rebuild, type Writer } from './rebuild.ts';
import { tooLong, undefinedVariable, unreadable, unreadableAfterwards } from './substitution-problems.ts';
import { hasDollar } from './templates.ts';

export interface TextualInput {
  readonly root: MapNode;
  /** Scalars that cannot be known: they stay out of the text. */
  readonly unknowns: ReadonlyMap<ScalarNode, UnknownNode>;
  readonly lookup: Lookup;
  readonly allowance: Allowance;
  /** How the values of these variables came here. */
  readonly steps: (names: readonly string[]) => readonly Step[];
  /** What cannot be read scalar by scalar, to be told when the whole text cannot be read either. */
  readonly unread: readonly StepProblem[];
  readonly strict: boolean;
}

/** Every problem means that Flux fails; the object is then as it was. */
export const substituteAsText = (input: TextualInput): { readonly root: MapNode; readonly problems: readonly StepProblem[] } => {
  const { root, unread, lookup, allowance } = input;
  const fail = (...problems: readonly StepProblem[]) => ({ root, problems });
  const known = mapped(root, (scalar) => input.unknowns.get(scalar) ?? scalar);
  const printed = printAsGo(known);
  const pieceAt = pieceFinder(printed.pieces);
  const template = parseTemplate(printed.text);
  if (template.type === 'error') {
    return fail(...(unread.length > 0 ? unread : [unreadable(pieceAt(template.start)?.node ?? root, template.message)]));
  }

  const { parts, undefinedNames, unknown, isTooLong } = evaluateTemplate(template.parts, lookup, allowance);
  const place = unread[0]?.at ?? root;
  if (isTooLong) return fail(tooLong(place));
  if (unknown !== undefined)
    return { root: mapped(root, (scalar) => (hasDollar(scalar) ? unknownFor(scalar, unknown) : scalar)), problems: [] };
  // Names that stand within one scalar have been told already.
  if (input.strict && undefinedNames.length > 0)
    return fail(...undefinedNames.map((name) => undefinedVariable(place, { name, strict: true })));

  const { text: given, sourceOffset } = joined(printed.text, parts);
  // The parts of a character may have come together again.
  const text = isCut(given) ? fromBytes(toBytes(given)) : given;
  if (isCut(text)) {
    const cut = parts.find((part) => isCut(part.text))?.part.start ?? 0;
    return fail(unreadableAfterwards(pieceAt(cut)?.node ?? root, 'yaml: invalid UTF-8: a variable is cut within a character.'));
  }
  const parsed = parseYaml(text, (start, end) => ({ path: '', start, end }));
  const [wrong] = parsed.problems;
  const [document, another] = parsed.documents;
  if (wrong || another || document?.root?.type !== 'map') {
    const at = pieceAt(sourceOffset(wrong?.at.span.start ?? 0))?.node ?? root;
    return fail(unreadableAfterwards(at, wrong?.message ?? 'it is no single map.'));
  }
  const writerAt = writers(printed, parts, { sourceOffset, steps: input.steps });
  const { root: result, problems } = rebuild({ parsed: document.root, before: known, writerAt });
  return problems.length > 0 ? fail(...problems) : { root: result, problems };
};

const unknownFor = ({ span, via }: ScalarNode, why: string): UnknownNode => ({ type: 'unknown', why, span, via });

/** The map with every scalar that holds a `$` changed; keys are left alone. */
const mapped = (root: MapNode, change: (scalar: ScalarNode) => Node): MapNode => {
  const walk = (node: Node): Node => {
    if (!hasDollar(node)) return node;
    if (node.type === 'scalar') return change(node);
    if (node.type === 'list') return { ...node, items: node.items.map(walk) };
    return node.type === 'map' ? walkMap(node) : node;
  };
  const walkMap = (map: MapNode): MapNode => ({ ...map, entries: map.entries.map(({ key, value }) => ({ key, value: walk(value) })) });
  return walkMap(root);
};

const pieceFinder = (pieces: readonly PrintedPiece[]): ((offset: number) => PrintedPiece | undefined) => {
  const starts = pieces.map(({ start }) => start);
  return (offset) => pieces[lastNotAfter(starts, offset)];
};

interface Joined {
  readonly text: string;
  /** Where an offset of the text was before the substitution: at the expression, for what one gave. */
  readonly sourceOffset: (offset: number) => number;
}

const joined = (source: string, parts: readonly Evaluated[]): Joined => {
  let text = '';
  const starts: number[] = [];
  const stretches: { readonly source: number; readonly isCopy: boolean }[] = [];
  const add = (value: string, from: number, isCopy: boolean) => {
    starts.push(text.length);
    stretches.push({ source: from, isCopy });
    text += value;
  };
  for (const { part, text: value } of parts) {
    if (part.type === 'expression') {
      add(value, part.start, false);
      continue;
    }
    // Of each $$ one stays.
    let copied = part.start;
    for (let at = source.indexOf('$$', copied); at !== -1 && at + 1 < part.end; at = source.indexOf('$$', copied)) {
      add(source.slice(copied, at + 1), copied, true);
      copied = at + 2;
    }
    add(source.slice(copied, part.end), copied, true);
  }
  const sourceOffset = (offset: number): number => {
    const index = lastNotAfter(starts, offset);
    const stretch = stretches[index];
    return stretch === undefined ? offset : stretch.source + (stretch.isCopy ? offset - (starts[index] ?? 0) : 0);
  };
  return { text, sourceOffset };
};

/** Who wrote what stands at an offset of the new text. */
const writers = (
  { text, pieces }: Printed,
  parts: readonly Evaluated[],
  { sourceOffset, steps }: Pick<Joined, 'sourceOffset'> & Pick<TextualInput, 'steps'>,
): ((offset: number) => Writer | undefined) => {
  const pieceAt = pieceFinder(pieces);
  const expressions = parts.flatMap(({ part }) => (part.type === 'expression' ? [part] : []));
  const starts = expressions.map(({ start }) => start);
  return (offset) => {
    const source = sourceOffset(offset);
    const piece = pieceAt(source);
    if (piece === undefined) return undefined;
    const { node, start, end } = piece;
    const touching: Expression[] = [];
    for (let index = lastNotAfter(starts, end - 1); index >= 0; index--) {
      const expression = expressions[index];
      if (expression === undefined || expression.end <= start) break;
      if (expression.start < end) touching.unshift(expression);
    }
    const names = expressionsIn(touching).map(({ name }) => name);
    return {
      node,
      isWhole: source === start && touching.length === 0 && !text.slice(start, end).includes('$$'),
      origin: touching.length === 0 ? node : { span: node.span, via: [...node.via, ...steps([...new Set(names)])] },
    };
  };
};
