/**
 * Definitions of kinds that lie in directories which the configuration names under `schemas`: CustomResourceDefinitions, and JSON
 * Schemas in the layout of kubeconform and the CRD catalogue, `GROUP/KIND_VERSION.json`. A file is read when an object first
 * asks for its kind.
 */
import { baseName, directoryOf, type Files, isWithin } from '../../files/files.ts';
import { groupOf, versionOf } from '../../kube/object-view.ts';
import { type CustomKind, kindOfJsonSchema, readDefinition } from '../../kube/schema/crd-schemas.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { memoByText } from '../../model/memo.ts';
import { isMap, type MapNode } from '../../yaml/node.ts';

export interface LocalDefinitionsInput {
  /** Directories below the root. */
  readonly directories: readonly string[];
  readonly files: Files;
  readonly parse: ParseFile;
}

/** The definition of a kind; of several the first, in the order of the directories and of paths. */
export type LocalDefinitions = (apiVersion: string, kind: string) => CustomKind | undefined;

export const createLocalDefinitions = ({ directories, files, parse }: LocalDefinitionsInput): LocalDefinitions => {
  if (directories.length === 0) return () => undefined;
  const paths = directories.flatMap((directory) => files.paths.filter((path) => isWithin(path, directory)));
  const schemas = new Map(
    paths
      .filter((path) => path.endsWith('.json'))
      .reverse()
      .map((path) => [keyOf(baseName(directoryOf(path)), baseName(path)), path] as const),
  );
  const rootsOf = (path: string): readonly MapNode[] => {
    const file = files.file(path);
    return file ? parse(file).documents.flatMap(({ root }) => (isMap(root) ? [root] : [])) : [];
  };
  /** The last first, so that of several the first stays. */
  const readWritten = (): readonly CustomKind[] =>
    paths
      .filter((path) => /\.ya?ml$/.test(path))
      .flatMap(rootsOf)
      .flatMap((root) => readDefinition(root) ?? [])
      .reverse();
  let definitions: ReadonlyMap<string, CustomKind> | undefined;
  const written = () => {
    definitions ??= new Map(readWritten().map((kind) => [`${kind.group}/${kind.kind}`, kind]));
    return definitions;
  };
  const find = memoByText((apiVersion) =>
    memoByText((kind) => {
      const group = groupOf(apiVersion);
      const definition = written().get(`${group}/${kind}`);
      if (definition) return definition;
      const path = schemas.get(keyOf(group, `${kind}_${versionOf(apiVersion)}.json`));
      const [root] = path === undefined ? [] : rootsOf(path);
      return root && kindOfJsonSchema(root, { group, kind, version: versionOf(apiVersion) });
    }),
  );
  return (apiVersion, kind) => find(apiVersion)(kind);
};

const keyOf = (group: string, file: string): string => `${group}/${file}`.toLowerCase();
