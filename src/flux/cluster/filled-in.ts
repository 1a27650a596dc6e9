/**
 * Directories whose kustomization files other tools fill in or make before anybody builds them: what is wrong with them as
 * they are says nothing.
 */
import { baseName, directoryOf, type Files, joinPath } from '../../files/files.ts';
import { namedPaths } from '../../kustomize/file/named-paths.ts';
import { memo } from '../../model/memo.ts';
import { type MapNode, textAt } from '../../yaml/node.ts';
import { hasHole } from '../holes.ts';

/** Terraform's modules keep their templates beside them, or that deep below. */
const templateDepth = 4;
const terraform = /\.(tf|tofu)$/;

export const isFilledIn = (directory: string, files: Files): boolean => {
  const [own = '', ...above] = ancestors(directory);
  return (
    [own, ...above].some((folder) => files.entry(inside(folder, 'Chart.yaml')) === 'file' || isKubebuilders(folder, directory, files)) ||
    [own, ...above.slice(0, templateDepth)].some((folder) => isModule(folder, directory, files)) ||
    [own, ...above].some((folder) => folder !== '' && namedByTerraform(files).has(folder))
  );
};

/**
 * Whether a template engine or a shell goes over a kustomization file: what it names is not known before.
 *
 * @param root undefined where the text is no YAML as it is
 */
export const isTemplate = (text: string, root: MapNode | undefined): boolean =>
  /\{\{|\{%|<%/.test(text) ||
  (root === undefined
    ? hasHole(text)
    : namedPaths(root).some(({ path }) => hasHole(path)) || renaming.some((field) => hasHole(textAt(root, field) ?? '')));

/** Fields of a kustomization file that name what it builds. */
const renaming = ['namespace', 'namePrefix', 'nameSuffix'];

/** The directory and those it lies in, up to the root. */
const ancestors = (directory: string): readonly string[] => [directory, ...(directory === '' ? [] : ancestors(directoryOf(directory)))];

const inside = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

/** At the top of a repository Terraform may have nothing to do with what lies below, unless it names it. */
const isModule = (folder: string, directory: string, files: Files): boolean =>
  (folder !== '' || directory === '') && modules(files).has(folder);

/** Asked for every directory on the way up to the root: a folder of many is not listed for each of them. */
const modules = memo((files: Files): ReadonlySet<string> => new Set(files.paths.filter((path) => terraform.test(path)).map(directoryOf)));

/** Relative paths in quotes, up to the first variable or wildcard. */
const quotedPath = /"(?:\$\{path\.(?:module|root)\}\/|\.\/|(?=\.\.\/))([^"$*\n]{1,200})/g;

/** Directories that Terraform reads or fills in: those it names by their paths. */
const namedByTerraform = memo((files: Files): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const path of files.paths) {
    if (!terraform.test(path) || files.entry(path) !== 'file') continue;
    for (const [, written = ''] of (files.file(path)?.text ?? '').matchAll(quotedPath)) {
      const named = joinPath(directoryOf(path), written);
      if (named === undefined) continue;
      const directory = files.entry(named) === 'directory' ? named : directoryOf(named);
      // What begins where the module lies says nothing of what else lies there.
      if (directory !== directoryOf(path)) found.add(directory);
    }
  }
  return found;
});

/** What an operator's project generates: `config/` beside `PROJECT`. */
const isKubebuilders = (folder: string, directory: string, files: Files): boolean =>
  baseName(folder) === 'config' &&
  directory !== folder &&
  (files.entry(inside(directoryOf(folder), 'PROJECT')) === 'file' ||
    ['crd', 'rbac', 'manager'].every((name) => files.entry(`${folder}/${name}`) === 'directory'));
