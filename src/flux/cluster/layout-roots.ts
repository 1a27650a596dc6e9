/**
 * Roots by layout, where nothing in git names one: a child of `clusters/` or the like whose build yields Flux
 * Kustomizations and that no other build reads. Beside roots that are named it finds their siblings alone.
 */
import { baseName, directoryOf, type Files, isWithin } from '../../files/files.ts';
import type { Build } from '../../kustomize/build.ts';
import { child, stringAt } from '../../yaml/node.ts';
import { clampedPath } from '../clamped-path.ts';
import type { FoundRoot, WrittenObject } from '../evaluation.ts';
import { hasHole } from '../holes.ts';
import { isFluxObject, isKustomization } from '../kinds.ts';
import { folderHolding } from '../source/folder-holding.ts';
import { isAside, isSharedName } from './aside.ts';
import type { DeclaredRoot } from './declared-roots.ts';
import { defaultSync } from './find-roots.ts';
import type { Listings } from './listings.ts';

/** Folders whose children are clusters in the usual layouts. */
const containers = new Set(['clusters', 'cluster', 'fleet', 'fleets', 'environments', 'envs']);
/** A container lies at most that deep. */
const deepest = 2;

export interface LayoutInput {
  readonly artifact: Files;
  readonly build: Build;
  readonly listings: Listings;
  readonly written: readonly WrittenObject[];
  /** What the spans call the files that some root's builds already read. */
  readonly reached: ReadonlySet<string>;
}

/** What a script or Terraform names, as far as its build yields something. */
export const rootsAsDeclared = (declared: readonly DeclaredRoot[], input: LayoutInput): readonly FoundRoot[] =>
  declared.flatMap(({ directory, shownBy }) => {
    const objects = built(directory, input);
    if (!objects.some(({ root }) => isFluxObject(root))) return [];
    return { directory, folder: folderOf(directory, input), evidence: 'declared' as const, shownBy, sync: defaultSync };
  });

/** Every directory that looks like a root. */
export const layoutRoots = (input: LayoutInput): readonly FoundRoot[] => candidatesIn(input).map((directory) => rootAt(directory, input));

/** Directories beside roots, with the same things in them. */
export const siblingRoots = (roots: readonly FoundRoot[], input: LayoutInput): readonly FoundRoot[] =>
  candidatesIn(input)
    .filter((directory) => !roots.some((root) => isWithin(root.directory, directory) || isWithin(directory, root.directory)))
    .filter((directory) =>
      roots.some(
        (root) =>
          root.directory !== '' && directoryOf(root.directory) === directoryOf(directory) && isAlike(root.directory, directory, input),
      ),
    )
    .map((directory) => rootAt(directory, input));

const rootAt = (directory: string, input: LayoutInput): FoundRoot => ({
  directory,
  folder: folderOf(directory, input),
  evidence: 'layout',
  shownBy: places(input).find(({ path }) => isWithin(path, directory))?.path,
  sync: defaultSync,
});

const isAlike = (a: string, b: string, { artifact, listings }: LayoutInput): boolean => {
  const shared = listings.filesOf(b);
  if ([...listings.filesOf(a)].some((path) => shared.has(path))) return true;
  const ofNote = (directory: string) =>
    (artifact.list(directory) ?? []).filter((name) => !/^(kustomization\.ya?ml|readme.*|\..*)$/i.test(name));
  const [first, second] = [ofNote(a), ofNote(b)];
  return first.length === 0 ? second.length === 0 : first.some((name) => name !== 'flux-system' && second.includes(name));
};

const built = (directory: string, { artifact, build }: LayoutInput) =>
  build({ files: artifact, directory, loadRestrictor: 'LoadRestrictionsNone', withoutKustomization: 'generate' }).objects;

