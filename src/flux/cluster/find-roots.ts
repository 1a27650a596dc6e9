/**
 * Where the clusters of a repository start, in the order of evidence: configuration; a `flux-system/` folder with the files
 * of `flux bootstrap`; a FluxInstance's sync; a Kustomization that its own build renders. Only where none of these is in
 * git: what Terraform, scripts and cloud configurations name, and then layout. What no root reaches is no cluster.
 */
import { directoriesIn } from '../../files/composed.ts';
import { baseName, byText, directoryOf, type Files, isWithin } from '../../files/files.ts';
import type { EvaluatedRoot } from '../../generate/terraform/roots.ts';
import { optional, readable } from '../../kube/view.ts';
import { child, stringAt } from '../../yaml/node.ts';
import { clampedPath } from '../clamped-path.ts';
import type { FoundRoot, WrittenObject } from '../evaluation.ts';
import { hasHole, mayMean } from '../holes.ts';
import { isFluxInstance, isKustomization, isSource } from '../kinds.ts';
import { inArtifact, inRepository } from '../source/artifact-folder.ts';
import { folderHolding } from '../source/folder-holding.ts';
import { pushedArtifacts } from '../source/pushed-artifacts.ts';
import { isSameRepository } from '../source/source-url.ts';
import { specs } from '../specs.ts';
import { madeInstances, terraformRoots, withAdditions, withApplied } from '../terraform/roots.ts';
import type { World } from '../world.ts';
import { isSharedName, liesAside } from './aside.ts';
import { type SyncedInstance, syncedInstances, syncObjects } from './flux-instances.ts';
import type { Listings } from './listings.ts';
import { withOverlaidInstances } from './overlaid-instances.ts';
import { isBootstrapFile, selfAppliedRoots } from './self-applied.ts';

export interface FindRootsInput {
  readonly world: World;
  /** The tree of this repository as a source without rules of its own gives it. */
  readonly artifact: Files;
  readonly listings: Listings;
  readonly written: readonly WrittenObject[];
  /** The root modules of Terraform. */
  readonly terraform: readonly EvaluatedRoot[];
}

export const defaultSync = { namespace: 'flux-system', name: 'flux-system', written: undefined } as const;

/** Roots that something in git shows, or that are configured: then these alone. */
export const findRoots = (input: FindRootsInput): readonly FoundRoot[] => {
  const { config, files } = input.world;
  const made = terraformRoots(input.terraform, input.world, input.artifact);
  const shown = shownRoots(input, made.roots);
  if (config.clusters.length === 0) return withAdditions(shown, made, files);
  const configured = config.clusters.map(({ name, path: directory, variables }) => {
    const known = shown.find((root) => root.directory === directory);
    const { sync = defaultSync, folder = '', instance, instanceVersion, applied } = known ?? {};
    const about = { name, directory, folder, evidence: 'config' as const, shownBy: config.file?.path, sync, variables };
    return { ...about, instance, instanceVersion, applied };
  });
  return withAdditions(configured, made, files).filter(({ evidence }) => evidence === 'config');
};

/** @param made by Terraform */
const shownRoots = (input: FindRootsInput, made: readonly FoundRoot[]): readonly FoundRoot[] => {
  const { world, artifact, listings, written } = input;
  const named = [...gotkFolders(input), ...instanceRoots(input), ...made];
  const selfApplied = selfAppliedRoots({
    artifact,
    build: world.build,
    listings,
    written,
    isBesideOthers: named.length > 0,
    isOwnSource: (root) => isOwnSource(root, { ...input, isBesideOthers: named.length > 0 }),
  });
  const roots = new Map<string, FoundRoot>();
  for (const root of [...named, ...selfApplied]) {
    const known = roots.get(root.directory);
    if (known === undefined) roots.set(root.directory, root);
    else if (root.applied) roots.set(root.directory, withApplied(known, root.applied));
  }
  return [...roots.values()].sort((a, b) => byText(a.directory, b.directory));
};

/**
 * Whether the source of a Kustomization is this repository: by its URL a remote of it. A mirror or a fork has another remote:
 * where no other root is known it is also the one source of all Kustomizations here, or one of which others of them ask for
 * directories that are here.
 */
