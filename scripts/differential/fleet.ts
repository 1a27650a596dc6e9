/** Kustomizations of a fleet, each as its cluster has it, against what the controller makes of the same artifact and object. */
import type { Files } from '../../src/files/files.ts';
import type { AppliedKustomization, Cluster, ContentOf, Variables } from '../../src/flux/evaluation.ts';
import { goJson } from '../../src/kustomize/field/go-json.ts';
import { scalarNode, withEntry } from '../../src/yaml/edit.ts';
import { child, isMap, itemsOf, type MapNode, type Node, stringAt, toValue, type Value } from '../../src/yaml/node.ts';
import { holdsUnknown } from '../../src/yaml/unknown.ts';
import type { Oracle } from './oracle.ts';

export type Judged =
  /** `isOpen`: some values are known to the cluster alone. */
  | { readonly type: 'equal'; readonly objects: number; readonly isOpen: boolean }
  | { readonly type: 'both refuse' }
  | { readonly type: 'different'; readonly places: readonly string[] }
  | { readonly type: 'not comparable'; readonly why: string };

export type Judge = (kustomization: AppliedKustomization, cluster: Cluster) => Promise<Judged>;

export const createJudge = (oracle: Oracle): Judge => {
  const names = new Map<Files, string>();
  return async (kustomization, cluster) => {
    const { content, document } = kustomization;
    if (kustomization.isTerraform) return notComparable('Terraform applies it');
    if (content.type !== 'built') return notComparable(reasons[content.type]);
    if (content.build.leaves.length > 0) return notComparable('remote bases');
    const owner = known(document);
    if (!owner) return notComparable('its spec depends on values of the cluster');
    const name = names.get(content.artifact.files) ?? `artifact-${names.size}`;
    const isNew = !names.has(content.artifact.files);
    names.set(content.artifact.files, name);
    const { objects, error } = await oracle.ask({
      artifact: name,
      ...(isNew && { content: contentOf(content.artifact.files) }),
      kustomization: goJson(toValue(owner)),
      cluster: sourcesOf(kustomization, cluster, content),
      strict: (cluster.fluxVersion?.minor ?? 0) >= 9,
    });
    if (error !== undefined)
      return content.failed ? { type: 'both refuse' } : different(`only the controller refuses: ${error.slice(-300)}`);
    if (content.failed) return different(`only flux-lint refuses: ${content.problems[0]?.message}`);
    return compared(content, objects);
  };
};

const notComparable = (why: string): Judged => ({ type: 'not comparable', why });
const different = (...places: readonly string[]): Judged => ({ type: 'different', places });

const reasons = {
  unknown: 'its source is not at hand',
  'missing-source': 'its source is not in the cluster',
  'missing-path': 'its path is not in the source',
} as const;

/** What stands for a value that only the cluster has: another one for each, since names may be made of them. */
const placeholder = (name: string): string => `value-of-${name.toLowerCase().replaceAll('_', '-')}`;

/** The object with something in the place of every variable that is not known; undefined where more of it is not. */
const known = (document: MapNode): MapNode | undefined => {
  const substitute = child(document, 'spec', 'postBuild', 'substitute');
  const filled = isMap(substitute) ? withAt(document, ['spec', 'postBuild', 'substitute'], filledIn(substitute)) : document;
  return holdsUnknown(filled) ? undefined : filled;
};

const withAt = (map: MapNode, [key = '', ...rest]: readonly string[], value: Node): MapNode => {
  const inner = child(map, key);
  return withEntry(map, key, rest.length > 0 && isMap(inner) ? withAt(inner, rest, value) : value);
};

const filledIn = (map: MapNode): MapNode => ({
  ...map,
  entries: map.entries.map(({ key, value }) => ({
    key,
    value: value.type === 'unknown' ? scalarNode(placeholder(key.text), value) : value,
  })),
});

const contentOf = (files: Files): Readonly<Record<string, string>> =>
  Object.fromEntries(
    files.paths.flatMap((path) => {
      const file = files.file(path);
      return file ? [[path, Buffer.from(file.bytes()).toString('base64')] as const] : [];
    }),
  );

