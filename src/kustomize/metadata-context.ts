import { directoryOf, type File } from '../files/files.ts';
import { mapNode } from '../yaml/edit.ts';
import { isMap, type MapNode } from '../yaml/node.ts';
import type { ParseFile, Reads } from './build.ts';
import type { Run } from './directory/build-directory.ts';
import type { BuiltDirectory } from './directory/directory.ts';
import { decode } from './file/decode.ts';
import type { Kustomization } from './file/kustomization.ts';
import { kustomizationShape } from './file/kustomization-fields.ts';
import { type MetadataContext, transformersIn } from './transform/build-metadata.ts';

export const metadataContext = (
  { parse, input }: Run,
  kustomization: Kustomization,
  { reads, plugins }: BuiltDirectory,
): MetadataContext => {
  const rootPath = kustomization.file?.path;
  return {
    root: kustomization.root,
    directory: rootPath === undefined ? input.directory : directoryOf(rootPath),
    transformersOf: (path) => [
      ...transformersIn(path === rootPath ? kustomization.root : decodedAt(path, reads, parse)).map((kind) => ({ kind, path })),
      ...plugins.filter(({ asked }) => asked === path),
    ],
  };
};

const decodedAt = (path: string, reads: Reads, parse: ParseFile): MapNode => {
  const file = fileAt(path, reads);
  const root = file && parse(file).documents[0]?.root;
  return isMap(root) ? decode(root, kustomizationShape).root : mapNode([], { span: { path, start: 0, end: 0 }, via: [] });
};

const fileAt = (path: string, { kustomization, children }: Reads): File | undefined => {
  if (kustomization?.path === path) return kustomization;
  for (const { reads } of children) {
    const found = fileAt(path, reads);
    if (found) return found;
  }
  return undefined;
};
