import type { FleetMap } from '../graph/fleet-map.ts';
import type { Finding, Location } from '../model/finding.ts';
import type { Severity } from '../model/severity.ts';
import type { Span } from '../model/span.ts';
import type { Baselined } from './baseline.ts';
import type { Fixed, FixedFile } from './fix/fix.ts';
import type { RuleMeta } from './rule-meta.ts';

/** A rule that threw: a bug, which costs what this rule would have found and nothing else. */
export interface FailedRule {
  readonly ruleId: string;
  readonly error: unknown;
}

/** Something that could not be judged, and why; `howTo` says how to have it judged. */
export interface NotJudged {
  readonly reason: string;
  readonly count: number;
  readonly examples: readonly string[];
  readonly howTo?: string;
}

export interface SuppressedFinding {
  readonly finding: Finding;
  readonly reason: string | undefined;
}

export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly fixable: number;
  readonly suppressed: number;
  readonly baselined: number;
  readonly files: number;
  readonly objects: number;
  readonly kustomizations: number;
  readonly clusters: number;
}

/** What a summary says of the findings themselves. */
export const countsOf = (findings: readonly Finding[]): Pick<Summary, 'errors' | 'warnings' | 'infos' | 'fixable'> => {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const fixable = findings.filter(({ fix }) => fix?.safety === 'safe').length;
  return { errors: count('error'), warnings: count('warning'), infos: count('info'), fixable };
};

/** Clusters, what they share, and what a page needs to show of them. */
export interface Fleet {
  readonly map: FleetMap;
  /** Where a span of it stands. */
  readonly locate: (span: Span) => Location;
  /** A text as a report may show it. */
  readonly text: (text: string) => string;
  /** What the fix of one finding makes of its files. */
  readonly fixed: (finding: Finding) => readonly FixedFile[];
}

/** All that a report may print. Findings in the order of path, line, column, rule. */
export interface CheckResult {
  readonly tool: { readonly name: 'flux-lint'; readonly version: string };
  /** As given or found, for people; never an absolute path of the machine in machine-readable formats. */
  readonly root: string;
  /** The root as a folder of its repository, such as `gitops/fleet`; empty where it is the top. */
  readonly folder: string;
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** Where fixes were asked for: the files they change; the findings are those that are left. */
  readonly fixed?: Omit<Fixed<never>, 'result'>;
  /** Where a baseline was given. */
  readonly baseline?: Omit<Baselined, 'kept'>;
  readonly notJudged: readonly NotJudged[];
  /** What sources are taken for where nothing says it, and why: a sentence each, without its period. */
  readonly assumed: readonly string[];
  readonly summary: Summary;
  /** Rules that threw: bugs of ours, told on standard error and by exit code 3. */
  readonly failed: readonly FailedRule[];
  /** Of the environments that findings reach, those that are production or configured as protected. */
  readonly protectedEnvironments: readonly string[];
  /** The rules that were on. */
  readonly rules: readonly RuleMeta[];
  /** The text of every file that a finding, a related place or a fix lies in, by its `sourceKey`, credentials hidden: for code frames. */
  readonly sources: ReadonlyMap<string, string>;
  /** The fleet that was judged, for reports that show it; absent where a result was read from elsewhere. */
  readonly fleet?: (() => Fleet) | undefined;
  /** A file's text as a report may show it: what is secret in it is stars. */
  readonly reveal: (path: string, text: string) => string;
}

/** Where a place's text stands in `CheckResult.sources`: the path alone for files of the work tree. */
export const sourceKey = ({ path, repository, revision }: Pick<Location, 'path' | 'repository' | 'revision'>): string =>
  [repository, revision, path].filter((part) => part !== undefined).join('\n');

/** The counts of a result of which these findings are left. */
export const recounted = ({ summary }: Pick<CheckResult, 'summary'>, findings: readonly Finding[]): Summary => ({
  ...summary,
  ...countsOf(findings),
});
