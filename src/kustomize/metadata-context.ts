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

const fileAt = (path: string, root: Reads): File | undefined => {
  const seen = new Set<Reads>();
  const waiting = [root];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.kustomization?.path === path) return next.kustomization;
    for (const { reads } of next.children) waiting.push(reads);
  }
  return undefined;
};
