import { baseName, directoryOf, type File, type Files, joinPath } from '../../files/files.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { kustomizationNames } from '../../kustomize/file/kustomization.ts';
import { isMap, type MapNode, stringAt } from '../../yaml/node.ts';
import type { ReachIndex } from './reach-index.ts';

/** A Kubernetes object that no build reads, though one reads the kustomization file of its directory. */
export interface UnreadManifest {
  readonly path: string;
  /** The first object in it. */
  readonly root: MapNode;
  /** The nearest kustomization file, in its directory or above. */
  readonly kustomization: File;
}

export interface UnreadManifestsInput {
  readonly files: Files;
  readonly parse: ParseFile;
  readonly readers: ReachIndex['readers'];
}

/** In path order; without charts, and without what the source leaves out. */
export const unreadManifests = ({ files, parse, readers }: UnreadManifestsInput): readonly UnreadManifest[] => {
  const kustomizationOf = nearestFile(files, kustomizationNames);
  const chartOf = nearestFile(files, ['Chart.yaml']);
  const found: UnreadManifest[] = [];
  for (const path of files.paths) {
    if (!/\.ya?ml$/.test(path) || names.has(baseName(path)) || files.entry(path) !== 'file') continue;
    const directory = directoryOf(path);
    const kustomization = kustomizationOf(directory);
    if (!kustomization || readers(path).length > 0 || chartOf(directory)) continue;
    const isInSource = readers(kustomization.path).some(
      ({ content }) => content.type === 'built' && content.artifact.files.entry(path) !== undefined,
    );
    const file = isInSource ? files.file(path) : undefined;
    const root = file && parse(file).documents.find((document) => document.root)?.root;
    if (isMap(root) && isObject(root)) found.push({ path, root, kustomization });
  }
  return found;
};

const names: ReadonlySet<string> = new Set(kustomizationNames);

const isObject = (root: MapNode): boolean =>
  [['apiVersion'], ['kind'], ['metadata', 'name']].every((keys) => (stringAt(root, ...keys) ?? '') !== '');

/** The first of some files in a directory or the nearest one above it that has any; remembered. */
const nearestFile = (files: Files, wanted: readonly string[]): ((directory: string) => File | undefined) => {
  const known = new Map<string, File | undefined>();
  const find = (directory: string): File | undefined => {
    if (known.has(directory)) return known.get(directory);
    const own = wanted.map((name) => joinPath(directory, name)).flatMap((path) => (path === undefined ? [] : (files.file(path) ?? [])))[0];
    const file = own ?? (directory === '' ? undefined : find(directoryOf(directory)));
    known.set(directory, file);
    return file;
  };
  return find;
};
