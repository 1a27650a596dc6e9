/** What Terraform's functions may read: the files of the repository, seen from the directory of a root module. */
import { type Files, isWithin, joinPath } from '../../../files/files.ts';
import type { FileAccess } from '../../../hcl/machine.ts';

export interface ReadFiles extends FileAccess {
  /** What has been read, as paths of the repository. */
  readonly seen: ReadonlySet<string>;
}

export const fileAccess = (files: Files, rootDirectory: string): ReadFiles => {
  const seen = new Set<string>();
  return {
    seen,
    read: (path) => {
      const place = path.startsWith('/') || path.startsWith('~') ? undefined : joinPath(rootDirectory, path);
      if (place === undefined) return { type: 'outside', why: `${path} is not in this repository` };
      const file = files.entry(place) === 'directory' ? undefined : files.file(place);
      if (file === undefined) {
        const why = files.entry(place) === 'link' ? `${place} is a link that leaves the repository` : `${place} is not in this repository`;
        return { type: files.entry(place) === 'link' ? 'outside' : 'missing', why };
      }
      if (file.unreadable) return { type: 'outside', why: `${place} cannot be read: ${file.unreadable}` };
      seen.add(place);
      return { type: 'file', text: file.text, bytes: file.bytes, path: file.path };
    },
    below: (directory) => {
      const place = directory.startsWith('/') || directory.startsWith('~') ? undefined : joinPath(rootDirectory, directory);
      if (place === undefined) return undefined;
      const start = place === '' ? 0 : place.length + 1;
      return files.paths.filter((path) => isWithin(path, place) && files.entry(path) === 'file').map((path) => path.slice(start));
    },
  };
};
