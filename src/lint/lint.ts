/**
 * A graph → findings. In: an evaluated repository, rules and their settings. Out: everything a report prints. The rules
 * are called by `walk.ts`; what the steps before them found joins here under the rules that document it. Then comments
 * and the baseline suppress what is accepted, and what nobody asked for is left out.
 */
import type { Files } from '../files/files.ts';
import { fleetMap } from '../graph/fleet-map.ts';
import type { Graph } from '../graph/graph.ts';
import { assumedIn } from '../graph/sources/assumed.ts';
import type { Impact } from '../impact/impact.ts';
import type { ParseFile } from '../kustomize/build.ts';
import type { Finding } from '../model/finding.ts';
import type { StepProblem } from '../model/problem.ts';
import { unwatched, type Watch } from '../model/watch.ts';
import { stringAt } from '../yaml/node.ts';
import { toldTogether } from './aggregate/one-cause.ts';
import { applyBaseline, type BaselineInput } from './baseline.ts';
import { byPlace, toFindings } from './findings.ts';
import { fixOne } from './fix/fix.ts';
import type { Hit } from './hit.ts';
import { notJudgedOf } from './not-judged.ts';
import { reportScope } from './report-scope.ts';
import { type CheckResult, countsOf, type FailedRule, type Fleet, type Summary } from './result.ts';
import { createReveal } from './reveal.ts';
import { type Settings, type SettingsInput, settingsOf } from './settings.ts';
import type { Sources } from './sources.ts';
import { fileHits, stepHits } from './step-hits.ts';
import { documentsOf, overlaysOf } from './subjects.ts';
import { suppress } from './suppression/suppress.ts';
import { unmatchedConfiguration, unmatchedConfigurationId } from './unmatched/unmatched-configuration.ts';
import { type ActiveRule, type Walked, walk } from './walk.ts';

export interface LintInput extends SettingsInput {
  readonly graph: Graph;
  readonly files: Files;
  readonly parse: ParseFile;
  readonly sources: Sources;
  /** Paths below the root that are asked for; empty: all. */
  readonly paths: readonly string[];
  /** Globs of the clusters that are asked for; empty: all. */
  readonly clusters: readonly string[];
  readonly reportUnusedSuppressions: boolean;
  /** Undefined: there is none. */
  readonly baseline: Pick<BaselineInput, 'entries' | 'update'> | undefined;
  /** What the change comes to, where two revisions are compared. */
  readonly impact?: Impact | undefined;
  /** Run the rules for changes alone. */
  readonly isChangeOnly?: boolean | undefined;
  /** Those that are told, of what nothing suppresses: no other is made fit for a report. Absent: all. */
  readonly choose?: (found: readonly Finding[]) => readonly Finding[];
  /** Leave each finding to itself: for whoever compares, fixes or accepts them one by one. */
  readonly isApart?: boolean | undefined;
  /** Absent: nobody looks on. */
  readonly watch?: Watch | undefined;
}

export type LintResult = Omit<CheckResult, 'tool' | 'root' | 'folder' | 'fleet'> & { readonly fleet: () => Fleet };

export const lint = (input: LintInput): LintResult => {
  const judged = judgeAll(input);
  return during(input, () => resultOf(input, judged));
};

/**
 * All that is found, whatever comments and a baseline say of it, as it stands there: for whoever holds it against what another
 * revision has, and for no report, since nothing secret is hidden in it.
 */
export const findAll = (input: LintInput): readonly Finding[] => {
  const judged = judgeAll(input);
  return during(input, () => {
    const { toFound, found } = foundBy(input, judged);
    const isAboutLinting = judged.active.some(({ rule }) => rule.id.startsWith('lint/'));
    const { problems } = isAboutLinting ? suppress(found, { ...input, ...judged, ...judged.walked }) : { problems: [] };
    return [...found, ...toFound(fileHits(problems, judged.active))].filter(reportScope(input));
  });
};

const judgeAll = (input: LintInput): Judged => {
  const { watch = unwatched } = input;
  const settings = settingsOf(input);
  const active = settings.active.filter(({ rule }) => !input.isChangeOnly || rule.change);
  return { settings, active, walked: watch.during('rules', () => judge(input, active)) };
};

const during = <T>({ watch = unwatched }: LintInput, work: () => T): T => watch.during('findings', work);

const judge = ({ graph, files, parse, impact, watch }: LintInput, rules: readonly ActiveRule[]): Walked => {
  const ofDocuments = rules.flatMap(({ rule }) => (rule.document ? [rule.documentKinds] : []));
  const isAsked = (text: string) => ofDocuments.some((kinds) => kinds?.some((kind) => text.includes(kind)) ?? true);
  const isReached = (path: string) => graph.reach.readers(path).length > 0;
  const documents = ofDocuments.length > 0 ? documentsOf(files, parse, { isAsked, isReached }) : [];
  return walk({ rules, graph, documents, overlays: overlaysOf(graph.evaluation, parse), impact, watch });
};

interface Judged {
  readonly settings: Settings;
  readonly active: readonly ActiveRule[];
  readonly walked: Walked;
}

