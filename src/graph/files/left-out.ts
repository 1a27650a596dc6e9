import { baseName, directoryOf, type Files } from '../../files/files.ts';
import type { Artifact } from '../../flux/evaluation.ts';
import type { RootFiles } from './root-files.ts';

/** What leaves a path out of an artifact that is in its source, as sentences for a person; undefined where nothing is known to. */
export const leftOutBy = (path: string, files: Files): string | undefined => {
  const leftOut = files.leftOut?.(path);
  return leftOut && `It is in the source, but ${leftOut.by} leaves it out. ${leftOut.remedy}`;
};

/** The same where the artifact is made of the root, and the path is a directory there: something leaves it out then. */
export const leftOutHint = (
  path: string,
  { files, repository, revision }: Artifact & { readonly type: 'mapped' },
  root: Pick<RootFiles, 'foldersIn'>,
): string | undefined => {
  const isHere = repository === undefined && revision === undefined;
  const other = 'It is in the repository, but the source leaves it out: by .sourceignore, spec.ignore, or a sparse checkout.';
  return leftOutBy(path, files) ?? (isHere && root.foldersIn(directoryOf(path)).includes(baseName(path)) ? other : undefined);
};
