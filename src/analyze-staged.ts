/** The program over a commit that is about to be made: what the files in it cause, and what it makes worse elsewhere. */
import { aboutRun, type CheckRequest } from './analyze.ts';
import { findingsBefore, lintHead, type OpenedChange, openChange } from './analyze-change.ts';
import { namesOf } from './files/changed-files.ts';
import type { Changes, Range } from './files/range.ts';
import type { CheckResult } from './lint/result.ts';
import type { Finding } from './model/finding.ts';
import { severityRank } from './model/severity.ts';

export interface Staged {
  /** What the commit, or a line of commits, changes. */
  readonly range: Range;
  /** What differs in the root, where that has been asked already. */
  readonly known?: Changes | undefined;
  /** Leave out what was there before. */
  readonly newOnly: boolean;
  /** False for files below the root that have a root of their own. */
  readonly isOwn: (path: string) => boolean;
}

/**
 * Lints one root for what a commit is to blame for: findings in the files that it changes, and those that are new, worse or
 * reach further, whichever file they are in: what a deletion causes has no other place. What was wrong before in other
 * files is nobody's fault here. The paths of the request count as changed, too. A commit that ends a merge is to blame for what differs
 * from both its parents.
 *
 * @throws UsageError where it cannot be done as asked
 */
export const analyzeStaged = async (request: CheckRequest, { range, known, newOnly, isOwn }: Staged): Promise<CheckResult> => {
  const opened = await openChange(request, range, known);
  const { change, root } = opened;
  const asked = { ...opened.asked, paths: [] };
  const parents = [opened, ...(await otherParent(request, opened))];
  const isInScope = scopeOf(opened, changedInAll(parents));

  const choose = (found: readonly Finding[]): readonly Finding[] => {
    const former = parents.map((parent) => findingsBefore(parent.change, asked, found));
    return found.flatMap((finding) => {
      if (finding.location.repository === undefined && !isOwn(finding.location.path)) return [];
      const before = former.map((findings) => findings.get(finding.fingerprint));
      const isNew = before.every((known) => known === undefined);
      const isCaused = isNew || (!newOnly && (before.every((known) => isWorse(finding, known)) || isInScope(finding)));
      return isCaused ? [{ ...finding, new: isNew }] : [];
    });
  };
  const result = lintHead(change, { ...asked, choose }, { isChangeOnly: false });
  const suppressed = result.suppressed.filter(({ finding }) => isInScope(finding));
  const summary = { ...result.summary, suppressed: suppressed.length };
  return { ...result, suppressed, summary, ...aboutRun(request.cwd, root) };
};

const otherParent = async (request: CheckRequest, { merged }: OpenedChange): Promise<readonly OpenedChange[]> =>
  merged === undefined ? [] : [await openChange(request, { type: 'staged', parent: merged })];

const changedInAll = (parents: readonly OpenedChange[]): readonly string[] => {
  const [first, ...others] = parents.map(({ changes }) => changes.flatMap(namesOf));
  return (first ?? []).filter((path) => others.every((paths) => paths.includes(path)));
};

/** Whether a finding lies in a file that the commit changes, or in one of the paths that were asked for. */
const scopeOf = ({ asked }: OpenedChange, changed: readonly string[]): ((finding: Finding) => boolean) => {
  const paths = new Set([...asked.paths, ...changed]);
  const directories = asked.paths.map((path) => (path === '' ? '' : `${path.replace(/\/+$/, '')}/`));
  return ({ location: { path, repository } }) =>
    repository === undefined && (paths.has(path) || directories.some((directory) => path.startsWith(directory)));
};

/** Weighs more, or reaches a cluster that it did not reach. */
const isWorse = ({ severity, reach }: Finding, before: Finding | undefined): boolean =>
  before === undefined ||
  severityRank(severity) < severityRank(before.severity) ||
  reach.clusters.some((name) => !before.reach.clusters.includes(name));
