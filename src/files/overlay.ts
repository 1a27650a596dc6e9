import type { File, Files } from './files.ts';
import { textFile } from './memory.ts';

/** A view that has another file at the path that one bears, or has it besides. */
export const withFile = (files: Files, file: File): Files => ({ ...files, file: (path) => (path === file.path ? file : files.file(path)) });

/** A view in which some files have another text than in `files`; by the names that spans carry. */
export const overlayFiles = (files: Files, texts: Readonly<Record<string, string>>): Files => {
  const replaced = new Map<string, File>(Object.entries(texts).map(([path, text]) => [path, textFile(path, text)] as const));
  return {
    ...files,
    file: (path) => {
      const file = files.file(path);
      return file && (replaced.get(file.path) ?? file);
    },
  };
};
