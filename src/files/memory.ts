import type { File, Files, Uncommitted } from './files.ts';
import { filesView } from './view.ts';

export interface MemoryOptions {
  /** Put before every path in spans; empty for the root's own view. */
  readonly prefix?: string;
  /** Links by path, with their targets as written. */
  readonly links?: Readonly<Record<string, string>>;
  /** What git does not have. An ignored path is not among the texts. */
  readonly uncommitted?: ReadonlyMap<string, Uncommitted>;
}

/** A view of texts in memory: tests, editor buffers, examples of rules. */
export const memoryFiles = (texts: Readonly<Record<string, string>>, { prefix = '', links = {}, uncommitted }: MemoryOptions = {}): Files =>
  filesView({
    paths: [...Object.keys(texts), ...Object.keys(links)],
    link: (path) => (Object.hasOwn(links, path) ? links[path] : undefined),
    open: (path) => textFile(prefix + path, texts[path] ?? ''),
    uncommitted: (path) => uncommitted?.get(path),
  });

export const textFile = (path: string, text: string): File => ({
  path,
  text,
  bytes: () => new TextEncoder().encode(text),
  unreadable: undefined,
});
