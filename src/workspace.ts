/** What a command was asked to look at → the views that everything else is read through, and the configuration. */

import { relative, resolve, sep } from 'node:path';
import { type Config, defaultConfig } from './config/config.ts';
import { configError } from './config/config-error.ts';
import { findConfig } from './config/find-config.ts';
import { findRoot } from './config/find-root.ts';
import { diskEntry, diskFiles } from './files/disk.ts';
import { baseName, type Files } from './files/files.ts';
import { openRepository, type Repository } from './files/repository.ts';
import { kustomizationNames } from './kustomize/kustomization.ts';
import { UsageError } from './model/usage-error.ts';
import { unwatched, type Watch } from './model/watch.ts';

/** What a command was asked to look at; paths and directories as given, relative to `cwd`. */
export interface Request {
  /** Absolute. */
  readonly cwd: string;
  readonly paths: readonly string[];
  readonly root?: string | undefined;
  readonly config?: string | undefined;
  /** Directories of checkouts by the URL they stand for. */
  readonly repositories: Readonly<Record<string, string>>;
  /** Absent: nobody looks on. */
  readonly watch?: Watch | undefined;
  /** A root without manifests is no mistake: hooks run in any repository. */
  readonly mayBeEmpty?: boolean;
}

/**
 * Opens what a command was asked to look at.
 *
 * @throws UsageError for a path, root or configuration that cannot be used, and where there is nothing to judge
 */
export const openWorkspace = async (request: Request): Promise<OpenedWorkspace> => {
  const { cwd, watch = unwatched } = request;
  const root = findRoot({ cwd, paths: request.paths, rootOption: request.root });
  const configPath = request.config === undefined ? findConfig(cwd, root) : resolve(cwd, request.config);
  // The schema's validator is worth its time only where there is a configuration.
  const config = configPath === undefined ? defaultConfig : (await import('./config/read-config.ts')).readConfig(configPath, root);
  requireCheckouts(config);
  const mapped = [
    ...Object.entries(request.repositories).map(([url, directory]) => ({ url, directory: resolve(cwd, directory) })),
    ...config.repositories,
  ];
  const paths = request.paths.map((path) => relative(root, resolve(cwd, path)).split(sep).join('/'));
  return watch.during('files', () => {
    const checkouts = mapped.map(({ url, directory }) => {
      const prefix = checkoutPrefix(url);
      return { url, prefix, files: diskFiles(directory, { prefix }) };
    });
    const files = diskFiles(root);
    if (!request.mayBeEmpty) requireManifests(files, root);
    return { root, paths, config, checkouts, files, repository: openRepository(root), watch };
  });
};

const requireCheckouts = ({ file, repositories }: Config): void => {
  const missing = repositories.find(({ directory }) => diskEntry(directory) !== 'directory');
  if (missing === undefined) return;
  throw configError(file, {
    at: missing.at,
    message: `${missing.directory}, which stands for ${missing.url}, is not a directory`,
    hint: 'Clone it there, name the directory relative to this file, or take the line away.',
  });
};

/** Nothing to judge is no success. */
const requireManifests = (files: Files, root: string): void => {
  const names: ReadonlySet<string> = new Set(kustomizationNames);
  if (files.paths.some((path) => names.has(baseName(path)) || mayBeManifest(files, path))) return;
  throw new UsageError(
    `${root} holds nothing to lint: no Kubernetes object and no kustomization file`,
    'Run it in the repository that Flux syncs from, or name its root with --root.',
  );
};

const mayBeManifest = (files: Files, path: string): boolean =>
  /\.ya?ml$/.test(path) && /^\s*["']?(kind|apiVersion)["']?\s*:/m.test(files.file(path)?.text ?? '');

/** The two ends of a run, opened: nothing after this touches the world but through these views. */
export interface Workspace {
  readonly files: Files;
  readonly config: Config;
  readonly checkouts: readonly Checkout[];
  readonly repository: Repository;
  /** Absent: nobody looks on. */
  readonly watch?: Watch | undefined;
}

export interface OpenedWorkspace extends Workspace {
  /** Absolute. */
  readonly root: string;
  /** As asked for, below the root. */
  readonly paths: readonly string[];
}

export interface Checkout {
  readonly url: string;
  readonly files: Files;
  /** What the spans of its files start with. */
  readonly prefix: string;
}

/** What the spans of a checkout's files start with. */
export const checkoutPrefix = (url: string): string => `${url}#`;
