/**
 * FluxInstances that overlays change: each overlay that brings a shared one makes an instance of its own, and the shared one
 * is none by itself.
 */
import { type Files, isWithin } from '../../files/files.ts';
import type { Build } from '../../kustomize/build.ts';
import type { WrittenObject } from '../evaluation.ts';
import { isAside } from './aside.ts';
import { makesInstance, type WrittenInstance } from './flux-instances.ts';
import type { Listings } from './listings.ts';

export interface OverlaidInput {
  readonly artifact: Files;
  readonly build: Build;
  readonly listings: Listings;
}

/** Written objects with the instances of overlays in place of those that they share. */
export const withOverlaidInstances = (written: readonly WrittenObject[], input: OverlaidInput): readonly WrittenInstance[] => {
  const shared = new Set<string>();
  const overlaid: WrittenInstance[] = [];
  for (const { directory, paths } of overlaysOf(written, input.listings)) {
    for (const path of paths) shared.add(path);
    const { objects } = input.build({
      files: input.artifact,
      directory,
      loadRestrictor: 'LoadRestrictionsNone',
      withoutKustomization: 'generate',
    });
    const beside = objects.map(({ root }) => root);
    for (const root of beside)
      if (makesInstance(root) && paths.includes(root.span.path)) overlaid.push({ path: root.span.path, root, beside });
  }
  return [...written.filter(({ path, root }) => !(makesInstance(root) && shared.has(path))), ...overlaid];
};

/** Directories that nobody lists and that bring instances from outside of themselves, with the files of these. */
const overlaysOf = (written: readonly WrittenObject[], { directories, isListed, filesOf }: Listings) => {
  const paths = [...new Set(written.filter(({ root }) => makesInstance(root)).map(({ path }) => path))];
  if (paths.length === 0) return [];
  return directories
    .filter((directory) => !isListed(directory) && !isAside(directory))
    .map((directory) => ({ directory, paths: paths.filter((path) => !isWithin(path, directory) && filesOf(directory).has(path)) }))
    .filter((overlay) => overlay.paths.length > 0);
};