/** The ConfigMaps and Secrets that it takes variables from; one that is not here has every name that nobody else gives. */
const sourcesOf = (
  { namespace, document }: AppliedKustomization,
  { objects }: Cluster,
  { artifact, variables }: ContentOf<'built'>,
): readonly string[] =>
  itemsOf(child(document, 'spec', 'postBuild', 'substituteFrom')).map((reference) => {
    const kind = stringAt(reference, 'kind') ?? 'ConfigMap';
    const name = stringAt(reference, 'name') ?? '';
    const isMeant = ({ root }: { readonly root: MapNode }) =>
      stringAt(root, 'kind') === kind &&
      stringAt(root, 'metadata', 'name') === name &&
      (stringAt(root, 'metadata', 'namespace') ?? 'default') === namespace;
    const found = objects.find(isMeant)?.root;
    const data = found
      ? dataOf(found, variables)
      : Object.fromEntries(namesIn(artifact.files, variables).map((each) => [each, placeholder(each)]));
    const values = Object.entries(data).map(
      ([key, text]) => [key, kind === 'Secret' ? Buffer.from(text).toString('base64') : text] as const,
    );
    return JSON.stringify({ apiVersion: 'v1', kind, metadata: { name, namespace }, data: Object.fromEntries(values) });
  });

const dataOf = (root: MapNode, { known: values }: Variables): Readonly<Record<string, string>> => {
  const isSecret = stringAt(root, 'kind') === 'Secret';
  const entries = (['data', 'stringData'] as const).flatMap((field) => {
    const data = child(root, field);
    return (isMap(data) ? data.entries : []).map(({ key, value }) => {
      if (value.type !== 'scalar' || value.text.startsWith('ENC[')) return [key.text, undefined] as const;
      const text = isSecret && field === 'data' ? Buffer.from(value.text, 'base64').toString() : value.text;
      return [key.text, text] as const;
    });
  });
  // What configuration gives for an object of the cluster is in no object here.
  return Object.fromEntries(entries.map(([key, text]) => [key, text ?? values.get(key)?.value ?? placeholder(key)]));
};

const namesIn = (files: Files, { known: values }: Variables): readonly string[] => {
  const names = new Set<string>();
  for (const path of files.paths) {
    if (!/\.(?:ya?ml|json|env|toml|conf|txt)$/.test(path)) continue;
    for (const [, name = ''] of files.file(path)?.text.matchAll(/\$\{#?(\w+)/g) ?? []) {
      if (!values.has(name) && /^[A-Za-z_]/.test(name)) names.add(name);
    }
  }
  return [...names];
};

const compared = ({ objects }: ContentOf<'built'>, theirs: readonly string[]): Judged => {
  const places: string[] = [];
  let isOpen = false;
  if (objects.length !== theirs.length) places.push(`${objects.length} objects, of the controller ${theirs.length}`);
  for (const [index, { root }] of objects.entries()) {
    const text = theirs[index];
    if (text === undefined) break;
    // It is JSON of an object.
    const other = JSON.parse(text) as Value;
    const id = `${stringAt(root, 'kind')}/${stringAt(root, 'metadata', 'name') ?? '(unknown)'}`;
    for (const place of differences(root, other, '')) {
      if (place === '') isOpen = true;
      else places.push(`${id} ${place}`);
    }
  }
  return places.length > 0 ? different(...places) : { type: 'equal', objects: theirs.length, isOpen };
};

/** Where they differ, without the values, which may be secret; an empty text where a value is not known. */
const differences = (ours: Node, theirs: Value | undefined, at: string): readonly string[] => {
  if (ours.type === 'unknown') return [''];
  if (ours.type === 'map' && typeof theirs === 'object' && theirs !== null && !Array.isArray(theirs)) {
    const others = theirs as { readonly [key: string]: Value };
    const own = ours.entries.flatMap(({ key, value }) => {
      if (Object.hasOwn(others, key.text)) return differences(value, others[key.text], `${at}/${key.text}`);
      return isOpen(key.text) || value.type === 'unknown' ? [''] : [`${at}/${key.text} only here`];
    });
    // What SOPS has added goes with the decryption.
    const missing = Object.keys(others).filter((key) => !ours.entries.some((entry) => entry.key.text === key) && key !== 'sops');
    const named = ours.entries.filter(({ key }) => isOpen(key.text)).length;
    return [...own, ...missing.slice(named).map((key) => `${at}/${key} only there`)];
  }
  if (ours.type === 'list' && Array.isArray(theirs)) {
    if (ours.items.length !== theirs.length) return [`${at} ${ours.items.length} items, there ${theirs.length}`];
    return ours.items.flatMap((item, index) => differences(item, theirs[index], `${at}/${index}`));
  }
  if (ours.type === 'scalar' && JSON.stringify(JSON.parse(goJson(ours.value))) === JSON.stringify(theirs)) return [];
  return [`${at} ${typeOf(toValue(ours))}, there ${typeOf(theirs)}`];
};

/** A key with a variable in it that is not known. */
const isOpen = (key: string): boolean => key.includes('${');

const typeOf = (value: Value | undefined): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);
