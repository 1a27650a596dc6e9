/** The program: files → documents → effective objects → graph → problems → findings. Reports are someone else's. */

import { isAbsolute, relative, resolve, sep } from 'node:path';
import { rules as builtInRules } from '../rules/index.ts';
import { isInside, refuseLeavingLink } from './files/allowed.ts';
import { diskFile } from './files/disk.ts';
import type { Files } from './files/files.ts';
import { gitTopLevel } from './files/git.ts';
import { withFile } from './files/overlay.ts';
import { evaluate } from './flux/evaluate.ts';
import { isSameRepository } from './flux/source/source-url.ts';
import type { EvaluationMemory } from './flux/world.ts';
import { requireClusters } from './graph/clusters/select-clusters.ts';
import { createGraph } from './graph/create-graph.ts';
import type { Graph } from './graph/graph.ts';
import type { Build, ParseFile } from './kustomize/build.ts';
import { createBuild } from './kustomize/create-build.ts';
import { toldTogether } from './lint/aggregate/one-cause.ts';
import { type BaselineEntry, parseBaseline } from './lint/baseline.ts';
import type { Safety } from './lint/fix/apply-fixes.ts';
import { fixAll } from './lint/fix/fix.ts';
import { type LintInput, type LintResult, lint } from './lint/lint.ts';
import { allRules } from './lint/plugin/own-rules.ts';
import { type CheckResult, recounted } from './lint/result.ts';
import { createSources, type Sources, type SourceView } from './lint/sources.ts';
import { withoutPassword } from './model/repository-url.ts';
import type { Severity } from './model/severity.ts';
import { tool } from './model/tool.ts';
import { UsageError } from './model/usage-error.ts';
import { unwatched, type Watch } from './model/watch.ts';
import { type OpenedWorkspace, openWorkspace, type Request, type Workspace } from './workspace.ts';
import { createFileParser } from './yaml/file-parser.ts';

/** The rules that come with flux-lint. One module with what they read: at start-up, every module more costs. */
export { builtInRules };

/** What is to be linted and how. */
export interface CheckRequest extends Request {
  /** Globs; none: every cluster. */
  readonly clusters: readonly string[];
  /** Globs of rule ids; none: every rule. */
  readonly only: readonly string[];
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  readonly reportUnusedSuppressions: boolean;
  /** Somebody commits or pushes, and waits for it. */
  readonly isHook?: boolean;
  /** Whether code that a configuration in the root names may run. */
  readonly plugins: boolean;
  /** The fixes to apply, in memory; none: nothing is fixed. */
  readonly fixes: readonly Safety[];
  /** A file of accepted findings, relative to `cwd`; undefined: none. */
  readonly baseline: { readonly file: string; readonly update: boolean } | undefined;
}

/**
 * Lints one root.
 *
 * @throws UsageError where it cannot be done as asked
 */
export const analyze = async (request: CheckRequest): Promise<CheckResult> => {
  const opened = await openWorkspace(request);
  const { root, paths: _paths, ...workspace } = opened;
  const lintRequest = await lintRequestOf(request, opened);
  // Each is mended by itself: one that cannot be does not hold up the others of its cause.
  const lintFiles = (files: Files) => lintWorkspace({ ...workspace, files }, { ...lintRequest, isApart: true });
  const { result, ...fixed } = fixAll(workspace.files, lintFiles, request.fixes);
  requireJudged(result, workspace.files);
  const findings = toldTogether(result.findings);
  return {
    ...result,
    findings,
    summary: recounted(result, findings),
    ...aboutRun(request.cwd, root),
    ...(request.fixes.length > 0 ? { fixed } : {}),
  };
};

/**
 * A run that looked at none of what Flux would apply is no success, whatever it did not find.
 *
 * @throws UsageError where Flux objects are written, a cluster was found, and nothing of it could be had
 */
const requireJudged = ({ summary, findings, notJudged }: LintResult, files: Files): void => {
  if (summary.clusters === 0 || summary.objects > 0 || findings.some(({ severity }) => severity === 'error')) return;
  const holdsFlux = (path: string) => /\.ya?ml$/.test(path) && /^apiVersion:.*\.fluxcd\.io\//m.test(files.file(path)?.text ?? '');
  if (!files.paths.some(holdsFlux)) return;
  const [first] = notJudged;
  throw new UsageError(
    `Flux objects are written here, but nothing of what ${summary.clusters === 1 ? 'the cluster' : 'the clusters'} would apply could be read${first ? `: ${first.reason}` : ''}`,
    first?.howTo ??
      'Say under clusters in .flux-lint.yaml where Flux starts, and under repositories which checkout stands for which source.',
  );
};

