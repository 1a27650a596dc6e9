/**
 * A repository → its clusters and everything that Flux applies to each of them.
 *
 * In: a world (views of files, the kustomize build, what configuration says). Out: clusters in the order of their
 * names, with Kustomizations, objects and what could not be had. Guaranteed: pure and deterministic; equal directories
 * are built once for all clusters; nothing is thrown for what is in the repository.
 */

import { externalObject } from '../config/external.ts';
import { byText, type Files } from '../files/files.ts';
import type { Reads } from '../kustomize/build.ts';
import type { StepProblem } from '../model/problem.ts';
import { unwatched } from '../model/watch.ts';
import { child, stringAt } from '../yaml/node.ts';
import { assembleClusters } from './assemble.ts';
import { clampedPath } from './clamped-path.ts';
import { isAside } from './cluster/aside.ts';
import { declaredRoots } from './cluster/declared-roots.ts';
import { defaultSync, findRoots } from './cluster/find-roots.ts';
import { fluxVersion } from './cluster/flux-version.ts';
import { joinClusters, rootsOfRemotes, withoutRemoteRoots } from './cluster/join-clusters.ts';
import { layoutRoots, rootsAsDeclared, siblingRoots } from './cluster/layout-roots.ts';
import { createListings } from './cluster/listings.ts';
import { nameClusters } from './cluster/name-clusters.ts';
import { ownCluster } from './cluster/remote-clusters.ts';
import { rootKustomization } from './cluster/root-kustomization.ts';
import { unreachedDirectories } from './cluster/unreached-builds.ts';
import { unreachedSets } from './cluster/unreached-sets.ts';
import { writtenFluxObjects } from './cluster/written-objects.ts';
import type { AppliedGenerator, AppliedKustomization, AppliedObject, Cluster, Evaluation, FoundRoot, WrittenObject } from './evaluation.ts';
import { createEvaluationMemory } from './evaluation-memory.ts';
import { evaluateRoot, type FixedPoint } from './fixed-point.ts';
import { isSource } from './kinds.ts';
import { createReconcile } from './reconcile.ts';
import type { Steps } from './round.ts';
import { inRepository } from './source/artifact-folder.ts';
import { createArtifacts } from './source/artifacts.ts';
import { type ObjectLookup, variablesOf } from './substitution/variables.ts';
import type { AppliedElsewhere } from './terraform/owners.ts';
import { terraformProblems } from './terraform/problems.ts';
import { terraformOf } from './terraform/roots.ts';
import type { World } from './world.ts';

export const evaluate = (world: World): Evaluation => {
  const { watch = unwatched, config } = world;
  const written = writtenFluxObjects(world.files, world.parse);
  const resolveSource = createArtifacts({ world, written, rootUrls: () => rootUrls });
  const artifact = resolveSource.own('');
  const listings = createListings(artifact, world.parse);
  const declared = new Set(config.terraform.roots.map(({ path }) => path));
  const terraform = terraformOf(world).filter(({ request: { directory } }) => declared.has(directory) || !isAside(directory));
  const found = findRoots({ world, artifact, listings, written, terraform });
  const rootUrls = urlsOf(found, written);
  const steps: Steps = {
    resolveSource: resolveSource.resolve,
    reconcile: createReconcile(world),
    rootKustomization,
    external: (kind, namespace, name) => externalObject(config, { kind, namespace, name }),
    versionOf: ({ name, directory, sync, instanceVersion }) =>
      fluxVersion({ name, directory, namespace: sync.namespace, instanceVersion }, config, world.files),
    memory: world.memory ?? createEvaluationMemory(),
    sourceOf: (path) => world.files.file(path)?.text,
  };

  const evaluated: FixedPoint[] = [];
  const reached = new Set<string>();
  const seen = new Set<Reads>();
  const start = (roots: readonly FoundRoot[]) => {
    watch.expect('cluster', roots.length);
    for (const root of roots) {
      const point = evaluateRoot(root, steps);
      evaluated.push(point);
      watch.count('cluster', 1);
      for (const { content } of point.units) {
        if (content.type !== 'built') continue;
        watch.count('object', content.objects.length);
        addReads(content.build.reads, reached, seen);
      }
    }
  };
  start(found);
  if (config.clusters.length === 0) {
    const layout = { artifact, build: world.build, listings, written, reached };
    if (found.length === 0) start(rootsAsDeclared(declaredRoots(world.files), layout));
    start(
      evaluated.length === 0
        ? layoutRoots(layout)
        : siblingRoots(
            evaluated.map(({ root }) => root),
            layout,
          ),
    );
  }

  const points = evaluated.filter((point) => !isAppliedByAnother(point, evaluated));
  const remoteRoots = rootsOfRemotes(points);
  const names = nameClusters(points, remoteRoots);
  const assemble = (point: FixedPoint) => assembleClusters(withoutRemoteRoots(point, remoteRoots), names.get(point) ?? new Map());
  const clusters = joinClusters(points.flatMap(assemble));
  const made = terraformProblems({ evaluated: terraform, world, elsewhere: points.flatMap(besideTerraform) });
  const problems: readonly StepProblem[] = [...points.flatMap((point) => point.problems), ...made];
  const unapplied = written.filter(({ root }) => !reached.has(root.span.path));
  const directories = unreachedDirectories({ world, artifact, listings, reached });
  const unreached = directories.length === 0 ? undefined : unreachedCluster(directories, { world, artifact, steps });
  return { clusters: clusters.toSorted((a, b) => byText(a.name, b.name)), unreached, problems, written, unapplied };
};