const isOwnSource = (
  kustomization: WrittenObject['root'],
  { world, artifact, written, isBesideOthers }: FindRootsInput & { readonly isBesideOthers: boolean },
): boolean => {
  const url = urlOf(kustomization, written);
  if (url === undefined) return false;
  if (world.repository.remotes.some((remote) => isSameRepository(remote, url))) return true;
  if (isBesideOthers) return false;
  const asking = written.filter(({ root }) => isKustomization(root) && child(root, 'spec', 'sourceRef') !== undefined);
  const isOf = (root: WrittenObject['root']) => {
    const other = urlOf(root, written);
    return other !== undefined && isSameRepository(other, url);
  };
  if (asking.every(({ root }) => isOf(root))) return true;
  return asking.some(({ root }) => {
    const path = clampedPath(stringAt(root, 'spec', 'path') ?? '');
    return path !== '' && artifact.entry(path) === 'directory' && isOf(root);
  });
};

/** Of the source that a Kustomization names, as it is written somewhere. */
const urlOf = (kustomization: WrittenObject['root'], written: readonly WrittenObject[]): string | undefined => {
  const reference = child(kustomization, 'spec', 'sourceRef');
  const [kind, name] = [stringAt(reference, 'kind'), stringAt(reference, 'name')];
  const source = written.find(
    ({ root }) => isSource(root) && stringAt(root, 'kind') === kind && stringAt(root, 'metadata', 'name') === name,
  );
  return source && stringAt(source.root, 'spec', 'url');
};

/**
 * `P/flux-system/gotk-*.yaml`, whatever is in them: the official examples commit them with comments only. Where the sync
 * names another directory that is here, that one is another cluster's and this one has no sync of its own.
 */
const gotkFolders = ({ world: { files }, written, listings }: FindRootsInput): readonly FoundRoot[] => {
  const folders = new Set(files.paths.filter((path) => /^gotk-(components|sync)\.ya?ml$/.test(baseName(path))).map(directoryOf));
  return [...folders]
    .filter((folder) => baseName(folder) === 'flux-system' && !liesAside(folder) && !isSharedName(baseName(directoryOf(folder))))
    .filter((folder) => hasSync(folder, files) || !listings.isListedFromOutside(folder, directoryOf(folder)))
    .flatMap((folder) => gotkRoot(folder, files, written) ?? []);
};

const hasSync = (folder: string, files: Files): boolean =>
  ['yaml', 'yml'].some((end) => files.entry(`${folder}/gotk-sync.${end}`) === 'file');

const gotkRoot = (folder: string, files: Files, written: readonly WrittenObject[]): FoundRoot | undefined => {
  const home = directoryOf(folder);
  const syncs = written.filter(({ path, root }) => directoryOf(path) === folder && isBootstrapFile(path) && isKustomization(root));
  const shownBy = ['gotk-sync.yaml', 'gotk-sync.yml', 'gotk-components.yaml', 'gotk-components.yml']
    .map((name) => `${folder}/${name}`)
    .find((path) => files.entry(path) === 'file');
  for (const { path, root } of syncs) {
    const name = stringAt(root, 'metadata', 'name');
    const namespace = stringAt(root, 'metadata', 'namespace');
    const target = readable(() => optional(child(root, 'spec'), specs.kustomization)?.path);
    if (name === undefined || namespace === undefined || target === undefined || !/^gotk-/.test(baseName(path))) continue;
    const sync = { namespace, name, written: root };
    const place = placeOf(target, home, files) ?? placeBelow(target, home, files);
    if (place !== undefined) return { ...place, evidence: 'bootstrap', shownBy: path, sync };
    if (files.entry(clampedPath(target)) !== 'directory')
      return { directory: home, folder: '', evidence: 'bootstrap', shownBy: path, sync };
  }
  return { directory: home, folder: '', evidence: 'bootstrap', shownBy, sync: defaultSync };
};

/** The directory that a path means for somebody whose files lie in `home`: in the repository, or in a folder of it. */
const placeOf = (path: string, home: string, files: Files): Pick<FoundRoot, 'directory' | 'folder'> | undefined => {
  const wanted = clampedPath(path);
  if (isWithin(home, wanted) && files.entry(wanted) === 'directory') return { directory: wanted, folder: '' };
  if (wanted === '') return isWithin(home, wanted) ? { directory: '', folder: '' } : undefined;
  for (let directory = home; directory !== ''; directory = directoryOf(directory)) {
    if (directory.endsWith(`/${wanted}`)) return { directory, folder: directory.slice(0, -wanted.length - 1) };
  }
  return undefined;
};

