/**
 * Clusters that Terraform makes: a bootstrap, an instance or Kustomizations whose path is here show where a cluster starts,
 * and everything else that the same root module makes is on it, too.
 */
import { directoriesIn } from '../../files/composed.ts';
import { baseName, directoryOf, type Files, isWithin } from '../../files/files.ts';
import type { Bootstrap } from '../../generate/terraform/made.ts';
import { attributeNamed } from '../../generate/terraform/module/read-module.ts';
import { type EvaluatedRoot, isVarFile } from '../../generate/terraform/roots.ts';
import type { Reads } from '../../kustomize/build.ts';
import { currentId } from '../../kustomize/resource/resource.ts';
import { scalarNode, sketchedMap, withEntry } from '../../yaml/edit.ts';
import { child, isMap, type MapNode, stringAt } from '../../yaml/node.ts';
import { clampedPath } from '../clamped-path.ts';
import { isAside, isSharedName } from '../cluster/aside.ts';
import type { AppliedByTerraform, ContentOf, FoundRoot } from '../evaluation.ts';
import { hasHole, mayMean } from '../holes.ts';
import { isFluxObject, isKustomization, isSource } from '../kinds.ts';
import { isSameRepository } from '../source/source-url.ts';
import type { World } from '../world.ts';

export interface TerraformRoots {
  readonly roots: readonly FoundRoot[];
  /** What is made for clusters that something else shows; by the directory of their root where that is known. */
  readonly additions: readonly Addition[];
}

interface Addition {
  readonly root: EvaluatedRoot;
  readonly applied: AppliedByTerraform;
}

/** Every root module, evaluated; none where there is no Terraform. */
export const terraformOf = (world: World): readonly EvaluatedRoot[] => world.terraform?.(world.files, settingsOf(world)) ?? [];

const settingsOf = ({ config, terraformVarFiles = [], terraformPlans = [] }: World) => ({
  roots: config.terraform.roots,
  varFiles: terraformVarFiles,
  plans: terraformPlans,
});

/** Roots by what Terraform makes, and what it adds to the clusters of others. */
export const terraformRoots = (evaluated: readonly EvaluatedRoot[], world: World, artifact: Files): TerraformRoots => {
  const roots: FoundRoot[] = [];
  const additions: Addition[] = [];
  for (const root of evaluated) {
    const applied = appliedBy(root, artifact);
    if (applied === undefined) continue;
    const own = root.bootstraps.flatMap((bootstrap) => bootstrapRoots(bootstrap, root, { world, applied }));
    if (own.length > 0) {
      // What one root makes is on its cluster; of several bootstraps in one root, nobody sees which is whose.
      roots.push(...(root.bootstraps.length === 1 ? own.map((each) => ({ ...each, applied: [applied] })) : own));
      continue;
    }
    additions.push({ root, applied });
  }
  return { roots, additions };
};

/**
 * Roots with what Terraform adds to them: by the cluster that configuration names, by a name that both have, to the only
 * cluster there is; Flux objects that are nobody else's make a cluster of their own.
 */
export const withAdditions = (found: readonly FoundRoot[], { additions }: TerraformRoots, files: Files): readonly FoundRoot[] => {
  const roots = [...found];
  for (const { root, applied } of additions) {
    if (isLibrary(root)) continue;
    const homes = homesOf(root, roots);
    for (const index of homes) {
      const home = roots[index];
      if (home) roots[index] = withApplied(home, [applied]);
    }
    if (homes.length > 0) continue;
    if (applied.content.objects.some((object) => isKustomization(object.root) && pathOf(object.root).length > 0))
      roots.push(withOwnName(ownRoot(root, applied, files), root, roots));
  }
  return roots;
};

/** Called after its directory; where that is the module's, after the path of a bootstrap elsewhere, or its file of values. */
const withOwnName = (made: FoundRoot, { bootstraps, request }: EvaluatedRoot, others: readonly FoundRoot[]): FoundRoot => {
  const isUnique = others.every(({ directory }) => directory !== made.directory);
  if (made.name !== undefined || (isUnique && made.directory !== request.directory)) return made;
  const isTaken = (name: string) => others.some((other) => (other.name ?? baseName(other.directory)) === name);
  const paths = bootstraps.flatMap(({ path }) => (path === undefined ? [] : [baseName(clampedPath(path))]));
  const variant = request.plan ? undefined : request.variant;
  const names = [...(paths.length === 1 ? paths : []), ...(variant === undefined ? [] : [variantName(variant), variant])];
  const name = names.find((candidate) => candidate !== '' && !isTaken(candidate));
  return name === undefined ? made : { ...made, name };
};

