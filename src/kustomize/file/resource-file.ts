/**
 * The objects of a manifest: several documents, lists in the place of their items, everything that kustomize demands of
 * an object checked. What is wrong is reported at its line, and the objects that can be read are read.
 */
import type { File } from '../../files/files.ts';
import type { StepProblem } from '../../model/problem.ts';
import { child, isMap, isNull, type MapNode, type Node, textAt } from '../../yaml/node.ts';
import type { ParsedText } from '../../yaml/parse.ts';
import { readInJson, unfitForJson } from '../../yaml/through-json.ts';
import { notJson } from '../resource/not-json.ts';

export interface Objects {
  readonly roots: readonly MapNode[];
  readonly problems: readonly StepProblem[];
}

/** @param name how the file is called in messages; undefined for inline text */
export const objectsIn = (parsed: ParsedText, name: string | undefined): Objects => {
  const roots: MapNode[] = [];
  const problems: StepProblem[] = parsed.problems.map((problem) => malformed(problem, name));
  const lists: Node[] = [];
  for (const { root } of parsed.documents) {
    if (root === undefined || isNull(root)) continue;
    read(root);
  }
  for (let list = lists.shift(); list; list = lists.shift()) readItems(list);
  return { roots, problems };

  function read(node: Node): void {
    const problem = identityProblem(node);
    if (problem) {
      problems.push(problem);
      return;
    }
    if (node.type !== 'map' || node.entries.length === 0) return;
    if (kindOf(node).endsWith('List') && child(node, 'items') !== undefined) lists.push(node);
    else roots.push(node);
  }

  function readItems(list: Node): void {
    const items = child(list, 'items');
    if (!items || isNull(items)) return;
    if (items.type !== 'list') {
      const message = `expected array in ${kindOf(list)}/items: kustomize puts the items of a list in its place, and rejects any other.`;
      problems.push({ ruleId: 'manifest/missing-identity', at: items, message });
      return;
    }
    // A List that is all of a file is unwrapped as it is read (kyaml `ByteReader`), others by way of JSON
    // (`inlineAnyEmbeddedLists`).
    const isWhole = kindOf(list) === 'List' && parsed.documents.length === 1;
    for (const item of items.items) {
      if (isNull(item)) continue;
      const [unfit] = isMap(item) && !isWhole ? unfitForJson(item) : [];
      if (isMap(item) && unfit) problems.push(notJson(unfit, { root: item }));
      else read(isMap(item) && !isWhole ? readInJson(item) : item);
    }
  }
};

/** What stands behind `---` on its line, which kustomize allows no content (kyaml `splitDocuments`); its first such place. */
export const invalidSeparator = ({ path, text }: File): StepProblem | undefined => {
  if (!text.includes('\n---')) return undefined;
  for (const { index, 0: line } of text.matchAll(/\n---[^\n]*\n/g)) {
    const content = line.slice('\n---'.length).trim();
    if (content === '' || content.startsWith('#')) continue;
    const message = `invalid document separator: ${line.trim()}. kustomize takes nothing but a comment behind ---, and rejects the file.`;
    const span = { path, start: index + 1, end: index + line.length - 1 };
    return { ruleId: 'manifest/invalid-yaml', at: { span, via: [] }, message, hint: 'Begin the document on the next line.' };
  }
  return undefined;
};

const malformed = (problem: StepProblem, name: string | undefined): StepProblem => {
  if (problem.ruleId !== 'manifest/invalid-yaml') return problem;
  const where = name === undefined ? '' : ` in File: ${name}`;
  return { ...problem, message: `${problem.message.trimEnd().replace(/\.$/, '')} (MalformedYAMLError${where}).` };
};

const identityProblem = (node: Node): StepProblem | undefined => {
  const missing = (what: string, at: Node): StepProblem => ({
    ruleId: 'manifest/missing-identity',
    at,
    message: `${what}: this is no Kubernetes object, and kustomize rejects the file.`,
  });
  if (!isMap(node)) return missing('missing Resource metadata', node);
  if (node.entries.length === 0) return undefined;
  const [metadata, kind] = [child(node, 'metadata'), kindOf(node)];
  if (metadata === undefined && kind === '' && child(node, 'apiVersion') === undefined) return missing('missing Resource metadata', node);
  if (kind === '') return missing('missing kind in object', child(node, 'kind') ?? node);
  const name = child(metadata, 'name');
  if (textAt(name) || kind.endsWith('List')) return undefined;
  return missing('missing metadata.name in object', name ?? metadata ?? child(node, 'kind') ?? node);
};

const kindOf = (node: Node): string => textAt(node, 'kind') ?? '';
