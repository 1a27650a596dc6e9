import type { File, Files } from './files.ts';
import { textFile } from './memory.ts';
import { filesView } from './view.ts';

/** A view that has another file at the path that one bears, or has it besides. */
export const withFile = (files: Files, file: File): Files => ({ ...files, file: (path) => (path === file.path ? file : files.file(path)) });

/** A view in which one path has the text that an editor shows, whether or not it was ever saved. */
export const withBuffer = (files: Files, path: string, text: string): Files =>
  files.paths.includes(path)
    ? withFile(files, textFile(path, text))
    : filesView({
        paths: [...files.paths, path],
        open: (each) => (each === path ? textFile(path, text) : (files.file(each) ?? textFile(each, ''))),
        uncommitted: (each) => (each === path ? undefined : files.uncommitted(each)),
      });

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
