import { directoryOf, type File, type Files, joinPath } from '../../files/files.ts';
import { memo } from '../../model/memo.ts';

/** An item that is a relative path, commented out or not. */
const item = /^\s*(?:#\s*)?-\s+["']?(\.{1,2}\/[^\s"'#]+)/gm;

const itemsIn = memo(({ text }: File): readonly string[] => Array.from(text.matchAll(item), ([, entry = '']) => entry));

/**
 * Whether a YAML file of the root lists a directory. An entry counts from where its file lies, and, since
 * `spec.components` is relative to a path that may be given elsewhere, also by its end.
 */
export const createListed = (files: Files): ((directory: string) => boolean) => {
  let found: Listed | undefined;
  return (directory) => {
    found ??= listedIn(files);
    const { paths, ends } = found;
    const parts = directory.split('/');
    return paths.has(directory) || parts.some((_, index) => ends.has(parts.slice(index).join('/')));
  };
};

interface Listed {
  readonly paths: ReadonlySet<string>;
  /** Without the steps up. */
  readonly ends: ReadonlySet<string>;
}

const listedIn = (files: Files): Listed => {
  const paths = new Set<string>();
  const ends = new Set<string>();
  for (const path of files.paths) {
    if (!/\.ya?ml$/.test(path)) continue;
    const file = files.file(path);
    for (const entry of file ? itemsIn(file) : []) {
      const clean = entry.replace(/\/+$/, '');
      paths.add(joinPath(directoryOf(path), clean) ?? '');
      if (!/(^|\/)kustomization\.ya?ml$/.test(path)) ends.add(clean.replace(/^(\.{1,2}\/)+/, ''));
    }
  }
  return { paths, ends };
};
