/**
 * flux-lint for programs; published as `flux-lint`. Files are only read and nothing is printed; everything but these few
 * lines is loaded when it is asked for.
 */

import { resolve } from 'node:path';
import type { CheckRequest } from './analyze.ts';
import type { Safety } from './lint/fix/apply-fixes.ts';
import type { CheckResult } from './lint/result.ts';
import type { RuleMeta } from './lint/rule-meta.ts';
import type { Severity } from './model/severity.ts';
import { UsageError } from './model/usage-error.ts';
import { type CheckFormat, checkFormatNames } from './report/check/format-names.ts';
import type { GroupBy } from './report/check/groupings.ts';

export type { FixedFile } from './lint/fix/fix.ts';
export type { CheckResult, NotJudged, Summary, SuppressedFinding } from './lint/result.ts';
export type { RuleMeta } from './lint/rule-meta.ts';
export type { Finding, FindingEdit, FindingFix, Location, Reach, RelatedLocation } from './model/finding.ts';
export type { ObjectRef } from './model/object-ref.ts';
export type { Severity } from './model/severity.ts';
export type { CheckFormat } from './report/check/format-names.ts';
export { UsageError };

/** What is to be linted and how; the defaults are those of `flux-lint check`. Paths and directories are relative to `cwd`. */
export interface CheckOptions {
  /** Where the root, the configuration and git are looked for. */
  readonly cwd: string;
  /** What to report on; none: everything. The root is always judged whole. */
  readonly paths?: readonly string[];
  readonly root?: string;
  readonly config?: string;
  /** Names of clusters, globs; none: every cluster. */
  readonly clusters?: readonly string[];
  /** Directories of checkouts by the URL of the source they stand for. */
  readonly repositories?: Readonly<Record<string, string>>;
  /** Ids of rules, globs; none: every rule. */
  readonly only?: readonly string[];
  /** Severities by rule, before those of the configuration. */
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  /** A revision of git: its merge base with HEAD is judged too, and findings say whether they are new. */
  readonly since?: string;
  /** With `since`: leave out what is not new. */
  readonly newOnly?: boolean;
  /**
   * Whether the configuration in the root is by who calls this: only then its plugins run, and it may map checkouts outside of
   * the root. Default: false, a stranger may have written it.
   */
  readonly trustConfig?: boolean;
  /** Whether code that a trusted configuration names may run. Default: true. */
  readonly plugins?: boolean;
  /** Whether comments that suppress nothing are reported. Default: true. */
  readonly reportUnusedSuppressions?: boolean;
  /** A file of accepted findings, as `--update-baseline` writes it. */
  readonly baseline?: string;
  /** The fixes to apply, in memory: `fixed` of the result has the files. Default: none. */
  readonly fixes?: readonly Safety[];
}

/**
 * Lints one root, as `flux-lint check` does.
 *
 * @throws UsageError where it cannot be done as asked; its `whatToDo` says how it can. A finding is never an exception.
 */
export const check = async (options: CheckOptions): Promise<CheckResult> => {
  const { paths = [], clusters = [], repositories = {}, only = [], rules: severities = {}, fixes = [] } = options;
  const { since, newOnly = false, baseline, plugins = true, trustConfig = false, reportUnusedSuppressions = true } = options;
  const request: CheckRequest = {
    cwd: resolve(options.cwd),
    paths,
    root: options.root,
    config: options.config,
    clusters,
    repositories,
    only,
    rules: severities,
    plugins,
    trustConfig,
    reportUnusedSuppressions,
    fixes,
    baseline: baseline === undefined ? undefined : { file: baseline, update: false },
  };
  if (since === undefined) {
    if (newOnly) throw new UsageError('newOnly compares with another revision', 'Name it with since.');
    return (await import('./analyze.ts')).analyze(request);
  }
  if (fixes.length > 0) throw new UsageError('fixes do not go with since', 'Fix the work tree first, or leave one of them out.');
  const { analyzeSince } = await import('./analyze-change.ts');
  return analyzeSince(request, { range: { type: 'since', revision: since }, newOnly });
};

/** How a person wants to read a report; formats for programs ignore it. */
export interface ReportOptions {
  /** Default: false. */
  readonly color?: boolean;
  /** Cells of a line; default: lines are not broken. */
  readonly width?: number;
  /** Infos too, and every list in full. Default: false. */
  readonly verbose?: boolean;
  /** Findings alone, each by itself. Default: false. */
  readonly quiet?: boolean;
  /** Text alone: every finding as an entry of a list below such headings. Default: the worst in full, many by rule. */
  readonly groupBy?: GroupBy;
  /** Text: counts by rule and severity instead of the findings. JSON: beside them. Default: false. */
  readonly statistics?: boolean;
}

/**
 * A result as the text that `flux-lint check --format` prints.
 *
 * @throws UsageError for a format that there is not
 */
export const report = async (result: CheckResult, format: CheckFormat = 'text', options: ReportOptions = {}): Promise<string> => {
  const { checkFormats } = await import('./report/check/formats.ts');
  if (!checkFormatNames.includes(format)) {
    throw new UsageError(`there is no format "${format}"`, `Use one of ${checkFormatNames.join(', ')}.`);
  }
  const print = await checkFormats[format]();
  const { Chalk } = await import('chalk');
  const { color = false, width = Number.POSITIVE_INFINITY, verbose = false, quiet = false, groupBy, statistics = false } = options;
  return print(result, { colour: new Chalk({ level: color ? 1 : 0 }), width, verbose, quiet, groupBy, statistics });
};

/** The rules that come with flux-lint, in the order of their ids. */
export const rules = async (): Promise<readonly RuleMeta[]> => (await import('./analyze.ts')).builtInRules;