/** A directory below `home` without files of `flux bootstrap` of its own: those here are its. */
const placeBelow = (path: string, home: string, files: Files): Pick<FoundRoot, 'directory' | 'folder'> | undefined => {
  const directory = clampedPath(path);
  if (!isWithin(directory, home) || files.entry(directory) !== 'directory') return undefined;
  const hasOwn = (files.list(`${directory}/flux-system`) ?? []).some((name) => /^gotk-/.test(name));
  return hasOwn ? undefined : { directory, folder: '' };
};

/** FluxInstance.spec.sync: the operator makes a source and a Kustomization of that name. */
const instanceRoots = ({ world, artifact, listings, written, terraform }: FindRootsInput): readonly FoundRoot[] => {
  const effective = withOverlaidInstances(
    written.filter(({ path }) => !liesAside(path)),
    { artifact, build: world.build, listings },
  );
  const made = madeInstances(terraform);
  // A file that Terraform applies is an instance of its cluster, not one more.
  const isApplied = new Set(made.map(({ root }) => root.span.path));
  const rooted = (objects: readonly WrittenObject[], evidence: 'flux-instance' | 'terraform') =>
    syncedInstances(world, objects).flatMap((instance) =>
      placesOf(instance, world.files).map((place) => ({ ...rootOf(instance, place, world), evidence })),
    );
  return [
    ...rooted(
      effective.filter(({ path, root }) => !isApplied.has(path) || !isFluxInstance(root)),
      'flux-instance',
    ),
    ...(made.length > 0 ? rooted(made, 'terraform').map((root) => ({ ...root, shownBy: resourceOf(root, made) })) : []),
  ];
};

/** The file of the resource that makes the instance. */
const resourceOf = ({ sync }: FoundRoot, made: readonly WrittenObject[]): string | undefined => {
  const place = (sync.source ?? sync.written)?.span.path;
  return made.find(({ root }) => root.span.path === place)?.path ?? place;
};

const rootOf = (instance: SyncedInstance, place: Pick<FoundRoot, 'directory' | 'folder'>, world: World): FoundRoot => {
  const path = `./${inArtifact(place.folder, place.directory)}`;
  const made = syncObjects(world, hasHole(instance.path) ? { ...instance, path } : instance);
  return {
    ...place,
    evidence: 'flux-instance',
    shownBy: instance.spec.span.path,
    sync: { namespace: instance.namespace, name: instance.name, written: made.find(isKustomization), source: made.find(isSource) },
    instance: instance.spec,
    instanceVersion: instance.version,
  };
};

/** The directories that an instance syncs: several where a variable stands for the cluster's own. */
const placesOf = ({ path, spec, url }: SyncedInstance, files: Files): readonly Pick<FoundRoot, 'directory' | 'folder'>[] => {
  if (hasHole(path)) return directoriesLike(path, files).map((directory) => ({ directory, folder: '' }));
  const wanted = clampedPath(path);
  const inFolder = (folder: string) => ({ directory: inRepository(folder, wanted), folder });
  const folders = pushedArtifacts(files)
    .filter((push) => push.url === undefined || url === undefined || isPushOf(push.url, url))
    .map(({ folder }) => folder);
  const own = placeOf(path, directoryOf(spec.span.path), files)?.folder;
  const folder = [...folders, '', ...(own === undefined ? [] : [own])].find(
    (candidate) => files.entry(inFolder(candidate).directory) === 'directory' || inFolder(candidate).directory === '',
  );
  const held = folder ?? folderHolding(files, [wanted]);
  // A path of which not even the beginning is here is another repository's; one that goes astray later is a mistake.
  return held === undefined && files.entry(wanted.split('/')[0] ?? '') !== 'directory' ? [] : [inFolder(held ?? '')];
};

const isPushOf = (pushed: string, url: string): boolean => {
  const plain = pushed.replace(/[:@][^/:@}]*$/, '');
  return hasHole(plain) || isSameRepository(plain, url);
};

const directoriesLike = (path: string, files: Files): readonly string[] =>
  directoriesIn(files).filter((directory) => mayMean(path, directory) && !isSharedName(baseName(directory)));