const variantName = (variant: string): string => baseName(variant).replace(/\.tfvars(?:\.json)?$/, '');

/** Somebody else calls it, with values that are not here: nothing shows on which cluster it makes something. */
const isLibrary = ({ request, paths, instance: { module } }: EvaluatedRoot): boolean => {
  const hasValues = request.plan !== undefined || paths.some(isVarFile);
  const isRun = module.hasBackend || module.providers.length > 0 || hasValues;
  const needsValues = [...module.variables.values()].some(({ body }) => attributeNamed(body, 'default') === undefined);
  return !isRun && request.cluster === undefined && needsValues;
};

/** A root with what Terraform applies beside it; what the root brings itself was handed over to it. */
export const withApplied = (root: FoundRoot, applied: readonly AppliedByTerraform[]): FoundRoot => {
  const { sync, evidence } = root;
  const isSync = (tree: MapNode): boolean =>
    (isKustomization(tree) || isSource(tree)) &&
    stringAt(tree, 'metadata', 'namespace') === sync.namespace &&
    stringAt(tree, 'metadata', 'name') === sync.name;
  const kept = applied.map((each) => {
    if (evidence === 'terraform') return each;
    const objects = each.content.objects.filter((object) => !isSync(object.root));
    return { ...each, content: { ...each.content, objects } };
  });
  return { ...root, applied: [...(root.applied ?? []), ...kept] };
};

/** Several where a variable stands for the cluster's own directory. */
const homesOf = ({ request: { cluster, variant, directory }, objects }: EvaluatedRoot, roots: readonly FoundRoot[]): readonly number[] => {
  const those = (is: (root: FoundRoot) => boolean) => roots.flatMap((root, index) => (is(root) ? [index] : []));
  const named = (name: string) =>
    those((root) => (root.name ?? baseName(root.directory)) === name || root.directory.split('/').includes(name));
  if (cluster !== undefined) return named(cluster).slice(0, 1);
  // An instance made here is a root already.
  const places = new Set(objects.map(({ resource }) => resource.span.path));
  const made = those(({ evidence, shownBy }) => evidence === 'terraform' && shownBy !== undefined && places.has(shownBy));
  if (made.length > 0) return made;
  const paths = objects.flatMap(({ root }) => (isKustomization(root) ? pathOf(root) : []));
  const applies = those(
    ({ directory: place }) => place !== '' && paths.some((path) => clampedPath(path) === place || (hasHole(path) && mayMean(path, place))),
  );
  if (applies.length > 0) return applies;
  if (paths.length > 0) return [];
  const names = [...(variant === undefined ? [] : [variantName(variant)]), ...directory.split('/').reverse()];
  for (const name of names) {
    const [place] = name === '' ? [] : named(name);
    if (place !== undefined) return [place];
  }
  return roots.length === 1 ? [0] : [];
};

/** The path of a Kustomization; what is unknown of it as the hole of a template. */
const pathOf = (kustomization: MapNode): readonly string[] => {
  const node = child(kustomization, 'spec', 'path');
  if (node?.type === 'unknown') return node.text === undefined ? [] : [node.text.replaceAll('(unknown)', '${unknown}')];
  return node?.type === 'scalar' ? [node.text] : [];
};

interface BootstrapContext {
  readonly world: World;
  readonly applied: AppliedByTerraform;
}

/** The directory of a bootstrap that is here; several where a variable stands for the cluster's own. */
const bootstrapRoots = (bootstrap: Bootstrap, { request }: EvaluatedRoot, { world, applied }: BootstrapContext): readonly FoundRoot[] => {
  const { namespace, kustomization, source, pathAt, resource } = bootstrap;
  return directoriesOf(bootstrap, world).map((directory) => ({
    ...(request.cluster === undefined ? {} : { name: request.cluster }),
    directory,
    folder: '',
    evidence: 'terraform' as const,
    shownBy: (pathAt.span.path === '' ? resource : pathAt).span.path || applied.name,
    sync: { namespace, name: namespace, written: kustomization && withPath(kustomization, directory), source },
  }));
};

