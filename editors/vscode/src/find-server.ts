/** Which linter serves an editor. */
import { delimiter, join } from 'node:path';

export interface Search {
  /** The setting; empty: there is none. */
  readonly configured: string;
  readonly folders: readonly string[];
  /** Without it, nothing of the workspace is run. */
  readonly isTrusted: boolean;
  /** `PATH` of the environment. */
  readonly path: string;
  readonly isWindows: boolean;
  /** The module that comes with the extension. */
  readonly bundled: string;
  readonly exists: (file: string) => boolean;
}

/** A module runs in the editor's own Node, a command by itself. */
export type Server = { readonly type: 'module'; readonly file: string } | { readonly type: 'command'; readonly file: string };

/** The one that is configured, else that of the workspace, so that the editor says what CI says; else the system's, else ours. */
export const findServer = ({ configured, folders, isTrusted, path, isWindows, bundled, exists }: Search): Server => {
  const own: Server = { type: 'module', file: bundled };
  if (!isTrusted) return own;
  if (configured !== '') return { type: /\.[cm]?js$/.test(configured) ? 'module' : 'command', file: configured };
  const installed = folders.map((folder) => join(folder, 'node_modules/flux-lint/dist/cli.js')).find(exists);
  if (installed !== undefined) return { type: 'module', file: installed };
  const program = isWindows ? 'flux-lint.exe' : 'flux-lint';
  const directories = path.split(isWindows ? ';' : delimiter).filter((directory) => /^(\/|[A-Za-z]:[\\/])/.test(directory));
  const onPath = directories.map((directory) => join(directory, program)).find(exists);
  return onPath === undefined ? own : { type: 'command', file: onPath };
};
