import type { Files } from './files.ts';

/** A view that is listed when something is first asked of it. */
export const lazyFiles = (open: () => Files): Files => {
  let opened: Files | undefined;
  const files = (): Files => {
    opened ??= open();
    return opened;
  };
  return {
    get paths() {
      return files().paths;
    },
    entry: (path) => files().entry(path),
    list: (directory) => files().list(directory),
    file: (path) => files().file(path),
    resolve: (path) => files().resolve(path),
    uncommitted: (path) => files().uncommitted(path),
    leftOut: (path) => files().leftOut?.(path),
  };
};