/** The folder that the paths of its Kustomizations are relative to. */
const folderOf = (directory: string, input: LayoutInput): string => {
  const paths = built(directory, input).flatMap(({ root }) => (isKustomization(root) ? (stringAt(root, 'spec', 'path') ?? []) : []));
  const folder = folderHolding(input.artifact, paths.filter((path) => !hasHole(path)).map(clampedPath));
  return folder !== undefined && isWithin(directory, folder) ? folder : '';
};

/** Where whole Kustomizations come from that nothing applies yet: their own file, or a kustomization file that leads to it. */
interface Place {
  readonly path: string;
  readonly ids: readonly string[];
  /** The directories that they apply. */
  readonly asked: readonly string[];
}

const places = ({ written, reached, listings }: LayoutInput): readonly Place[] => {
  const whole = written.filter(({ root }) => isKustomization(root) && child(root, 'spec', 'sourceRef') !== undefined);
  const byPath = new Map<string, string[]>();
  const askedIn = new Map<string, string[]>();
  for (const { path, root } of whole) {
    const id = `${stringAt(root, 'metadata', 'namespace') ?? ''}/${stringAt(root, 'metadata', 'name') ?? ''}`;
    byPath.set(path, [...(byPath.get(path) ?? []), id]);
    askedIn.set(path, [...(askedIn.get(path) ?? []), clampedPath(stringAt(root, 'spec', 'path') ?? '')]);
  }
  const own = [...byPath].filter(([path]) => !reached.has(path)).map(([path, ids]) => ({ path, ids, asked: askedIn.get(path) ?? [] }));
  const leading = listings.directories
    .filter((directory) => !listings.isListed(directory) && !reached.has(`${directory}/kustomization.yaml`))
    .flatMap((directory) => {
      const ids = [...listings.filesOf(directory)].flatMap((path) => byPath.get(path) ?? []);
      return ids.length === 0 ? [] : [{ path: `${directory}/kustomization.yaml`, ids, asked: [] }];
    });
  return [...own, ...leading].sort((a, b) => (a.path < b.path ? -1 : 1));
};

const candidatesIn = (input: LayoutInput): readonly string[] => {
  const all = places(input);
  const candidates = new Set<string>();
  for (const { path } of all) {
    const parts = directoryOf(path).split('/');
    const container = parts.findIndex((part) => containers.has(part));
    const name = parts[container + 1];
    if (container === -1 || container > deepest || name === undefined || isSharedName(name) || isAside(directoryOf(path))) continue;
    candidates.add(parts.slice(0, container + 2).join('/'));
  }
  return [...candidates]
    .sort()
    .flatMap((directory) => levelOfRoots(directory, all))
    .filter((directory) => !input.listings.isListed(directory) && built(directory, input).some(({ root }) => isKustomization(root)));
};

/** `clusters/oslo/flux` that applies `clusters/oslo/apps`: whoever applied all of the parent would apply the apps twice. */
const appliesItsNeighbours = (child: string, parent: string, all: readonly Place[]): boolean =>
  all.some(
    ({ path, asked }) =>
      isWithin(path, child) && asked.some((other) => isWithin(other, parent) && !isWithin(other, child) && other !== parent),
  );

/** The directory, or its children where those hold Kustomizations of the same names: roots one level deeper. */
const levelOfRoots = (directory: string, all: readonly Place[]): readonly string[] => {
  const owners = new Map<string, Set<string>>();
  const children = new Set<string>();
  for (const { path, ids } of all) {
    if (!isWithin(path, directory)) continue;
    const rest = path.slice(directory.length + 1);
    if (!rest.includes('/')) return [directory];
    const below = `${directory}/${rest.slice(0, rest.indexOf('/'))}`;
    children.add(below);
    for (const id of ids) owners.set(id, (owners.get(id) ?? new Set()).add(below));
  }
  const isDeeper = [...owners.values()].some((directories) => directories.size > 1);
  const [only, ...others] = children;
  if (only !== undefined && others.length === 0 && appliesItsNeighbours(only, directory, all)) return [only];
  return isDeeper ? [...children].filter((path) => !isSharedName(baseName(path))).sort() : [directory];
};
