import type { File, Files } from '../../files/files.ts';
import { memo } from '../../model/memo.ts';
import type { Origin } from '../../model/origin.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { AppliedView } from '../clusters/views.ts';
import type { Reach } from '../reach/reach.ts';
import { isUpdatedHere } from './updated-here.ts';

/** A comment by which image automation finds the line to write: `# {"$imagepolicy": "flux-system:shop:tag"}`. */
export interface ImageMarker {
  readonly at: Origin;
  readonly path: string;
  /** Of the ImagePolicy. */
  readonly namespace: string;
  readonly name: string;
  /** What stands before the marker now. */
  readonly current: string;
  /** What of the image is written: all of it where it is empty, else `tag`, `name` or `digest`. */
  readonly part: string;
}

/** The lines that image automation may write. */
export interface Images {
  /** Every one in this root. */
  readonly markers: () => readonly ImageMarker[];
  /** Those in files that a cluster's builds read. */
  readonly markersOf: (cluster: ClusterView) => readonly ImageMarker[];
  /** Whether an ImageUpdateAutomation checks out this work tree. */
  readonly isUpdatedHere: (automation: AppliedView) => boolean;
}

/** The files are looked through when the first line is asked for. */
export const createImages = (files: Files, { readers }: Reach, clusters: Clusters): Images => {
  let known: readonly ImageMarker[] | undefined;
  const markers = () => {
    known ??= markersIn(files);
    return known;
  };
  return {
    markers,
    isUpdatedHere: (automation) => isUpdatedHere(automation, clusters),
    markersOf: ({ name }) => markers().filter(({ at }) => readers(at.span.path).some(({ cluster }) => cluster === name)),
  };
};

const marker = /#\s*(\{\s*"\$imagepolicy"\s*:\s*"([^":]*):([^":]*)(?::([^"]*))?"\s*\})/g;

/** Every marker in the files that image-automation-controller reads (`*.yaml`, `*.yml`), in path order. */
const markersIn = (files: Files): readonly ImageMarker[] =>
  files.paths.flatMap((path) => {
    if (!/\.ya?ml$/.test(path) || files.entry(path) !== 'file') return [];
    const file = files.file(path);
    return file ? markersOfFile(file).map((found) => ({ ...found, path })) : [];
  });

const markersOfFile = memo((file: File): readonly Omit<ImageMarker, 'path'>[] => {
  if (!file.text.includes('$imagepolicy')) return [];
  return [...file.text.matchAll(marker)].map(({ index, 0: comment, 1: setter = '', 2: namespace = '', 3: name = '', 4: part = '' }) => {
    const start = index + comment.length - setter.length;
    const current = lastWord(file.text.slice(file.text.lastIndexOf('\n', index) + 1, index));
    return { at: { span: { path: file.path, start, end: start + setter.length }, via: [] }, namespace, name, current, part };
  });
});

/** The scalar that a line ends in, without quotes. */
const lastWord = (line: string): string => {
  const word = line.trim().split(/\s/).at(-1) ?? '';
  return /^(["']).*\1$/.test(word) ? word.slice(1, -1) : word;
};
