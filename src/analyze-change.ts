/** The program over two revisions: both are evaluated with one memory, then compared; the rules for changes judge the difference. */

import {
  aboutRun,
  type CheckRequest,
  createEngine,
  type Evaluated,
  evaluateWorkspace,
  type LintRequest,
  lintRequestOf,
} from './analyze.ts';
import type { ChangedFile } from './files/changed-files.ts';
import { openComparison } from './files/open-comparison.ts';
import type { Changes, Range } from './files/range.ts';
import { createEvaluationMemory } from './flux/evaluation-memory.ts';
import { meantBy, requireClusters } from './graph/clusters/select-clusters.ts';
import { compare } from './impact/compare.ts';
import type { Impact } from './impact/impact.ts';
import { findAll, type LintResult, lint } from './lint/lint.ts';
import type { CheckResult } from './lint/result.ts';
import { createSources, type Sources } from './lint/sources.ts';
import type { Finding } from './model/finding.ts';
import { unwatched } from './model/watch.ts';
import { openTerraform, openWorkTree, type Workspace } from './workspace.ts';
import type { Node } from './yaml/node.ts';

export interface ImpactResult {
  readonly impact: Impact;
  /** A commit id. */
  readonly base: string;
  /** A commit id, `worktree` or `index`. */
  readonly head: string;
  /** Of the rules that only a change can trigger. */
  readonly lint: LintResult;
  /** Of every rule, what the head has and the base has not: for whoever shows both. */
  readonly arising: () => LintResult & ReturnType<typeof aboutRun>;
}

/**
 * What a change reaches, and what the rules for changes say of it.
 *
 * @throws UsageError where it cannot be done as asked
 */
export const analyzeImpact = async (request: CheckRequest, range: Range, known?: Changes): Promise<ImpactResult> => {
  const { change, asked, root, base, head } = await openChange(request, range, known);
  const impact = onClusters(change, request.clusters);
  return {
    impact,
    base,
    head,
    lint: lintHead({ ...change, impact }, asked, { isChangeOnly: true, isBesidesOthers: request.isHook }),
    arising: () => ({
      ...lintMarked({ ...change, impact }, asked, { newOnly: true, isBesidesOthers: request.isHook === true }),
      ...aboutRun(request.cwd, root),
    }),
  };
};

export interface Since {
  readonly range: Range;
  /** Leave out what the other revision has too. */
  readonly newOnly: boolean;
}

/**
 * Lints one root with the rules for changes too; findings say whether they are new.
 *
 * @throws UsageError where it cannot be done as asked
 */
export const analyzeSince = async (request: CheckRequest, { range, newOnly }: Since): Promise<CheckResult> => {
  const { change, asked, root } = await openChange(request, range);
  return { ...lintMarked(change, asked, { newOnly, isBesidesOthers: true }), ...aboutRun(request.cwd, root) };
};

/** The head's findings, each said to be new or not. */
const lintMarked = (
  change: EvaluatedChange,
  asked: LintRequest,
  { newOnly, isBesidesOthers }: { readonly newOnly: boolean; readonly isBesidesOthers: boolean },
): LintResult => {
  const choose = (found: readonly Finding[]): readonly Finding[] => {
    const known = findingsBefore(change, asked, found);
    const marked = found.map((finding) => ({ ...finding, new: !known.has(finding.fingerprint) }));
    return newOnly ? marked.filter((finding) => finding.new) : marked;
  };
  return lintHead(change, { ...asked, choose }, { isChangeOnly: false, isBesidesOthers });
};

/**
 * What the base has of findings, comments or not, by their fingerprints.
 *
 * @param wanted those of the head: of their rules alone the base is asked
 */
export const findingsBefore = (
  { base, workspaces, sources }: EvaluatedChange,
  asked: LintRequest,
  wanted: readonly Finding[],
): ReadonlyMap<string, Finding> => {
  const ids = [...new Set(wanted.map(({ ruleId }) => ruleId))];
  if (ids.length === 0) return new Map();
  const { graph, parse } = base;
  const { files, config } = workspaces.base;
  // Rules about the linting judge what all others found.
  const only = ids.some((id) => id.startsWith('lint/')) ? asked.only : ids;
  const findings = findAll({ ...asked, only, graph, parse, sources, files, config });
  return new Map(findings.map((finding) => [finding.fingerprint, finding] as const));
};

