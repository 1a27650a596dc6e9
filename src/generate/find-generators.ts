/** The generators that stand in files, each made what it makes of what is in the files: nothing is applied or substituted. */
import type { File, Files } from '../files/files.ts';
import { isWithin } from '../files/files.ts';
import { isMap, type MapNode } from '../yaml/node.ts';
import type { ParsedText } from '../yaml/parse.ts';
import { expandComposite, expandComposition, isComposite, isDefinedIn, type Platform, platformOf } from './crossplane/expand.ts';
import { isComposition } from './crossplane/kinds.ts';
import { type Generated, madeNothing } from './generated.ts';
import { expandResourceSet } from './resource-set/expand.ts';
import { isInputProvider, isResourceSet } from './resource-set/kinds.ts';

export interface FindInput {
  readonly files: Files;
  readonly parse: (file: File) => ParsedText;
  /** Files or directories; none: everything. */
  readonly paths: readonly string[];
}

/** In the order of paths and documents. Providers are looked for in what was named first, then in everything. */
export const expandFiles = ({ files, parse, paths }: FindInput): readonly Generated[] => {
  const isNamed = (path: string) => paths.length === 0 || paths.some((named) => named === '' || isWithin(path, named));
  const manifests = files.paths.filter((path) => /\.(?:ya?ml|json)$/.test(path));
  const rootsOf = (path: string): readonly MapNode[] => {
    const file = files.file(path);
    return file ? parse(file).documents.flatMap(({ root }) => (isMap(root) ? [root] : [])) : [];
  };
  const named = manifests.filter(isNamed).flatMap(rootsOf);
  const broken = manifests.filter(isNamed).flatMap((path) => brokenSet(files.file(path), parse) ?? []);
  const all = [...named, ...manifests.filter((path) => !isNamed(path)).flatMap(rootsOf)];
  const sourceOf = (path: string) => files.file(path)?.text;
  const providers = all.filter(isInputProvider);
  const sets = named.filter(isResourceSet).map((root) => expandResourceSet({ root, providers: nearestFirst(providers, root), sourceOf }));
  return [...broken, ...sets, ...composites(named, platformOf(all), sourceOf)];
};

/** What is made of every composite resource and claim; of a Composition without any, what it would make of one. */
const composites = (
  named: readonly MapNode[],
  platform: Platform,
  sourceOf: (path: string) => string | undefined,
): readonly Generated[] => {
  const given = named.filter((root) => isComposite(root, platform)).map((root) => expandComposite({ root, platform, sourceOf }));
  if (given.length > 0) return given;
  return named
    .filter((root) => isComposition(root) && isDefinedIn(root, platform))
    .map((root) => expandComposition({ root, platform, sourceOf }));
};

/** A file that would hold a ResourceSet if it were YAML. */
const brokenSet = (file: File | undefined, parse: FindInput['parse']): Generated | undefined => {
  const [wrong] = file ? parse(file).problems : [];
  if (!file || !wrong || !/^kind: *ResourceSet *$/m.test(file.text)) return undefined;
  const { at, message } = wrong;
  return { ...madeNothing, kind: 'resource-set', name: '(unreadable)', at, errors: [{ type: 'invalid', message, at }] };
};

/** Of two providers of one name, in the folders of two clusters, the one beside the set is meant. */
const nearestFirst = (providers: readonly MapNode[], { span }: MapNode): readonly MapNode[] => {
  const distance = ({ span: { path } }: MapNode): number => sharedLength(path.split('/'), span.path.split('/'));
  return [...providers].sort((a, b) => distance(b) - distance(a));
};

const sharedLength = (a: readonly string[], b: readonly string[]): number => {
  const end = a.findIndex((part, index) => part !== b[index]);
  return end === -1 ? a.length : end;
};
