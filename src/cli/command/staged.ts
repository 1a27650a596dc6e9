/** `check --staged`: the roots that a commit touches, each checked for what the commit is to blame for. */
import { join, relative, resolve, sep } from 'node:path';
import type { CheckRequest } from '../../analyze.ts';
import { analyzeStaged } from '../../analyze-staged.ts';
import { isInside } from '../../files/allowed.ts';
import type { ChangedFile } from '../../files/changed-files.ts';
import { diskEntry } from '../../files/disk.ts';
import { openChanges } from '../../files/range.ts';
import type { CheckResult } from '../../lint/result.ts';
import { tool } from '../../model/tool.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Analyze } from '../context.ts';
import type { Io } from '../terminal/io.ts';
import { meansWorkTree, refsRange } from '../terminal/pre-commit.ts';
import { createRootFinder, hookDirectory, refuseSeveral, touchedRoots } from './touched-roots.ts';

export interface StagedRun {
  readonly request: CheckRequest;
  readonly analyze: Analyze;
  readonly env: Io['env'];
  /** Leave out what was there before. */
  readonly newOnly: boolean;
  /** People read the report, and two can stand one after the other. */
  readonly isForPeople: boolean;
}

/**
 * Checks what is staged, and the paths of the request; where pre-commit was given two refs, what lies between them. One
 * result for each root that this touches; none where nothing of it has to do with Flux.
 *
 * @throws UsageError where it cannot be done as asked
 */
export const analyzeStagedRoots = async ({ request, analyze, env, newOnly, isForPeople }: StagedRun): Promise<readonly CheckResult[]> => {
  const directory = hookDirectory(request);
  const refs = refsRange(directory, env);
  const isWorkTree = refs === undefined && meansWorkTree(directory, env);
  const range = refs ?? ({ type: 'staged' } as const);
  const known = openChanges(directory, range);
  const { changes, head } = known;
  const asked = askedBelow(directory, request, changes);

  const rootOf = createRootFinder(directory, request);
  const files = asked.filter(({ type }) => type === 'file').map(({ path }): ChangedFile => ({ path, status: 'modified' }));
  const considered = isWorkTree ? files : [...changes, ...files];
  const directories = asked.filter(({ type }) => type === 'directory').map(({ inside }) => rootOf(inside));
  const roots = [...new Set([...touchedRoots({ directory, changes: considered, head, rootOf }), ...directories])].sort();
  refuseSeveral(roots, isForPeople);

  const results: CheckResult[] = [];
  for (const root of roots) {
    const paths = asked.filter(({ inside }) => rootOf(inside) === root).map(({ path }) => join(directory, path));
    const own = { ...request, root, paths, mayBeEmpty: true };
    const isOwn = (path: string) => rootOf(relative(directory, join(root, path))) === root;
    results.push(
      isWorkTree ? await analyze(own) : await analyzeStaged(own, { range, known: root === directory ? known : undefined, newOnly, isOwn }),
    );
  }
  return results;
};

/** What a report says where there is nothing to check. */
export const emptyResult: CheckResult = {
  tool,
  root: '.',
  folder: '',
  findings: [],
  suppressed: [],
  notJudged: [],
  assumed: [],
  failed: [],
  summary: {
    errors: 0,
    warnings: 0,
    infos: 0,
    fixable: 0,
    suppressed: 0,
    baselined: 0,
    files: 0,
    objects: 0,
    kustomizations: 0,
    clusters: 0,
  },
  protectedEnvironments: [],
  rules: [],
  sources: new Map(),
  reveal: (_path, text) => text,
};

interface Asked {
  readonly type: 'file' | 'directory';
  /** Below the repository. */
  readonly path: string;
  /** The path, or one in the directory: it has the root that is meant. */
  readonly inside: string;
}

/** The paths of the request. What a commit deletes needs not be there. */
const askedBelow = (directory: string, { cwd, paths }: CheckRequest, changes: readonly ChangedFile[]): readonly Asked[] =>
  paths.flatMap((given) => {
    const absolute = resolve(cwd, given);
    if (!isInside(absolute, directory)) {
      throw new UsageError(`${given} lies outside ${directory}`, 'Check one repository after the other.');
    }
    const path = relative(directory, absolute).split(sep).join('/');
    const type = diskEntry(absolute);
    if (type !== undefined) return { type, path, inside: type === 'directory' ? join(path, '_') : path };
    if (changes.some((change) => change.path === path || change.from === path)) return [];
    throw new UsageError(`${given} does not exist`, 'Name a directory or a file of the repository.');
  });
