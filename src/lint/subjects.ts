import type { Files } from '../files/files.ts';
import type { Evaluation } from '../flux/evaluation.ts';
import type { ParseFile, Reads } from '../kustomize/build.ts';
import { namedPaths } from '../kustomize/file/named-paths.ts';
import { at, isMap } from '../yaml/node.ts';
import type { DocumentView, OverlayView } from './define-rule.ts';

/** Every overlay that some build reads, once, in path order. */
export const overlaysOf = (evaluation: Evaluation, parse: ParseFile): readonly OverlayView[] => {
  const overlays = new Map<string, OverlayView>();
  const seen = new Set<Reads>();
  const visit = (reads: Reads) => {
    if (seen.has(reads)) return;
    seen.add(reads);
    const root = reads.kustomization && parse(reads.kustomization).documents[0]?.root;
    if (reads.kustomization && isMap(root) && !overlays.has(reads.kustomization.path)) {
      overlays.set(reads.kustomization.path, {
        directory: reads.directory,
        path: reads.kustomization.path,
        root,
        text: reads.kustomization.text,
        paths: namedPaths(root),
        node: (pointer) => at(root, pointer),
        origin: (pointer) => at(root, pointer) ?? root,
      });
    }
    for (const child of reads.children) visit(child.reads);
  };
  for (const { kustomizations } of evaluation.clusters) {
    for (const { content } of kustomizations) if (content.type === 'built') visit(content.build.reads);
  }
  return [...overlays.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
};

export interface DocumentsAsked {
  /** By the text of a file. */
  readonly isAsked: (text: string) => boolean;
  readonly isReached: (path: string) => boolean;
}

const all: DocumentsAsked = { isAsked: () => true, isReached: () => false };

/** Every YAML document below the root whose file is asked for, in path order. */
export const documentsOf = (files: Files, parse: ParseFile, { isAsked, isReached }: DocumentsAsked = all): readonly DocumentView[] =>
  files.paths.flatMap((path) => {
    if (!/\.ya?ml$/.test(path) || files.entry(path) !== 'file') return [];
    const file = files.file(path);
    if (!file || !isAsked(file.text)) return [];
    return parse(file).documents.flatMap(({ index, root }) => (root ? [{ path, index, root, isReached: isReached(file.path) }] : []));
  });