/** What Terraform makes on a cluster, and what Flux applies there. */
const besideTerraform = ({ root: { applied }, units }: FixedPoint): readonly AppliedElsewhere[] => {
  if (applied === undefined) return [];
  const own = units.filter(({ isTerraform, target }) => !isTerraform && target === ownCluster);
  const objects = own.flatMap(({ namespace, name, content }) =>
    content.type === 'built' ? content.objects.map(({ root }) => ({ owner: `${namespace}/${name}`, root })) : [],
  );
  return [{ made: applied.flatMap(({ made }) => made), applied: objects }];
};

/** What no cluster applies, in the shape of one: variables are unknown, and so is what else a consumer does with it. */
const unreachedCluster = (
  directories: readonly string[],
  { world, artifact, steps }: { readonly world: World; readonly artifact: Files; readonly steps: Steps },
): Cluster => {
  const kustomizations: AppliedKustomization[] = [];
  const objects: AppliedObject[] = [];
  const generators: AppliedGenerator[] = [];
  for (const directory of directories) {
    const root: FoundRoot = { directory, folder: '', evidence: 'unreached', shownBy: undefined, sync: { ...defaultSync, name: directory } };
    const document = rootKustomization(root);
    const variables = variablesOf(document, '', noObjects);
    const source = { type: 'mapped' as const, files: artifact, repository: undefined, revision: undefined, assumed: undefined };
    const content = steps.reconcile({ kustomization: document, artifact: source, variables, strict: undefined });
    const owned: AppliedObject[] = [];
    const owner: AppliedKustomization = {
      namespace: '',
      name: directory,
      cluster: '',
      target: '',
      object: undefined,
      document,
      parent: undefined,
      // What is wrong with variables depends on who substitutes them.
      content: content.type === 'built' ? { ...content, problems: content.build.problems } : content,
      objects: owned,
      generated: [],
    };
    kustomizations.push(owner);
    for (const object of content.type === 'built' ? content.objects : []) owned.push({ ...object, owner, cluster: '' });
    objects.push(...owned);
    generators.push(...unreachedSets(owned, steps.sourceOf));
  }
  const root = {
    name: '',
    directory: '',
    folder: '',
    evidence: 'unreached' as const,
    shownBy: undefined,
    sync: defaultSync,
    variables: new Map(),
  };
  world.watch?.count('object', objects.length);
  return {
    name: '',
    root,
    fluxVersion: undefined,
    hub: undefined,
    kustomizations,
    objects,
    releases: [],
    generators,
    artifactOf: () => undefined,
  };
};

const noObjects: ObjectLookup = { find: () => undefined, configured: new Map(), external: () => undefined };

/**
 * A directory that a cluster applies is of that cluster, and starts none: one that lies as roots do, or whose Kustomization
 * renders itself, but is brought by another one.
 */
const isAppliedByAnother = (point: FixedPoint, all: readonly FixedPoint[]): boolean => {
  switch (point.root.evidence) {
    case 'self-applied':
      return all.some((other) => other !== point && bringsRootOf(other, point));
    case 'layout':
      // Of two that apply each other the first is taken.
      return all.some(
        (other) => other !== point && applies(other, point) && (all.indexOf(other) < all.indexOf(point) || !applies(point, other)),
      );
    default:
      return false;
  }
};

const bringsRootOf = ({ units }: FixedPoint, { root }: FixedPoint): boolean =>
  units.some(
    ({ cluster, namespace, name, parent, document }) =>
      cluster === ownCluster &&
      parent !== undefined &&
      namespace === root.sync.namespace &&
      name === root.sync.name &&
      inRepository(root.folder, clampedPath(stringAt(document, 'spec', 'path') ?? '')) === root.directory,
  );

const applies = ({ root: { folder }, units }: FixedPoint, { root }: FixedPoint): boolean =>
  units.some(
    ({ parent, content }) =>
      parent !== undefined &&
      content.type === 'built' &&
      content.artifact.repository === undefined &&
      inRepository(folder, content.directory) === root.directory,
  );

/** Where the sources are that sync the roots: with each of these this repository is meant. */
const urlsOf = (roots: readonly FoundRoot[], written: readonly WrittenObject[]): readonly string[] => [
  ...new Set(
    roots.flatMap(({ sync }) => {
      const reference = sync.written && child(sync.written, 'spec', 'sourceRef');
      const source =
        sync.source ??
        written.find(
          ({ root }) =>
            isSource(root) &&
            stringAt(root, 'kind') === stringAt(reference, 'kind') &&
            stringAt(root, 'metadata', 'name') === stringAt(reference, 'name') &&
            stringAt(root, 'metadata', 'namespace') === (stringAt(reference, 'namespace') ?? sync.namespace),
        )?.root;
      return (source && stringAt(source, 'spec', 'url')) ?? [];
    }),
  ),
];

const addReads = (reads: Reads, reached: Set<string>, seen: Set<Reads>): void => {
  if (seen.has(reads)) return;
  seen.add(reads);
  if (reads.kustomization) reached.add(reads.kustomization.path);
  for (const file of reads.files) reached.add(file.path);
  for (const part of reads.children) addReads(part.reads, reached, seen);
};