const directoriesOf = ({ path, url, kustomization }: Bootstrap, { files, repository }: World): readonly string[] => {
  if (path === undefined) {
    const [meant] = kustomization ? pathOf(kustomization) : [];
    if (meant === undefined || !hasHole(meant)) return [];
    return directoriesIn(files).filter(
      (directory) => mayMean(meant, directory) && !isAside(directory) && !isSharedName(baseName(directory)),
    );
  }
  const directory = clampedPath(path);
  const isHere = directory === '' || files.entry(directory) === 'directory';
  const isOwn = url !== undefined && repository.remotes.some((remote) => isSameRepository(remote, url));
  // A path of another repository says nothing of this one.
  return isHere || isOwn || files.entry(directory.split('/')[0] ?? '') === 'directory' ? [directory] : [];
};

/** What is unknown of the path is the directory that was found by it. */
const withPath = (kustomization: MapNode, directory: string): MapNode => {
  const spec = child(kustomization, 'spec');
  const path = child(spec, 'path');
  if (!isMap(spec) || path?.type !== 'unknown') return kustomization;
  return withEntry(kustomization, 'spec', withEntry(spec, 'path', scalarNode(`./${directory}`, path)));
};

/** A cluster of which only Terraform says what is on it: it is called after the directory that its Kustomizations share. */
const ownRoot = ({ request, at }: EvaluatedRoot, applied: AppliedByTerraform, files: Files): FoundRoot => {
  const paths = applied.content.objects
    .filter(({ root }) => isKustomization(root))
    .map(({ root }) => clampedPath(stringAt(root, 'spec', 'path') ?? ''))
    .filter((path) => path !== '' && files.entry(path) === 'directory');
  const shared = sharedDirectory(paths);
  return {
    ...(request.cluster === undefined ? {} : { name: request.cluster }),
    directory: shared === undefined || shared === '' ? request.directory : shared,
    folder: '',
    evidence: 'terraform',
    shownBy: at.span.path,
    sync: { namespace: '', name: applied.name, written: undefined },
    isBare: true,
    applied: [applied],
  };
};

const sharedDirectory = ([first, ...others]: readonly string[]): string | undefined => {
  let shared = first;
  for (const path of others) while (shared !== undefined && !isWithin(path, shared)) shared = directoryOf(shared);
  return shared;
};

/** What a root module makes, as what a Kustomization applies: its files are what is read for it. */
const appliedBy = (root: EvaluatedRoot, artifact: Files): AppliedByTerraform | undefined => {
  if (root.objects.length === 0) return undefined;
  const files = root.paths.flatMap((path) => artifact.file(path) ?? []);
  const reads: Reads = { directory: root.request.directory, kustomization: undefined, files, listed: [], missing: [], children: [] };
  const objects = root.objects.map(({ root: tree }) => ({ root: tree, original: currentId({ root: tree }), via: [] }));
  const content: ContentOf<'built'> = {
    type: 'built',
    artifact: { type: 'mapped', files: artifact, repository: undefined, revision: undefined, assumed: undefined },
    directory: root.request.directory,
    build: { objects, problems: [], failed: false, reads, leaves: [], patchTargets: [] },
    objects,
    problems: [],
    variables: { runs: false, known: new Map(), withoutValue: new Map(), open: undefined },
    failed: false,
  };
  return { name: root.name, document: documentOf(root), content, gaps: root.gaps.map(({ reason }) => reason), made: root.objects };
};

/** Terraform is no Kustomization: it stands for one where everything that is applied is by one. */
const documentOf = ({ name, at }: EvaluatedRoot): MapNode =>
  sketchedMap(
    { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name, namespace: '' }, spec: { prune: true } },
    at,
  );

/** Of objects that Terraform makes, those that are of Flux, as written ones are. */
export const madeInstances = (evaluated: readonly EvaluatedRoot[]): readonly { readonly path: string; readonly root: MapNode }[] =>
  evaluated.flatMap(({ objects }) =>
    objects
      .filter(({ root }) => isFluxObject(root) && !isKustomization(root))
      .map(({ root, resource }) => ({ path: resource.span.path, root })),
  );
