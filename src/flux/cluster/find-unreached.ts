import { baseName, directoryOf, type Files, isWithin } from '../../files/files.ts';
import type { Build } from '../../kustomize/build.ts';
import { child, stringAt } from '../../yaml/node.ts';
import type { FoundRoot, WrittenObject } from '../evaluation.ts';
import { isKustomization } from '../kinds.ts';
import { defaultSync } from './find-roots.ts';

/** Folders whose children are clusters in the usual layouts. */
const containers = new Set(['clusters', 'cluster', 'fleet', 'environments', 'envs']);
const shared = /^([._].*|base|bases|common|shared|templates?|components?)$/;

export interface UnreachedInput {
  readonly artifact: Files;
  readonly build: Build;
  readonly written: readonly WrittenObject[];
  /** What the spans call the files that some root's builds already read. */
  readonly reached: ReadonlySet<string>;
}

/** Children of `clusters/` and the like whose build holds a Flux Kustomization that nothing applies yet. */
export const layoutRoots = (input: UnreachedInput): readonly FoundRoot[] => {
  const candidates = new Set<string>();
  for (const { path } of unreachedKustomizations(input)) {
    const parts = directoryOf(path).split('/');
    const container = parts.findIndex((part) => containers.has(part));
    const name = parts[container + 1];
    if (container === -1 || container > 1 || name === undefined || shared.test(name)) continue;
    candidates.add(parts.slice(0, container + 2).join('/'));
  }
  return [...candidates]
    .sort()
    .flatMap((directory) => levelOfRoots(directory, input))
    .filter((directory) => holdsKustomization(directory, input))
    .map((directory) => ({ directory, evidence: 'layout' as const, sync: defaultSync }));
};

/** The directory, or its children where those hold Kustomizations of the same names: roots one level deeper. */
const levelOfRoots = (directory: string, input: UnreachedInput): readonly string[] => {
  const owners = new Map<string, Set<string>>();
  const children = new Set<string>();
  for (const { path, root } of unreachedKustomizations(input)) {
    if (!isWithin(path, directory)) continue;
    const rest = path.slice(directory.length + 1);
    if (!rest.includes('/')) return [directory];
    const childDirectory = `${directory}/${rest.slice(0, rest.indexOf('/'))}`;
    children.add(childDirectory);
    const id = `${stringAt(root, 'metadata', 'namespace') ?? ''}/${stringAt(root, 'metadata', 'name') ?? ''}`;
    owners.set(id, (owners.get(id) ?? new Set()).add(childDirectory));
  }
  const isDeeper = [...owners.values()].some((directories) => directories.size > 1);
  return isDeeper ? [...children].filter((path) => !shared.test(baseName(path))).sort() : [directory];
};

const holdsKustomization = (directory: string, { artifact, build }: UnreachedInput): boolean =>
  build({ files: artifact, directory, loadRestrictor: 'LoadRestrictionsNone', withoutKustomization: 'generate' }).objects.some((object) =>
    isKustomization(object.root),
  );

/** What still nothing applies: one implicit cluster for each top folder. */
export const implicitRoots = (input: UnreachedInput): readonly FoundRoot[] => {
  const folders = new Map<string, Set<string>>();
  for (const { path } of unreachedKustomizations(input)) {
    const folder = path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
    folders.set(folder, (folders.get(folder) ?? new Set()).add(path));
  }
  for (const { path, root } of input.written) {
    const folder = path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
    if (!input.reached.has(root.span.path)) folders.get(folder)?.add(path);
  }
  return [...folders]
    .sort()
    .map(([directory, files]) => ({ directory, evidence: 'unreached', sync: defaultSync, files: [...files].sort() }));
};

/** Whole Kustomizations only: one without a source is a patch for another. */
const unreachedKustomizations = ({ written, reached }: UnreachedInput): readonly WrittenObject[] =>
  written.filter(({ root }) => isKustomization(root) && !reached.has(root.span.path) && child(root, 'spec', 'sourceRef') !== undefined);
