import { joinPath, normalise } from '../files/files.ts';

/** kustomize-controller joins the path safely: `..` and a leading `/` stay inside the artifact. */
export const clampedPath = (path: string): string => {
  let here = '';
  for (const part of path.split('/')) {
    if (part === '..') here = joinPath(here, '..') ?? '';
    else here = normalise(`${here}/${part}`) ?? '';
  }
  return here;
};