/** Who judged, and what: the root as people see it from `cwd`, and as the forge does from the top of the repository. */
export const aboutRun = (cwd: string, root: string): Pick<CheckResult, 'tool' | 'root' | 'folder'> => {
  const fromTop = posixRelative(gitTopLevel(root) ?? cwd, root);
  return { tool, root: posixRelative(cwd, root) || '.', folder: fromTop.startsWith('..') || isAbsolute(fromTop) ? '' : fromTop };
};

const posixRelative = (from: string, to: string): string => relative(from, to).split(sep).join('/');

/** The rules that are to judge, and how. */
export const lintRequestOf = async (request: CheckRequest, { root, paths, config }: OpenedWorkspace): Promise<LintRequest> => {
  // A linter runs on what strangers push: their code runs only where the configuration that names it is theirs, too.
  const runPlugins = request.plugins && request.trustConfig === true && config.path !== undefined && isInside(config.path, root);
  const rules = await allRules({ builtIn: builtInRules, config, runPlugins });
  const { clusters, only, rules: severities, reportUnusedSuppressions } = request;
  const baseline = request.baseline && { ...request.baseline, entries: readBaseline(request, root) };
  return {
    rules,
    paths,
    clusters,
    only,
    severities,
    reportUnusedSuppressions,
    baseline,
    rulesMissing: !runPlugins && config.plugins.length > 0,
    watch: request.watch,
  };
};

/** @throws UsageError for a file that is not there, unless it shall be written, and for one that is no baseline */
const readBaseline = ({ cwd, baseline }: CheckRequest, root: string): readonly BaselineEntry[] => {
  if (!baseline) return [];
  const { file: path, update } = baseline;
  refuseLeavingLink(resolve(cwd, path), root, path);
  const file = diskFile(resolve(cwd, path), path);
  if (file) return parseBaseline(file.text, path);
  if (update) return [];
  throw new UsageError(`${path} does not exist`, 'Write it with --update-baseline.');
};

export interface Evaluated {
  readonly graph: Graph;
  readonly parse: ParseFile;
  readonly sources: Sources;
  /** What `sources` is made of. */
  readonly views: readonly SourceView[];
}

/** What evaluations of several revisions share: each file is parsed once, and what is equal is built once. */
export interface Engine {
  readonly parse: ParseFile;
  readonly build: Build;
  readonly memory?: EvaluationMemory;
}

export const createEngine = ({ memory, watch }: { readonly memory?: EvaluationMemory; readonly watch?: Watch | undefined }): Engine => {
  const parse = createFileParser(watch);
  return { parse, build: createBuild(parse), ...(memory ? { memory } : {}) };
};

/** Files → graph. */
export const evaluateWorkspace = (workspace: Workspace, engine: Engine = createEngine({ watch: workspace.watch })): Evaluated => {
  const {
    files,
    config,
    checkouts,
    missing,
    folders,
    repository,
    watch = unwatched,
    terraform,
    terraformVarFiles,
    terraformPlans,
  } = workspace;
  const { parse } = engine;
  const checkout = (url: string) => checkouts.find((candidate) => isSameRepository(candidate.url, url))?.files;
  const missingCheckout = (url: string) => missing.find((candidate) => isSameRepository(candidate.url, url))?.why;
  const ownFolder = (url: string) => folders.find((candidate) => isSameRepository(candidate.url, url))?.folder;
  const world = {
    ...engine,
    files,
    config,
    checkout,
    ownFolder,
    missingCheckout,
    repository,
    watch,
    terraform,
    terraformVarFiles,
    terraformPlans,
  };
  const evaluation = watch.during('evaluation', () => evaluate(world));
  const views: readonly SourceView[] = [
    // The configuration that judges is the work tree's, whichever revision is judged: findings in it are told by its own lines.
    { prefix: '', files: config.file ? withFile(files, config.file) : files },
    ...checkouts.map(({ prefix, files: view, url }) => ({ prefix, files: view, repository: withoutPassword(url) })),
    ...repository.opened().map(({ prefix, files: view, reference }) => ({ prefix, files: view, revision: reference })),
  ];
  const graph = watch.during('graph', () => createGraph({ evaluation, config, files, parse, repository }));
  return { graph, parse, sources: createSources(views), views };
};

export type LintRequest = Omit<LintInput, 'graph' | 'files' | 'parse' | 'sources' | 'config'>;

/** A request → graph, for the commands that ask the graph itself. */
export const openGraph = async (request: Request): Promise<Evaluated & { readonly root: string; readonly paths: readonly string[] }> => {
  const { root, paths, ...workspace } = await openWorkspace(request);
  return { ...evaluateWorkspace(workspace), root, paths };
};

/** Files → findings; throws a UsageError for a cluster that is not there. */
export const lintWorkspace = (workspace: Workspace, request: LintRequest): LintResult => {
  const { graph, parse, sources } = evaluateWorkspace(workspace);
  requireClusters([graph.clusters], request.clusters);
  return lint({ ...request, graph, parse, sources, files: workspace.files, config: workspace.config });
};
