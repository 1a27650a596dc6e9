/**
 * A graph → findings. In: an evaluated repository, rules and their settings. Out: everything a report prints. The rules
 * are called by `walk.ts`; what the steps before them found joins here under the rules that document it.
 */

import picomatch from 'picomatch';
import type { Config } from '../config/config.ts';
import type { Files } from '../files/files.ts';
import type { Graph } from '../graph/graph.ts';
import type { ParseFile } from '../kustomize/build.ts';
import type { Finding } from '../model/finding.ts';
import type { StepProblem } from '../model/problem.ts';
import type { Rule } from './define-rule.ts';
import { toFindings } from './findings.ts';
import type { Hit } from './hit.ts';
import { notJudgedOf } from './not-judged.ts';
import { inScope } from './report-scope.ts';
import type { CheckResult, Summary } from './result.ts';
import { type SettingsInput, settingsOf } from './settings.ts';
import type { Sources } from './sources.ts';
import { documentsOf, overlaysOf } from './subjects.ts';
import { applySuppressions } from './suppressions.ts';
import { walk } from './walk.ts';

export interface LintInput extends SettingsInput {
  readonly graph: Graph;
  readonly files: Files;
  readonly parse: ParseFile;
  readonly sources: Sources;
  /** Paths below the root that are asked for; empty: all. */
  readonly paths: readonly string[];
  /** Globs of the clusters that are asked for; empty: all. */
  readonly clusters: readonly string[];
}

export type LintResult = Omit<CheckResult, 'tool' | 'root'>;

export const lint = (input: LintInput): LintResult => {
  const { graph, files, parse, sources } = input;
  const { active, severityOf } = settingsOf(input);
  const needsDocuments = active.some(({ rule }) => rule.document);
  const documents = needsDocuments ? documentsOf(files, parse, (path) => graph.readers(path).length > 0) : [];
  const walked = walk({ rules: active, graph, documents, overlays: overlaysOf(graph.evaluation, parse) });
  const hits = [
    ...stepHits(
      graph,
      active.map(({ rule }) => rule),
    ),
    ...walked.hits,
  ];

  const isAsked = asked(input);
  const all = toFindings({ hits, graph, sources, parse, severityOf }).filter((finding) => isAsked(finding));
  const { kept, suppressed } = applySuppressions(all, pathsOf(all), sources);
  return {
    findings: kept,
    suppressed,
    notJudged: notJudgedOf(graph.evaluation, walked.ended),
    summary: summaryOf(kept, { suppressed: suppressed.length, graph, files }),
    rules: [...new Set(active.map(({ rule }) => rule))],
    sources: sourceTexts(kept, sources),
  };
};

/** What builds and substitution reported, in each cluster that runs into it. */
const stepHits = (graph: Graph, rules: readonly Rule[]): readonly Hit[] => {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const hits: Hit[] = [];
  const add = (problem: StepProblem, cluster: string | undefined) => {
    const rule = known.get(problem.ruleId);
    if (rule) hits.push({ rule, problem, cluster, object: undefined });
  };
  for (const { cluster } of graph.clusters) {
    for (const { content, target } of cluster.kustomizations) {
      if (content.type === 'built') for (const problem of content.problems) add(problem, target);
    }
  }
  for (const problem of graph.evaluation.problems) add(problem, undefined);
  return hits;
};

const asked = ({ config, paths, clusters, files, graph }: LintInput): ((finding: Finding) => boolean) => {
  const isIn = inScope(paths, files, graph);
  const isIgnored = ignoredBy(config);
  const isCluster = clusters.length === 0 ? () => true : picomatch([...clusters]);
  return (finding) =>
    isIn(finding) && !isIgnored(finding.location.path) && (clusters.length === 0 || finding.reach.clusters.some((name) => isCluster(name)));
};

const ignoredBy = (config: Config): ((path: string) => boolean) =>
  config.ignore.length === 0 ? () => false : picomatch([...config.ignore], { dot: true });

const pathsOf = (findings: readonly Finding[]): ReadonlySet<string> =>
  new Set(findings.flatMap(({ location, related }) => [location, ...related.map((place) => place.location)].map(({ path }) => path)));

const sourceTexts = (findings: readonly Finding[], sources: Sources): ReadonlyMap<string, string> => {
  const texts = new Map<string, string>();
  for (const path of pathsOf(findings)) texts.set(path, sources.file(path)?.text ?? '');
  return texts;
};

const summaryOf = (
  findings: readonly Finding[],
  seen: { readonly suppressed: number; readonly graph: Graph; readonly files: Files },
): Summary => {
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  const { clusters } = seen.graph;
  return {
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    fixable: findings.filter((finding) => finding.fix?.safety === 'safe').length,
    suppressed: seen.suppressed,
    baselined: 0,
    files: seen.files.paths.filter((path) => /\.ya?ml$/.test(path)).length,
    objects: clusters.reduce((sum, { cluster }) => sum + cluster.objects.length, 0),
    kustomizations: clusters.reduce((sum, { cluster }) => sum + cluster.kustomizations.length, 0),
    clusters: clusters.length,
  };
};
