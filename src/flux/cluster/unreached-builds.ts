/**
 * What no cluster applies, as the builds that somebody else may make of it: each directory with a kustomization file that
 * no other one lists, no cluster reads and no name keeps aside. Components are only read with those who list them.
 */
import type { Files } from '../../files/files.ts';
import { kustomizationNames } from '../../kustomize/file/kustomization.ts';
import { isMap, stringAt } from '../../yaml/node.ts';
import type { World } from '../world.ts';
import { isAside } from './aside.ts';
import { isFilledIn, isTemplate } from './filled-in.ts';
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
  if (!file || reached.has(file.path) || isFilledIn(directory, artifact)) return false;
  const { documents, problems } = world.parse(file);
  const root = documents[0]?.root;
  if (isTemplate(file.text, isMap(root) && problems.length === 0 ? root : undefined)) return false;
  return problems.length > 0 || stringAt(root, 'kind') !== 'Component';
};