/** What rules and the steps before them found, before any comment is read. */
const foundBy = (input: LintInput, { settings, active, walked: { hits } }: Judged) => {
  const { graph, parse, sources } = input;
  const { severityOf } = settings;
  const toFound = (found: readonly Hit[]) => toFindings({ hits: found, graph, sources, parse, severityOf });
  const ownHits = active.some(({ rule }) => rule.id === unmatchedConfigurationId) ? fileHits(unmatchedOf(input, settings), active) : [];
  return { toFound, found: toFound([...stepHits(graph, active), ...ownHits, ...hits]) };
};

const resultOf = (input: LintInput, all: Judged): LintResult => {
  const {
    settings,
    active,
    walked: { hits, ended, failed },
  } = all;
  const { graph, files, sources, only } = input;
  const { toFound, found } = foundBy(input, all);

  const skippedPlugins = input.rulesMissing ? input.config.plugins.map(({ module }) => module) : [];
  const isAsked = reportScope(input);
  const judged = suppress(found, { ...input, settings, ended, failed });
  const suppressed = judged.suppressed.filter(({ finding }) => isAsked(finding));
  const { kept: unsuppressed, ...baseline } = applyBaseline({
    ...(input.baseline ?? { entries: [], update: false }),
    findings: [...judged.kept, ...toFound(fileHits(judged.problems, active))].sort(byPlace),
    isAsked,
    isJudged: (id) => !hasFailed(failed, id) && (only.length === 0 || active.some(({ rule }) => rule.id === id)),
  });
  const apart = input.choose?.(unsuppressed) ?? unsuppressed;
  const kept = input.isApart ? apart : toldTogether(apart);
  const masks = hits.flatMap(({ problem }) => problem.masks ?? []);
  const { shown, shownText, shownSource } = createReveal({ secrets: graph.secrets, sources, masks });
  return {
    findings: kept.map(shown),
    suppressed: suppressed.map((each) => ({ ...each, finding: shown(each.finding) })),
    ...(input.baseline ? { baseline } : {}),
    notJudged: notJudgedOf({
      evaluation: graph.evaluation,
      ended,
      failed,
      skippedPlugins,
      withoutCluster: withoutCluster(input),
      undefinedKinds: active.some(({ rule }) => rule.id === 'schema/unknown-field') ? graph.schemas.undefinedKinds() : undefined,
    }).map(({ reason, count, examples, howTo }) => ({
      reason: shownText(reason),
      count,
      examples: examples.map(shownText),
      ...(howTo === undefined ? {} : { howTo: shownText(howTo) }),
    })),
    assumed: assumedIn(graph.clusters.all).map(shownText),
    summary: summaryOf(kept, { suppressed: suppressed.length, baselined: baseline.count, graph, files }),
    failed,
    protectedEnvironments: protectedIn(kept, graph),
    rules: [...new Set(active.map(({ rule }) => rule))],
    sources: sourceTexts(kept, shownSource),
    reveal: graph.secrets.source,
    fleet: () => ({
      map: fleetMap(graph),
      locate: sources.location,
      text: graph.secrets.text,
      fixed: (finding) => fixOne(files, finding),
    }),
  };
};

const hasFailed = (failed: readonly FailedRule[], id: string): boolean => failed.some(({ ruleId }) => ruleId === id);

const protectedIn = (findings: readonly Finding[], { environments }: Graph): readonly string[] =>
  [...new Set(findings.flatMap(({ reach }) => reach.environments))].filter(environments.isProtected).sort();

const unmatchedOf = ({ graph, files, parse, sources }: LintInput, { usualSeverity }: Settings): readonly StepProblem[] =>
  unmatchedConfiguration({ graph, files, parse, usualSeverity, elsewhere: sources.elsewhere });

/** Files of objects, where there is no cluster: the rules about what one applies had nothing to judge. */
const withoutCluster = ({ graph, files, parse }: LintInput): readonly string[] => {
  if (graph.clusters.all.length > 0) return [];
  const objects = documentsOf(files, parse).filter(({ root }) => stringAt(root, 'apiVersion') && stringAt(root, 'kind'));
  return [...new Set(objects.map(({ path }) => path))];
};

/** A report can show nothing that it is not given. */
const sourceTexts = (findings: readonly Finding[], shownSource: (path: string) => string): ReadonlyMap<string, string> => {
  const places = findings.flatMap(({ location, related }) => [location, ...related.map((place) => place.location)]);
  return new Map([...new Set(places.map(({ path }) => path))].map((path) => [path, shownSource(path)] as const));
};

interface Seen extends Pick<Summary, 'suppressed' | 'baselined'> {
  readonly graph: Graph;
  readonly files: Files;
}

const summaryOf = (findings: readonly Finding[], { suppressed, baselined, graph: { clusters }, files }: Seen): Summary => ({
  ...countsOf(findings),
  suppressed,
  baselined,
  files: files.paths.filter((path) => /\.ya?ml$/.test(path)).length,
  objects: clusters.all.reduce((sum, { cluster }) => sum + cluster.objects.length, 0),
  kustomizations: clusters.all.reduce(
    (sum, { cluster }) => sum + cluster.kustomizations.filter(({ isTerraform }) => !isTerraform).length,
    0,
  ),
  clusters: clusters.all.length,
});
