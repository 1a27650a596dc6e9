/**
 * Directories whose kustomization files other tools fill in or make before anybody builds them: what is wrong with them as
 * they are says nothing.
 */
import { baseName, directoryOf, type Files } from '../../files/files.ts';
import { namedPaths } from '../../kustomize/file/named-paths.ts';
import type { MapNode } from '../../yaml/node.ts';
import { hasHole } from '../holes.ts';

/** Terraform's modules keep their templates beside them, or that deep below. */
const templateDepth = 4;
const terraform = /\.(tf|tofu)$/;

export const isFilledIn = (directory: string, files: Files): boolean => {
  const [own = '', ...above] = ancestors(directory);
  return (
    [own, ...above].some((folder) => files.entry(inside(folder, 'Chart.yaml')) === 'file' || isKubebuilders(folder, directory, files)) ||
    [own, ...above.slice(0, templateDepth)].some((folder) => isTerraforms(folder, directory, files))
  );
};

/**
 * Whether a template engine or a shell goes over a kustomization file: what it names is not known before.
 *
 * @param root undefined where the text is no YAML as it is
 */
export const isTemplate = (text: string, root: MapNode | undefined): boolean =>
  /\{\{|\{%|<%/.test(text) || (root === undefined ? hasHole(text) : namedPaths(root).some(({ path }) => hasHole(path)));

/** The directory and those it lies in, up to the root. */
const ancestors = (directory: string): readonly string[] => [directory, ...(directory === '' ? [] : ancestors(directoryOf(directory)))];

const inside = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

/** At the top of a repository Terraform may have nothing to do with what lies below, unless it names it. */
const isTerraforms = (folder: string, directory: string, files: Files): boolean => {
  const own = (files.list(folder) ?? []).filter((name) => terraform.test(name));
  if (folder !== '' || directory === '') return own.length > 0;
  const [first = ''] = directory.split('/');
  return own.some((name) => files.file(name)?.text.includes(`/${first}`));
};

/** What an operator's project generates: `config/` beside `PROJECT`. */
const isKubebuilders = (folder: string, directory: string, files: Files): boolean =>
  baseName(folder) === 'config' &&
  directory !== folder &&
  (files.entry(inside(directoryOf(folder), 'PROJECT')) === 'file' ||
    ['crd', 'rbac', 'manager'].every((name) => files.entry(`${folder}/${name}`) === 'directory'));
