/**
 * One entry of `patches`, read: whether it is a strategic merge or a JSON patch is found as kustomize finds it, by
 * trying both.
 */
import type { File } from '../../files/files.ts';
import type { Origin, Step } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import type { Span } from '../../model/span.ts';
import { isList, isMap, isNull, type MapNode, type Node, type ScalarNode } from '../../yaml/node.ts';
import { type ParsedText, parseYaml } from '../../yaml/parse.ts';
import { insideScalar, type Place } from '../../yaml/place.ts';
import { unfitForJson, writtenInJson } from '../../yaml/through-json.ts';
import type { ParseFile } from '../build.ts';
import { asYaml11 } from '../file/decode.ts';
import { duplicateKeys, withoutEffect } from '../file/duplicate-keys.ts';
import { objectsIn } from '../file/resource-file.ts';
import { carried } from '../resource/steps.ts';

export interface PatchText {
  readonly text: string;
  readonly parsed: ParsedText;
  /** As kustomize names it in messages: `[path: "patch.yaml"]`. */
  readonly source: string;
}

export type PatchContent =
  /** `shadowed`: keys that stand twice, of which kustomize takes the first and says nothing. */
  | { readonly type: 'merge'; readonly patches: readonly MapNode[]; readonly shadowed: readonly StepProblem[] }
  | { readonly type: 'json'; readonly operations: readonly Node[] }
  | { readonly type: 'problems'; readonly problems: readonly StepProblem[] };

/** One entry of `patches`, `patchesStrategicMerge` or `patchesJson6902`. */
export interface PatchEntry {
  /** The entry in the kustomization. */
  readonly asked: Origin;
  readonly step: Step;
  readonly content: PatchContent;
  readonly target: Node | undefined;
  readonly options: Node | undefined;
  /** Names the patch in messages: `[path: "patch.yaml"]`. */
  readonly source: string;
}

export const fileText = (file: File, path: string, parse: ParseFile): PatchText => ({
  text: file.text,
  parsed: parse(file),
  source: `[path: "${path}"]`,
});

type SourceOf = (path: string) => string | undefined;

const inline = new WeakMap<ScalarNode, PatchText>();

/**
 * The text of a scalar, parsed with the places of its file.
 *
 * @param sourceOf the text of a file; where it is not known, every place in the scalar is the whole scalar
 */
export const inlineText = (scalar: ScalarNode, sourceOf: SourceOf): PatchText => {
  const known = inline.get(scalar);
  if (known) return known;
  const text = textWithin(scalar, { text: scalar.text, offset: 0 }, sourceOf);
  inline.set(scalar, text);
  return text;
};

const trimmed = new WeakMap<ScalarNode, PatchText>();

/**
 * The text of an entry of `patches` without the blanks around it, as kustomize takes it (`PatchTransformerPlugin.Config`):
 * a block scalar at its end has no newline.
 */
export const inlinePatch = (scalar: ScalarNode, sourceOf: SourceOf): PatchText => {
  const known = trimmed.get(scalar);
  if (known) return known;
  const offset = scalar.text.length - scalar.text.trimStart().length;
  const text = textWithin(scalar, { text: scalar.text.trim(), offset }, sourceOf);
  trimmed.set(scalar, text);
  return text;
};

const textWithin = (
  scalar: ScalarNode,
  { text, offset }: { readonly text: string; readonly offset: number },
  sourceOf: SourceOf,
): PatchText => {
  const source = sourceOf(scalar.span.path);
  const inScalar: Place = source === undefined ? () => scalar.span : insideScalar(source, scalar);
  const place: Place = (start, end) => inScalar(start + offset, end + offset);
  return { text, parsed: parseYaml(text, place), source: `[patch: ${JSON.stringify(text.trim())}]` };
};

/**
 * @param step goes behind every node of the patch
 * @param asked the entry
 */
export const patchContent = ({ text, parsed, source }: PatchText, step: Step, asked: Origin): PatchContent => {
  const objects = objectsIn(parsed, undefined);
  if (objects.problems.length === 0) {
    const patches = objects.roots.map((root) => carried(firstOfEach(root), [...asked.via, step]));
    return { type: 'merge', patches, shadowed: objects.roots.flatMap(shadowedKeys) };
  }
  const conflicts = parsed.problems.filter(({ ruleId }) => ruleId === 'manifest/unresolved-merge-conflict');
  if (conflicts.length > 0) return { type: 'problems', problems: conflicts };
  const operations = operationsOf(text, parsed);
  const unfit = operations?.flatMap(unfitForJson).find(({ type }) => type === 'number');
  if (unfit) {
    const message = `unable to parse SM or JSON patch from ${shortened(source)}: json: unsupported value: ${unfit.at.text}`;
    return { type: 'problems', problems: [{ ruleId: 'build/invalid-patch', at: { span: unfit.at.span, via: asked.via }, message }] };
  }
  if (operations) {
    const steps = [...asked.via, step];
    return { type: 'json', operations: operations.map((operation) => carried(writtenInJson(operation), steps)) };
  }
  const [first] = objects.problems;
  const message = `unable to parse SM or JSON patch from ${shortened(source)}: it is neither a list of operations nor an object${
    first ? ` (${first.message})` : ''
  }`;
  return { type: 'problems', problems: [{ ruleId: 'build/invalid-patch', at: placeOf(first, asked, parsed), message }] };
};

/** Only the first document counts. What starts with a bracket must be JSON, not just YAML's flow style. */
const operationsOf = (text: string, { documents, problems }: ParsedText): readonly MapNode[] | undefined => {
  const [document] = documents;
  if (problems.length > 0 && document === undefined) return undefined;
  const start = text.trimStart();
  if (start.startsWith('[') && !isJson(start)) return undefined;
  const root = document?.root;
  if (root === undefined || isNull(root)) return [];
  if (!isList(root)) return undefined;
  const operations = (start.startsWith('[') ? root.items : root.items.map(asYaml11)).filter(isMap);
  return operations.length === root.items.length ? operations : undefined;
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const shadowedKeys = (patch: MapNode): readonly StepProblem[] =>
  duplicateKeys(patch).map(({ earlier, last }) => withoutEffect(last, earlier, { place: 'patch', taken: 'first' }));

/** Of a key that stands twice in a patch, the first counts. */
const firstOfEach = <T extends Node>(node: T): T => {
  const fixed = firstKeys(node);
  // Only entries are exchanged, never the type.
  return fixed as T;
};

const firstKeys = (node: Node): Node => {
  if (node.type === 'list') {
    const items = node.items.map(firstKeys);
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
  }
  if (node.type !== 'map') return node;
  const shadowed = new Map((node.shadowed ?? []).toReversed().map((entry) => [entry.key.text, entry] as const));
  const entries = node.entries.map((entry) => {
    const first = shadowed.get(entry.key.text) ?? entry;
    const value = firstKeys(first.value);
    return value === first.value ? first : { key: first.key, value };
  });
  return entries.every((entry, index) => entry === node.entries[index]) ? node : { type: 'map', entries, span: node.span, via: node.via };
};

const placeOf = (problem: StepProblem | undefined, asked: Origin, { documents }: ParsedText): Origin => {
  const span: Span | undefined = problem?.at.span ?? documents[0]?.root?.span;
  return span ? { span, via: asked.via } : asked;
};

const shortened = (source: string): string => (source.length > 120 ? `${source.slice(0, 117)}...` : source);
