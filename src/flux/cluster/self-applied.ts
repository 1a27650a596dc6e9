/**
 * Roots by the one law that needs no name: a Kustomization that its own build renders. Wherever it is written, under
 * whatever name and source, the directory that it applies holds it, so once it is applied it applies itself.
 */
import { directoriesIn } from '../../files/composed.ts';
import { baseName, directoryOf, type Files } from '../../files/files.ts';
import { readable } from '../../kube/view.ts';
import type { Build, EffectiveObject } from '../../kustomize/build.ts';
import { withEntry } from '../../yaml/edit.ts';
import { child, isMap, type MapNode, type ScalarNode, stringAt } from '../../yaml/node.ts';
import { clampedPath } from '../clamped-path.ts';
import type { FoundRoot, WrittenObject } from '../evaluation.ts';
import { hasHole, mayMean } from '../holes.ts';
import { isKustomization, isSource } from '../kinds.ts';
import { isAside } from './aside.ts';
import type { Listings } from './listings.ts';

export interface SelfAppliedInput {
  /** The tree of this repository as a source without rules of its own would give it. */
  readonly artifact: Files;
  readonly build: Build;
  readonly listings: Listings;
  readonly written: readonly WrittenObject[];
  /** Whether other roots are known: then one that brings no source of its own is a leftover of theirs. */
  readonly isBesideOthers: boolean;
  /** Whether a Kustomization's source is this repository by its URL. */
  readonly isOwnSource: (kustomization: MapNode) => boolean;
}

/** In the order of their directories; of several in one directory the first that is rendered. */
export const selfAppliedRoots = (input: SelfAppliedInput): readonly FoundRoot[] =>
  candidates(input).flatMap((directory) => rootAt(directory, input) ?? []);

/**
 * Directories that Kustomizations ask for, at the repository's root or below a folder that may be an artifact's, those
 * that hold one whose path may mean them, and those whose kustomization file nobody lists: a patch may give them their path.
 */
const candidates = (input: SelfAppliedInput): readonly string[] => {
  const { artifact, listings, written } = input;
  const asking = written
    .filter(({ root }) => isKustomization(root))
    .flatMap(({ path, root }) => {
      const asked = pathOf(root)?.text;
      return asked === undefined ? [] : [{ path, root, asked }];
    });
  const literal = new Set(asking.flatMap(({ asked }) => (hasHole(asked) ? [] : [clampedPath(asked)])));
  const names = new Set([...literal].map(baseName));
  const asksForTop = asking.some(({ path, root, asked }) => clampedPath(asked) === '' && !isOfOthers(path, root, input));
  const found = new Set<string>(asksForTop ? [''] : []);
  for (const directory of directoriesIn(artifact)) {
    if (names.has(baseName(directory)) && [...literal].some((path) => path !== '' && isWithinFolder(directory, path))) found.add(directory);
  }
  for (const { path, asked } of asking)
    if (hasHole(asked)) for (const directory of above(path)) if (mayMean(asked, directory)) found.add(directory);
  for (const directory of listings.directories) if (!listings.isListed(directory)) found.add(directory);
  const holders = new Set(written.filter(({ root }) => isKustomization(root)).map(({ path }) => path));
  return [...found].filter((directory) => !isAside(directory) && leadsTo(directory, holders, listings)).sort();
};

/**
 * Whether the path is certainly one in another repository: that alone is no reason to build all there is. A source that is
 * not written down may be filled in by a patch.
 */
const isOfOthers = (path: string, kustomization: MapNode, { isOwnSource }: SelfAppliedInput): boolean =>
  stringAt(kustomization, 'spec', 'sourceRef', 'name') !== undefined && !isOwnSource(kustomization) && !isBootstrapFile(path);

const above = (path: string): readonly string[] => {
  const directory = directoryOf(path);
  return directory === '' ? [] : [directory, ...above(directory)];
};

const isWithinFolder = (directory: string, path: string): boolean => directory === path || directory.endsWith(`/${path}`);

const leadsTo = (directory: string, wanted: ReadonlySet<string>, { filesOf }: Listings): boolean => {
  const files = filesOf(directory);
  return files.size < wanted.size ? [...files].some((path) => wanted.has(path)) : [...wanted].some((path) => files.has(path));
};

const pathOf = (kustomization: MapNode): ScalarNode | undefined => {
  const path = child(kustomization, 'spec', 'path');
  return path?.type === 'scalar' && path.text !== '' ? path : undefined;
};

const rootAt = (directory: string, input: SelfAppliedInput): FoundRoot | undefined => {
  const { artifact, build } = input;
  const built = build({ files: artifact, directory, loadRestrictor: 'LoadRestrictionsNone', withoutKustomization: 'generate' });
  for (const { root } of built.objects) {
    const path = isKustomization(root) ? pathOf(root) : undefined;
    if (!path || readable(() => stringAt(root, 'spec', 'kubeConfig', 'secretRef', 'name')) !== undefined) continue;
    const folder = folderFor(path.text, directory, input);
    if (folder === undefined || (directory === '' && !input.isOwnSource(root) && !isBootstrapFile(root.span.path))) continue;
    const name = stringAt(root, 'metadata', 'name');
    const namespace = stringAt(root, 'metadata', 'namespace');
    if (name === undefined || namespace === undefined || hasHole(name)) continue;
    const isBootstrap =
      isBootstrapFile(root.span.path) && (isGotkFile(root.span.path) || name === stringAt(root, 'spec', 'sourceRef', 'name'));
    if (input.isBesideOthers && !isBootstrap && !bringsSource(root, built.objects)) continue;
    const evidence = isBootstrap ? 'bootstrap' : 'self-applied';
    return { directory, folder, evidence, shownBy: root.span.path, sync: { namespace, name, written: withPath(root, path, directory) } };
  }
  return undefined;
};

const bringsSource = (kustomization: MapNode, objects: readonly EffectiveObject[]): boolean => {
  const reference = child(kustomization, 'spec', 'sourceRef');
  const [kind, name] = [stringAt(reference, 'kind'), stringAt(reference, 'name')];
  return objects.some(({ root }) => isSource(root) && stringAt(root, 'kind') === kind && stringAt(root, 'metadata', 'name') === name);
};

/** Files that `flux bootstrap` writes. */
export const isBootstrapFile = (path: string): boolean => isGotkFile(path) || baseName(directoryOf(path)) === 'flux-system';

const isGotkFile = (path: string): boolean => /^gotk-/.test(baseName(path));

/** The folder that a path is relative to where it means the directory; undefined where it means another. */
const folderFor = (path: string, directory: string, { artifact, listings }: SelfAppliedInput): string | undefined => {
  if (hasHole(path)) return !listings.isListed(directory) && mayMean(path, directory) ? '' : undefined;
  const wanted = clampedPath(path);
  if (wanted === directory) return '';
  // Of a path of one part alone, such as a tenant's ./production, nobody can say in which repository it is meant.
  if (!wanted.includes('/') || !directory.endsWith(`/${wanted}`) || artifact.entry(wanted) === 'directory') return undefined;
  return directory.slice(0, -wanted.length - 1);
};

/** What a parent fills in is known here: the directory is where it was found. */
const withPath = (root: MapNode, path: ScalarNode, directory: string): MapNode => {
  const spec = child(root, 'spec');
  if (!isMap(spec) || !hasHole(path.text)) return root;
  const filled: ScalarNode = { ...path, text: `./${directory}`, value: `./${directory}` };
  return withEntry(root, 'spec', withEntry(spec, 'path', filled));
};