/**
 * Both sides of a range, evaluated, and what is to be linted of them and how.
 *
 * @param known what differs in the root, where that has been asked already
 */
export const openChange = async (request: CheckRequest, range: Range, known?: Changes): Promise<OpenedChange> => {
  const opened = await openWorkTree(request);
  const asked = await lintRequestOf(request, opened);
  const { root, paths: _paths, ...workspace } = opened;
  const { watch = unwatched } = workspace;
  const comparison = watch.during('files', () => openComparison({ directory: root, worktree: workspace.files, range, known }));
  const { base, head, headFiles, baseFiles, basePrefix, changes, merged } = comparison;
  const either = { ...workspace, ...(await openTerraform(request, opened, [headFiles, baseFiles])) };
  const workspaces = { base: { ...either, files: baseFiles }, head: { ...either, files: headFiles } };
  const change = evaluateChange({ workspaces, revision: base, basePrefix, changes });
  requireClusters([change.head.graph.clusters, change.base.graph.clusters], request.clusters);
  return { root, asked, base, head, changes, merged, change };
};

export interface OpenedChange {
  readonly root: string;
  readonly asked: LintRequest;
  /** A commit id. */
  readonly base: string;
  /** A commit id, `worktree` or `index`. */
  readonly head: string;
  readonly changes: readonly ChangedFile[];
  /** The other parent of what is staged, where that will end a merge. */
  readonly merged: string | undefined;
  readonly change: EvaluatedChange;
}

export interface TwoRevisions {
  readonly workspaces: { readonly base: Workspace; readonly head: Workspace };
  /** What findings in files of the base say of themselves. */
  readonly revision: string;
  readonly basePrefix: string;
  readonly changes: readonly ChangedFile[];
}

export interface EvaluatedChange {
  readonly workspaces: TwoRevisions['workspaces'];
  readonly base: Evaluated;
  readonly head: Evaluated;
  readonly impact: Impact;
  /** Of both sides. */
  readonly sources: Sources;
}

/** Files of two revisions → what differs in the clusters. */
export const evaluateChange = ({ workspaces, revision, basePrefix, changes }: TwoRevisions): EvaluatedChange => {
  const { watch = unwatched } = workspaces.head;
  const engine = createEngine({ memory: createEvaluationMemory(), watch });
  const head = evaluateWorkspace(workspaces.head, engine);
  const base = evaluateWorkspace(workspaces.base, engine);
  const sources = createSources([...head.views, { prefix: basePrefix, files: workspaces.base.files, revision }]);
  const textOf = ({ span }: Node) => sources.file(span.path)?.text.slice(span.start, span.end);
  const compared = watch.during('graph', () => compare({ base: base.graph, head: head.graph, changes, basePrefix, textOf }));
  return { workspaces, base, head, sources, impact: withoutSecrets(compared, [base, head]) };
};

/** A reason may name a URL with its password. What the change took away is as secret as what it brought. */
const withoutSecrets = (impact: Impact, sides: readonly Evaluated[]): Impact => {
  const shown = (reason: string) => sides.reduce((text, { graph }) => graph.secrets.text(text), reason);
  return { ...impact, unknown: impact.unknown.map((each) => ({ ...each, reason: shown(each.reason) })) };
};

/** The head's findings; those of the base come from the files that only it has. */
export const lintHead = (
  { workspaces, head, impact, sources }: EvaluatedChange,
  asked: LintRequest,
  { isChangeOnly, isBesidesOthers = !isChangeOnly }: { readonly isChangeOnly: boolean; readonly isBesidesOthers?: boolean | undefined },
): LintResult => {
  const { files, config } = workspaces.head;
  return lint({ ...asked, graph: head.graph, parse: head.parse, sources, files, config, impact, isChangeOnly, isBesidesOthers });
};

const onClusters = ({ impact, base, head }: EvaluatedChange, globs: readonly string[]): Impact => {
  if (globs.length === 0) return impact;
  const isAsked = meantBy([head.graph.clusters, base.graph.clusters], globs);
  return {
    ...impact,
    clusters: impact.clusters.filter(({ name }) => isAsked(name)),
    unknown: impact.unknown.filter(({ cluster }) => isAsked(cluster)),
  };
};
