import type { Origin } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import { mapNode, scalarNode, withEntry, withoutEntry } from '../../yaml/edit.ts';
import { child, type Entry, entryOf, isList, isMap, isNull, isScalar, type MapNode, type Node, scalarText } from '../../yaml/node.ts';
import { rewritten } from '../field/field-update.ts';
import { originKey } from '../resource/own-annotations.ts';
import { currentId, type Resource } from '../resource/resource.ts';
import { idText, sameId } from '../resource/resource-id.ts';

export interface Absorbed {
  readonly resources: readonly Resource[];
  readonly problems: readonly StepProblem[];
}

/**
 * Puts a generated object among those that are there, as the `behavior` of its entry says (kustomize:
 * `resWrangler.AbsorbAll`): `create` adds it, `merge` and `replace` put it in the place of the one object that has or
 * had its id. Reported, and left out: an object that is there already, or is not.
 *
 * @param asked the generator's entry
 */
export const absorb = (resources: readonly Resource[], generated: Resource, asked: MapNode): Absorbed => {
  const behavior = behaviorOf(asked);
  const id = currentId(generated);
  const matches = resources.filter((resource) => [...resource.previous, currentId(resource)].some((other) => sameId(other, id)));
  const [old, ...others] = matches;
  const fail = (message: string): Absorbed => ({
    resources,
    problems: [{ ruleId: 'build/failed-transformation', at: placeOf(asked), message: `${message}. kustomize rejects the build.` }],
  });

  if (others.length > 0) {
    const found = matches.map((resource) => idText(currentId(resource))).join(', ');
    return fail(`found multiple objects ${found} that could accept merge of ${idText(id)}`);
  }
  if (!old) {
    if (behavior !== 'create') return fail(`id ${idText(id)} does not exist; cannot merge or replace`);
    return { resources: [...resources, generated], problems: [] };
  }
  if (behavior === 'create') {
    const written = isScalar(child(asked, 'behavior')) ? 'create' : 'unspecified';
    return fail(`id ${idText(id)} exists; can not use behavior: '${written}', behavior must be merge or replace`);
  }
  // What is merged is still the old object: its file is the one that defines it.
  const merged = behavior === 'merge' ? mergedInto(old.root, generated.root) : generated.root;
  const resource: Resource = {
    ...old,
    root: withMetadata(merged, old.root, behavior),
    needsHash: old.needsHash && generated.needsHash,
  };
  return { resources: resources.with(resources.indexOf(old), resource), problems: [] };
};

const behaviorOf = (asked: MapNode): 'create' | 'merge' | 'replace' => {
  const behavior = child(asked, 'behavior');
  const text = scalarText(behavior);
  return text === 'merge' || text === 'replace' ? text : 'create';
};

const placeOf = (asked: MapNode): Origin => child(asked, 'behavior') ?? child(asked, 'name') ?? asked;

const mergedInto = (old: MapNode, generated: MapNode): MapNode => {
  const root = withData(generated, old);
  const own = (entry: Entry): Entry =>
    entry.key.text === 'apiVersion' || entry.key.text === 'kind' ? (entryOf(old, entry.key.text) ?? entry) : entry;
  return { ...root, entries: root.entries.map(own), span: old.span, via: old.via };
};

const withData = (root: MapNode, old: MapNode): MapNode => withTexts(withTexts(root, old, 'data'), old, 'binaryData');

/** Labels and annotations are merged, name and namespace stay the old ones; nothing else of the old object is kept. */
const withMetadata = (root: MapNode, old: MapNode, behavior: 'merge' | 'replace'): MapNode => {
  const oldMetadata = child(old, 'metadata');
  const newMetadata = child(root, 'metadata');
  if (!isMap(oldMetadata) || !isMap(newMetadata)) return root;
  const kept = ['name', 'namespace'].flatMap((key) => {
    const entry = entryOf(oldMetadata, key);
    return entry ? { key: entry.key, value: overwritten(entryOf(newMetadata, key)?.value, entry.value) } : [];
  });
  const given = mapNode(
    [...kept, ...newMetadata.entries.filter(({ key }) => key.text !== 'name' && key.text !== 'namespace')],
    newMetadata,
  );
  const metadata = withTexts(withTexts(given, oldMetadata, 'labels'), oldMetadata, 'annotations');
  const origin = child(oldMetadata, 'annotations', originKey);
  const annotations = child(metadata, 'annotations');
  if (behavior === 'replace' || !origin || !isMap(annotations)) return withEntry(root, 'metadata', metadata);
  return withEntry(root, 'metadata', withEntry(metadata, 'annotations', withEntry(annotations, originKey, origin)));
};

/** The old text is written over the new one: without quotes it has the type it looks like. */
const overwritten = (now: Node | undefined, old: Node): Node =>
  isScalar(old) && isScalar(now) && now.style === 'plain' && old.text !== '' ? { ...old, ...rewritten(now, old.text, old) } : old;

/** The texts under `key` of the old map, overwritten by the new one's. All are strings then; no map is left empty. */
const withTexts = (map: MapNode, old: MapNode, key: string): MapNode => {
  const before = child(old, key);
  const now = child(map, key);
  let merged: MapNode = mapNode(isMap(before) ? before.entries.map(asText) : [], now ?? before ?? map);
  if (isMap(now)) for (const entry of now.entries) merged = withEntry(merged, entry.key.text, entry.value);
  return merged.entries.length === 0 ? withoutEntry(map, key) : withEntry(map, key, merged);
};

const asText = ({ key, value }: Entry): Entry => ({ key, value: textNode(value) });

/** A map or a list has no text. */
const textNode = (node: Node): Node => {
  if (isMap(node) || isList(node)) return scalarNode('', node);
  // A date that is not quoted stays as it is written; quotes are gone, and with them what they protect in later patches.
  if (!isScalar(node) || (node.value === node.text && node.style === 'plain')) return node;
  return scalarNode(isNull(node) ? '' : node.text, node);
};
