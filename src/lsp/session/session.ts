/**
 * One root as an editor has it: what is on disk, with the texts of open buffers over it, evaluated again after each
 * change. Files, builds and contents that a change does not touch are the same objects as before and cost nothing.
 */
import { relative, resolve, sep } from 'node:path';
import { type CheckRequest, type Engine, evaluateWorkspace, type LintRequest, lintRequestOf } from '../../analyze.ts';
import { configNames } from '../../config/config-names.ts';
import { isInside } from '../../files/allowed.ts';
import { baseName, type File, type Files } from '../../files/files.ts';
import { textFile } from '../../files/memory.ts';
import { openRepository } from '../../files/repository.ts';
import { filesView } from '../../files/view.ts';
import { createEvaluationMemory } from '../../flux/evaluation-memory.ts';
import type { Graph } from '../../graph/graph.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { createBuild } from '../../kustomize/create-build.ts';
import { type LintResult, lint } from '../../lint/lint.ts';
import type { Sources } from '../../lint/sources.ts';
import { type OpenedWorkspace, openWorkspace } from '../../workspace.ts';
import { bufferParser } from './buffer-parser.ts';
import { rereadableDisk } from './rereadable-disk.ts';

/** What is known of the root as it is now. */
export interface Analysis {
  readonly graph: Graph;
  readonly files: Files;
  readonly parse: ParseFile;
  readonly sources: Sources;
  readonly result: LintResult;
}

export interface Session {
  /** Absolute. */
  readonly root: string;
  /** The path of a file below the root, with `/`; undefined for what lies elsewhere. */
  readonly pathOf: (absolute: string) => string | undefined;
  readonly absolute: (path: string) => string;
  /** The text of an open buffer; undefined: it is closed, and what is on disk counts. */
  readonly setBuffer: (path: string, text: string | undefined) => void;
  readonly isOpen: (path: string) => boolean;
  /**
   * Files that were made, changed or deleted on disk: they are read again when something is next asked for, and a
   * configuration among them by the end of this.
   *
   * @throws UsageError for a configuration that cannot be used: the one before holds on
   */
  readonly changedOnDisk: (paths: readonly string[]) => Promise<void>;
  /** What is to be judged, and the buffers that are not as on disk. */
  readonly now: () => { readonly workspace: OpenedWorkspace; readonly unsaved: readonly string[] };
  /** Evaluated when it is asked for, and remembered until something changes. */
  readonly analysis: () => Analysis;
}

/**
 * @param directory absolute; the root is found from there as for `check`
 * @throws UsageError where it cannot be judged
 */
export const openSession = async (directory: string): Promise<Session> => {
  const buffers = new Map<string, File>();
  const parse = bufferParser((file) => buffers.get(file.path) === file);
  const build = createBuild(parse);
  const open = async (): Promise<Opened> => {
    const request = requestOf(directory);
    const workspace = await openWorkspace(request);
    const engine = { parse, build, memory: createEvaluationMemory() };
    return { workspace, lintRequest: await lintRequestOf(request, workspace), engine };
  };
  let opened = await open();
  let known: Analysis | undefined;
  const { root } = opened.workspace;
  const disk = rereadableDisk(root, opened.workspace.files);

  return {
    root,
    pathOf: (absolute) => (isInside(absolute, root) && absolute !== root ? relative(root, absolute).split(sep).join('/') : undefined),
    absolute: (path) => resolve(root, path),
    setBuffer: (path, text) => {
      if (text === undefined) buffers.delete(path);
      else if (buffers.get(path)?.text === text) return;
      else {
        // An editor may open a file before it tells that it made one.
        if (!buffers.has(path) && disk.files().entry(path) === undefined) disk.changed([path]);
        buffers.set(path, textFile(path, text));
      }
      known = undefined;
    },
    isOpen: (path) => buffers.has(path),
    changedOnDisk: async (all) => {
      const paths = all.filter((path) => !isOfGit(path) || isState(path));
      if (paths.length === 0) return;
      disk.changed(paths);
      known = undefined;
      if (paths.some(isOfGit)) opened = { ...opened, workspace: { ...opened.workspace, repository: openRepository(root) } };
      if (paths.some((path) => isOfWorkspace(opened.workspace, path))) opened = await open();
      known = undefined;
    },
    now: () => ({
      workspace: opened.workspace,
      unsaved: [...buffers].filter(([path, { text }]) => disk.files().file(path)?.text !== text).map(([path]) => path),
    }),
    analysis: () => {
      const { workspace, lintRequest, engine } = opened;
      known ??= analysed({ ...workspace, files: withBuffers(disk.files(), buffers) }, lintRequest, engine);
      return known;
    },
  };
};

/** What holds until the configuration changes. */
interface Opened {
  readonly workspace: OpenedWorkspace;
  readonly lintRequest: LintRequest;
  readonly engine: Engine;
}

/** What the workspace configures runs no code and names nothing outside it: an editor opens whatever was cloned. */
const requestOf = (cwd: string): CheckRequest => ({
  cwd,
  paths: [],
  clusters: [],
  only: [],
  rules: {},
  repositories: {},
  reportUnusedSuppressions: true,
  plugins: false,
  trustConfig: false,
  fixes: [],
  baseline: undefined,
  needsBounds: true,
  mayBeEmpty: true,
});

const isOfGit = (path: string): boolean => path.startsWith('.git/');

/** A branch that is checked out, a tag that is made, which sources may follow; a file that is added. All else there is git's affair. */
const isState = (path: string): boolean => /^\.git\/(HEAD|index|packed-refs|refs\/.*)$/.test(path) && !path.endsWith('.lock');

/** What is read when a workspace is opened: configurations, checkouts that lie in the root, and whether there is Terraform. */
const isOfWorkspace = ({ root, config, checkouts, terraform }: OpenedWorkspace, path: string): boolean =>
  configNames.includes(baseName(path)) ||
  config.extended.some((file) => file.path === path) ||
  (checkouts.length > 0 && config.repositories.some((mapped) => isInside(resolve(root, path), mapped.directory))) ||
  (terraform === undefined && /\.(?:tf|tofu)(?:\.json)?$/.test(path));

const analysed = (workspace: OpenedWorkspace, request: LintRequest, engine: Engine): Analysis => {
  const { graph, parse, sources } = evaluateWorkspace(workspace, engine);
  const { files, config } = workspace;
  return { graph, files, parse, sources, result: lint({ ...request, graph, parse, sources, files, config }) };
};

/** Buffers over what is on disk; one that was never saved is there, too, and one of a file that git ignores is not. */
const withBuffers = (disk: Files, all: ReadonlyMap<string, File>): Files => {
  const buffers = new Map([...all].filter(([path]) => disk.uncommitted(path) !== 'ignored'));
  if (buffers.size === 0) return disk;
  const unsaved = [...buffers.keys()].filter((path) => disk.entry(path) === undefined);
  const base =
    unsaved.length === 0
      ? disk
      : filesView({
          paths: [...disk.paths, ...unsaved],
          open: (path) => buffers.get(path) ?? disk.file(path),
          uncommitted: disk.uncommitted,
        });
  return { ...base, file: (path) => buffers.get(path) ?? base.file(path) };
};
