/** What two texts of one repository come to in its clusters, and which of the differences an edit explains. */
import { evaluateWorkspace } from '../src/analyze.ts';
import type { AppliedObject } from '../src/flux/evaluation.ts';
import type { FindingEdit } from '../src/model/finding.ts';
import { grouped } from '../src/model/grouped.ts';
import type { Span } from '../src/model/span.ts';
import { type Node, stringAt } from '../src/yaml/node.ts';
import { type Texts, workspaceOf } from './fixture.ts';

interface Leaf {
  readonly value: string;
  /** Where it was written, and who carried or changed it. */
  readonly spans: readonly Span[];
}

/** Every value of every object: `cluster Kustomization kind/namespace/name /pointer`. */
const leavesOf = (texts: Texts): ReadonlyMap<string, Leaf> => {
  const { graph } = evaluateWorkspace(workspaceOf(texts));
  const found = new Map<string, Leaf>();
  for (const { name, objects } of graph.evaluation.clusters) {
    const seen = new Map<string, number>();
    for (const object of objects) {
      const id = `${name} ${idOf(object)}`;
      const ordinal = seen.get(id) ?? 0;
      seen.set(id, ordinal + 1);
      for (const [pointer, leaf] of leaves(object.root, '')) found.set(`${id}${ordinal === 0 ? '' : `#${ordinal}`} ${pointer}`, leaf);
    }
  }
  return found;
};

const idOf = ({ root, owner }: AppliedObject): string =>
  `${owner.namespace}/${owner.name} ${stringAt(root, 'kind')}/${stringAt(root, 'metadata', 'namespace') ?? ''}/${stringAt(root, 'metadata', 'name')}`;

const leaves = function* (node: Node, pointer: string): Iterable<readonly [string, Leaf]> {
  const spans = [node.span, ...node.via.map(({ at }) => at)];
  switch (node.type) {
    case 'map':
      for (const { key, value } of node.entries) yield* leaves(value, `${pointer}/${key.text}`);
      break;
    case 'list':
      for (const [index, item] of node.items.entries()) yield* leaves(item, `${pointer}/${index}`);
      break;
    case 'scalar':
      yield [pointer, { value: JSON.stringify([typeof node.value, node.text]), spans }];
      break;
    default:
      yield [pointer, { value: node.why, spans }];
  }
};

/** The pieces of a text that edits replace, and those that they put there. */
const touchedBy = (edits: readonly FindingEdit[]) => {
  const before: Span[] = [];
  const after: Span[] = [];
  for (const [path, own] of grouped(edits, (edit) => edit.path)) {
    let shift = 0;
    for (const { range, text } of own.toSorted((a, b) => a.range[0] - b.range[0])) {
      const [start, end] = range;
      before.push({ path, start, end });
      after.push({ path, start: start + shift, end: start + shift + text.length });
      shift += text.length - (end - start);
    }
  }
  return { before, after };
};

const touches = (span: Span, pieces: readonly Span[]): boolean =>
  pieces.some(({ path, start, end }) => span.path === path && span.start <= end && span.end >= start);

/**
 * What is otherwise in the clusters after the edits, though neither the value nor what carried it there was edited.
 *
 * @returns one line for each, empty where the edits explain every difference
 */
export const unexplained = (before: Texts, after: Texts, edits: readonly FindingEdit[]): readonly string[] => {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  const pieces = touchedBy(edits);
  const isWritten = (pointer: string): boolean =>
    old.get(pointer)?.spans.some((span) => touches(span, pieces.before)) === true ||
    now.get(pointer)?.spans.some((span) => touches(span, pieces.after)) === true;
  // An object that opts out of substitution keeps its variables and dollars: that is what the annotation says.
  const isKept = (pointer: string): boolean => {
    const annotation = `${pointer.slice(0, pointer.indexOf(' /'))} /metadata/annotations/kustomize.toolkit.fluxcd.io/substitute`;
    return old.get(annotation)?.value !== now.get(annotation)?.value && now.get(pointer)?.value.includes('$') === true;
  };
  const isExplained = (pointer: string) => isWritten(pointer) || isKept(pointer);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((pointer) => old.get(pointer)?.value !== now.get(pointer)?.value && !isExplained(pointer))
    .map((pointer) => `${pointer}: ${old.get(pointer)?.value} -> ${now.get(pointer)?.value}`);
};
