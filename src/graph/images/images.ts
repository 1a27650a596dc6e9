import type { Files } from '../../files/files.ts';
import type { Origin } from '../../model/origin.ts';

/** A comment by which image automation finds the line to write: `# {"$imagepolicy": "flux-system:shop:tag"}`. */
export interface ImageMarker {
  readonly at: Origin;
  readonly path: string;
  /** Of the ImagePolicy. */
  readonly namespace: string;
  readonly name: string;
}

const marker = /#\s*(\{\s*"\$imagepolicy"\s*:\s*"([^":]*):([^":]*)(?::[^"]*)?"\s*\})/g;

/** Every marker in the files that image-automation-controller reads (`*.yaml`, `*.yml`), in path order. */
export const imageMarkersIn = (files: Files): readonly ImageMarker[] =>
  files.paths.flatMap((path) => {
    if (!/\.ya?ml$/.test(path) || files.entry(path) !== 'file') return [];
    const file = files.file(path);
    if (!file?.text.includes('$imagepolicy')) return [];
    return [...file.text.matchAll(marker)].map(({ index, 0: comment, 1: setter = '', 2: namespace = '', 3: name = '' }) => {
      const start = index + comment.length - setter.length;
      return { at: { span: { path: file.path, start, end: start + setter.length }, via: [] }, path, namespace, name };
    });
  });
