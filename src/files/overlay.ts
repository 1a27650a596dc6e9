import type { File, Files } from './files.ts';
import { textFile } from './memory.ts';

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
