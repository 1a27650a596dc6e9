/** Rendered text → objects, as the operator reads them (Kubernetes' YAML decoder, fluxcd/pkg/ssa). */
import { type Holes, hasHole, holesIn, unknownText } from '../../gotemplate/hole.ts';
import { child, type Entry, type MapNode, type Node, type ScalarNode, stringAt, type UnknownNode } from '../../yaml/node.ts';
import { type ParsedText, parseYaml } from '../../yaml/parse.ts';
import type { Place } from '../../yaml/place.ts';
import type { FreeText } from '../generated.ts';
import { freeTextsIn } from './free-texts.ts';
import type { RenderedText } from './rendered-text.ts';
import { keyAsYaml11, scalarAsYaml11 } from './yaml-1.1.ts';

export interface ReadObject {
  readonly root: MapNode;
  /** Where it starts in the text. */
  readonly start: number;
}

export type ReadResult =
  | { readonly type: 'read'; readonly objects: readonly ReadObject[] }
  | { readonly type: 'failed'; readonly message: string; readonly offset: number };

interface ReadInput {
  readonly rendered: RenderedText;
  readonly holes: Holes;
  /** Where texts of strangers that stand without quotes are noted. */
  readonly freeTexts: FreeText[];
  /** What the text was printed from, where it was: nodes that are where they were keep their places. */
  readonly before: MapNode | undefined;
}

/** All documents of a `resourcesTemplate`; those that are no objects of Kubernetes are passed over. */
export const readAll = (input: ReadInput): ReadResult => {
  const read = readDocuments(input);
  if (read.type === 'failed') return read;
  const objects = read.objects.flatMap(({ root, start }): readonly ReadObject[] => {
    const items = stringAt(root, 'kind')?.endsWith('List') ? child(root, 'items') : undefined;
    if (items?.type === 'list') return items.items.flatMap((item) => (item.type === 'map' ? [{ root: item, start }] : []));
    return isKubernetesObject(root) ? [{ root, start }] : [];
  });
  return { type: 'read', objects };
};

/** All documents that hold something; each has a kind. */
export const readDocuments = (input: ReadInput): ReadResult => {
  const objects: ReadObject[] = [];
  for (const { text, start } of documentsOf(input.rendered.text)) {
    const document = readDocument(input, text, start);
    if (document.type === 'failed') return document;
    objects.push(...document.objects);
  }
  return { type: 'read', objects };
};

/** The one object of an item of `resources`. */
export const readOne = (input: ReadInput): ReadResult => {
  const [first] = documentsOf(input.rendered.text);
  const result = readDocument(input, first?.text ?? '', first?.start ?? 0);
  if (result.type === 'read' && result.objects.length === 0) return { type: 'failed', message: "Object 'Kind' is missing", offset: 0 };
  return result;
};

/** A line that starts with three dashes ends a document, whatever stands behind them. */
const documentsOf = (text: string): readonly { readonly text: string; readonly start: number }[] => {
  const documents: { text: string; start: number }[] = [];
  let start = 0;
  for (const match of text.matchAll(/\n---[^\n]*(?:\n|$)/g)) {
    documents.push({ text: text.slice(start, match.index), start });
    start = match.index + match[0].length;
  }
  documents.push({ text: text.slice(start), start });
  return documents;
};

const readDocument = (input: ReadInput, text: string, start: number): ReadResult => {
  const parsed = parseLenient(text, (from, to) => ({ path: '', start: start + from, end: start + to }));
  const [document] = parsed.documents;
  const [wrong] = parsed.problems;
  if (wrong && (document === undefined || document.index > 0 || wrong.at.span.start <= document.span.end)) {
    return { type: 'failed', message: wrong.message, offset: wrong.at.span.start };
  }
  const root = document?.root;
  if (root === undefined || (root.type === 'scalar' && root.value === null)) return { type: 'read', objects: [] };
  if (root.type !== 'map') return { type: 'failed', message: 'what is rendered is no map', offset: root.span.start };
  const rebuilt = rebuild(root, input);
  const endless = notInJson(root);
  if (endless) return { type: 'failed', message: `json: unsupported value: ${endless.text}`, offset: endless.span.start };
  if (rebuilt.type !== 'map') return { type: 'read', objects: [] };
  const kind = child(rebuilt, 'kind');
  if (kind?.type !== 'unknown' && !stringAt(kind)) return { type: 'failed', message: "Object 'Kind' is missing", offset: root.span.start };
  return { type: 'read', objects: [{ root: rebuilt, start: root.span.start }] };
};

