/**
 * Where the clusters of a repository start, in the order of evidence: configuration; a Kustomization that applies the
 * directory it lies in (`flux bootstrap`), or a `flux-system/` folder with gotk files; a FluxInstance's sync. What is
 * left, directories that look like clusters, is tried by `find-unreached.ts` once these are evaluated.
 */

import { baseName, byText, directoryOf, type Files, isWithin } from '../../files/files.ts';
import { optional, readable } from '../../kube/view.ts';
import { child, stringAt } from '../../yaml/node.ts';
import { clampedPath } from '../clamped-path.ts';
import type { FoundRoot, WrittenObject } from '../evaluation.ts';
import { isKustomization, isSource } from '../kinds.ts';
import { specs } from '../specs.ts';
import type { World } from '../world.ts';
import { syncedInstances, syncObjects } from './flux-instances.ts';

export const defaultSync = { namespace: 'flux-system', name: 'flux-system', written: undefined } as const;

export const findRoots = (world: World, written: readonly WrittenObject[]): readonly FoundRoot[] => {
  const synced = [...bootstrapRoots(world.files, written), ...instanceRoots(world, written)];
  if (world.config.clusters.length > 0) {
    return world.config.clusters.map(({ name, path: directory, variables }) => {
      const { sync = defaultSync, instanceVersion } = synced.find((root) => root.directory === directory) ?? {};
      return { name, directory, evidence: 'config' as const, sync, instanceVersion, variables };
    });
  }
  const roots: FoundRoot[] = [];
  for (const root of [...synced, ...gotkFolders(world.files)]) {
    if (!roots.some((other) => other.directory === root.directory)) roots.push(root);
  }
  return roots.sort((a, b) => byText(a.directory, b.directory));
};

/**
 * A Kustomization whose path holds its own file, beside a source of its name (flux bootstrap writes both into
 * gotk-sync.yaml). A tenant's Kustomization for the root of another repository looks just so: in other files it counts
 * only where nothing else applies it (`unappliedRoots`).
 */
const bootstrapRoots = (files: Files, written: readonly WrittenObject[]): readonly FoundRoot[] =>
  selfApplied(
    files,
    written.filter(({ path }) => isBootstrapFile(path)),
  );

/** Kustomizations that apply themselves, in files that no cluster reaches. */
export const unappliedRoots = (files: Files, written: readonly WrittenObject[], reached: ReadonlySet<string>): readonly FoundRoot[] =>
  selfApplied(
    files,
    written.filter(({ path, root }) => !isBootstrapFile(path) && !reached.has(root.span.path)),
  );

const isBootstrapFile = (path: string): boolean => /^gotk-/.test(baseName(path)) || baseName(directoryOf(path)) === 'flux-system';

const selfApplied = (files: Files, written: readonly WrittenObject[]): readonly FoundRoot[] => {
  const roots: FoundRoot[] = [];
  for (const { path, root } of written) {
    if (!isKustomization(root)) continue;
    const name = stringAt(root, 'metadata', 'name');
    const namespace = stringAt(root, 'metadata', 'namespace');
    const target = readable(() => optional(child(root, 'spec'), specs.kustomization)?.path);
    if (name === undefined || namespace === undefined || target === undefined) continue;
    const directory = clampedPath(target);
    if (!isWithin(directoryOf(path), directory) || files.entry(directory) !== 'directory') continue;
    const hasSource = written.some(
      (other) =>
        isSource(other.root) &&
        directoryOf(other.path) === directoryOf(path) &&
        stringAt(other.root, 'metadata', 'name') === name &&
        stringAt(other.root, 'metadata', 'namespace') === namespace,
    );
    if (!hasSource || roots.some((other) => other.directory === directory)) continue;
    roots.push({ directory, evidence: 'bootstrap', sync: { namespace, name, written: root } });
  }
  return roots;
};

/** `P/flux-system/gotk-*.yaml`, whatever is in them: the official examples commit them with comments only. */
const gotkFolders = (files: Files): readonly FoundRoot[] => {
  const folders = new Set(files.paths.filter((path) => /^gotk-(components|sync)\.ya?ml$/.test(baseName(path))).map(directoryOf));
  return [...folders]
    .filter((folder) => baseName(folder) === 'flux-system')
    .map((folder) => ({ directory: directoryOf(folder), evidence: 'bootstrap' as const, sync: defaultSync }));
};

/** FluxInstance.spec.sync: the operator makes a source and a Kustomization of that name. */
const instanceRoots = (world: World, written: readonly WrittenObject[]): readonly FoundRoot[] =>
  syncedInstances(world, written).map((instance) => {
    const made = syncObjects(world, instance);
    return {
      directory: clampedPath(instance.path),
      evidence: 'flux-instance' as const,
      sync: { namespace: instance.namespace, name: instance.name, written: made.find(isKustomization), source: made.find(isSource) },
      instanceVersion: instance.version,
    };
  });
