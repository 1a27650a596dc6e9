/**
 * A repository → its clusters and everything that Flux applies to each of them.
 *
 * In: a world (views of files, the kustomize build, what configuration says). Out: clusters in the order of their
 * names, with Kustomizations, objects and what could not be had. Guaranteed: pure and deterministic; equal directories
 * are built once for all clusters; nothing is thrown for what is in the repository.
 */

import { externalObject } from '../config/external.ts';
import { byText } from '../files/files.ts';
import type { EffectiveObject, Reads } from '../kustomize/build.ts';
import { currentId } from '../kustomize/resource/resource.ts';
import type { StepProblem } from '../model/problem.ts';
import { unwatched } from '../model/watch.ts';
import { isMap } from '../yaml/node.ts';
import { assembleClusters } from './assemble.ts';
import { findRoots, unappliedRoots } from './cluster/find-roots.ts';
import { implicitRoots, layoutRoots } from './cluster/find-unreached.ts';
import { fluxVersion } from './cluster/flux-version.ts';
import { nameClusters } from './cluster/name-clusters.ts';
import { rootKustomization } from './cluster/root-kustomization.ts';
import { writtenFluxObjects } from './cluster/written-objects.ts';
import type { Content, Evaluation, FoundRoot } from './evaluation.ts';
import { createEvaluationMemory } from './evaluation-memory.ts';
import { evaluateRoot, type FixedPoint } from './fixed-point.ts';
import { createReconcile } from './reconcile.ts';
import type { Steps } from './round.ts';
import { createArtifacts } from './source/artifacts.ts';
import { gitArtifact } from './source/source-ignore.ts';
import { noVariables } from './substitution/variables.ts';
import type { World } from './world.ts';

export const evaluate = (world: World): Evaluation => {
  const { watch = unwatched } = world;
  const written = writtenFluxObjects(world.files, world.parse);
  const resolveSource = createArtifacts(world);
  const reconcile = createReconcile(world);
  const steps: Steps = {
    resolveSource,
    reconcile: (input) => gathered.get(input.kustomization) ?? reconcile(input),
    rootKustomization: (root) => {
      const document = rootKustomization(root);
      if (root.files) gathered.set(document, gatheredContent(root, root.files, world));
      return document;
    },
    external: (kind, namespace, name) => externalObject(world.config, { kind, namespace, name }),
    versionOf: ({ name, directory, sync, instanceVersion }) =>
      fluxVersion({ name, directory, namespace: sync.namespace, instanceVersion }, world.config, world.files),
    memory: world.memory ?? createEvaluationMemory(),
  };
  const gathered = new WeakMap<object, Content>();

  const points: FixedPoint[] = [];
  const reached = new Set<string>();
  const start = (roots: readonly FoundRoot[]) => {
    watch.expect('cluster', roots.length);
    for (const root of roots) {
      const point = evaluateRoot(root, steps);
      points.push(point);
      watch.count('cluster', 1);
      for (const { content } of point.units) {
        if (content.type !== 'built') continue;
        watch.count('object', content.objects.length);
        addReads(content.build.reads, reached);
      }
    }
  };
  start(findRoots(world, written));
  if (world.config.clusters.length === 0) {
    const artifact = gitArtifact(world.files, undefined);
    start(unappliedRoots(world.files, written, reached));
    start(layoutRoots({ artifact, build: world.build, written, reached }));
    start(implicitRoots({ artifact, build: world.build, written, reached }));
  }

  const names = nameClusters(points);
  const clusters = points.flatMap((point) => assembleClusters(point, names.get(point) ?? new Map()));
  const problems: readonly StepProblem[] = points.flatMap((point) => point.problems);
  return { clusters: clusters.sort((a, b) => byText(a.name, b.name)), problems, written };
};

const addReads = (reads: Reads, reached: Set<string>, seen = new Set<Reads>()): void => {
  if (seen.has(reads)) return;
  seen.add(reads);
  if (reads.kustomization) reached.add(reads.kustomization.path);
  for (const file of reads.files) reached.add(file.path);
  for (const part of reads.children) addReads(part.reads, reached, seen);
};

/** The content of a cluster that no root applies: the documents of its files as they are written. */
const gatheredContent = (root: FoundRoot, paths: readonly string[], world: World): Content => {
  const files = paths.flatMap((path) => world.files.file(path) ?? []);
  const objects: EffectiveObject[] = files.flatMap((file) =>
    world.parse(file).documents.flatMap((document) => {
      if (!isMap(document.root)) return [];
      const original = currentId({ root: document.root });
      return original.kind === '' || original.name === '' ? [] : [{ root: document.root, original, via: [] }];
    }),
  );
  const reads: Reads = { directory: root.directory, kustomization: undefined, files, listed: [], missing: [], children: [] };
  return {
    type: 'built',
    artifact: { type: 'mapped', files: world.files, repository: undefined, revision: undefined },
    directory: root.directory,
    build: { objects, problems: [], failed: false, reads, leaves: [], patchTargets: [] },
    objects,
    problems: [],
    variables: noVariables,
    failed: false,
  };
};