/**
 * go-yaml lets a quoted text go on at any indentation. A line break in it, which stands for a space, becomes one where the
 * stricter grammar stumbles; no offset changes.
 */
const parseLenient = (text: string, place: Place, attempts = 8): ParsedText => {
  const parsed = parseYaml(text, place);
  const [wrong] = parsed.problems;
  if (attempts === 0 || !wrong?.message.includes('Missing closing')) return parsed;
  const offset = wrong.at.span.start - place(0, 0).start;
  const quoted = /(?<=(?:^|[:[{,-])\s+)(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/gs;
  for (const { 0: found, index } of text.matchAll(quoted)) {
    if (offset < index || offset > index + found.length || !/[^\s]\n[^\s]/.test(found)) continue;
    const joined = found.replace(/(?<=\S)\n(?=\S)/g, ' ');
    return parseLenient(text.slice(0, index) + joined + text.slice(index + found.length), place, attempts - 1);
  }
  return parsed;
};

/** JSON has no infinity, and nothing that is no number. */
const notInJson = (node: Node): ScalarNode | undefined => {
  switch (node.type) {
    case 'scalar':
      return typeof node.value === 'number' && !Number.isFinite(node.value) ? node : undefined;
    case 'list':
      return firstOf(node.items);
    case 'map':
      return firstOf(node.entries.map(({ value }) => value));
    case 'unknown':
      return undefined;
    default:
      return node satisfies never;
  }
};

const firstOf = (nodes: readonly Node[]): ScalarNode | undefined => {
  for (const node of nodes) {
    const found = notInJson(node);
    if (found) return found;
  }
  return undefined;
};

/** What has no name, kind or version is dropped, and so is a kustomization file. */
const isKubernetesObject = (root: MapNode): boolean => {
  const isThere = (node: Node | undefined) => node?.type === 'unknown' || Boolean(stringAt(node));
  const apiVersion = child(root, 'apiVersion');
  if (stringAt(root, 'kind') === 'Kustomization' && stringAt(apiVersion)?.startsWith('kustomize.config.k8s.io/')) return false;
  return isThere(child(root, 'metadata', 'name')) && isThere(child(root, 'kind')) && isThere(apiVersion);
};

/** The tree with its places, its types those of YAML 1.1, and its holes as unknown nodes. */
const rebuild = (root: MapNode, { rendered, holes, before, freeTexts }: ReadInput): Node => {
  const placed = <T extends Node>(node: T, old: Node | undefined): T => {
    const { span, via } = rendered.originAt(node.span.start);
    return { ...node, via, span: old !== undefined && old.type === node.type && old.type !== 'scalar' ? old.span : span };
  };
  const unknown = (node: ScalarNode): UnknownNode => {
    const at = rendered.originAt(node.span.start);
    if (node.style === 'plain') freeTexts.push(...freeTextsIn(holesIn(node.text, holes), at));
    return unknownText(node.text, holes, at);
  };
  const walk = (node: Node, old: Node | undefined): Node => {
    switch (node.type) {
      case 'scalar':
        return hasHole(node.text) ? unknown(node) : placed(scalarAsYaml11(node), undefined);
      case 'list':
        return placed({ ...node, items: node.items.map((item, index) => walk(item, child(old, index))) }, old);
      case 'map': {
        const hidden = node.entries.find(({ key }) => hasHole(key.text));
        // Which keys a map has is unknown then.
        if (hidden) return unknown(hidden.key);
        const entries = node.entries.map(({ key, value }): Entry => {
          const name = keyAsYaml11(key);
          return { key: placed(name, undefined), value: walk(value, child(old, name.text)) };
        });
        return placed({ type: 'map', entries, span: node.span, via: node.via }, old);
      }
      case 'unknown':
        return node;
      default:
        return node satisfies never;
    }
  };
  return walk(root, before);
};
