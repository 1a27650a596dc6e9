/**
 * What no cluster applies, as the builds that somebody else may make of it: each directory with a kustomization file that
 * no other one lists, no cluster reads and no name keeps aside. Components are only read with those who list them.
 */
import type { Files } from '../../files/files.ts';
import { kustomizationNames } from '../../kustomize/file/kustomization.ts';
import { stringAt } from '../../yaml/node.ts';
import type { World } from '../world.ts';
import { isAside } from './aside.ts';
import type { Listings } from './listings.ts';

export interface UnreachedInput {
  readonly world: World;
  readonly artifact: Files;
  readonly listings: Listings;
  /** What the spans call the files that clusters read. */
  readonly reached: ReadonlySet<string>;
}

/** Directories, sorted. */
export const unreachedDirectories = (input: UnreachedInput): readonly string[] =>
  input.listings.directories.filter(
    (directory) => !input.listings.isListed(directory) && !isAside(directory) && isBuildable(directory, input),
  );

const isBuildable = (directory: string, { world, artifact, reached }: UnreachedInput): boolean => {
  const file = kustomizationNames.map((name) => artifact.file(directory === '' ? name : `${directory}/${name}`)).find((found) => found);
  // What is filled in by a template engine or a shell before anybody builds it cannot be built as it is.
  if (!file || reached.has(file.path) || isChart(directory, artifact) || /\{\{|\{%|<%/.test(file.text)) return false;
  const { documents, problems } = world.parse(file);
  return problems.length > 0 || stringAt(documents[0]?.root, 'kind') !== 'Component';
};

/** Whether a directory lies in a Helm chart. */
const isChart = (directory: string, artifact: Files): boolean => {
  const parts = directory.split('/');
  return parts.some((_, depth) => artifact.entry(`${parts.slice(0, depth + 1).join('/')}/Chart.yaml`) === 'file');
};
