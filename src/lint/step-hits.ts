import type { Graph } from '../graph/graph.ts';
import type { StepProblem } from '../model/problem.ts';
import type { Hit } from './hit.ts';
import { ofUnreached } from './unreached.ts';
import type { ActiveRule } from './walk.ts';

/** What builds and substitution reported, in each cluster that runs into it, under the rules that document it. */
export const stepHits = (graph: Graph, rules: readonly ActiveRule[]): readonly Hit[] => {
  const built = graph.clusters.all.flatMap(({ cluster }) =>
    cluster.kustomizations.flatMap(({ content, namespace, name, target }) => {
      if (content.type !== 'built') return [];
      const stops = content.failed && cluster.root.evidence !== 'unreached' ? { cluster: target, id: `${namespace}/${name}` } : undefined;
      return content.problems.flatMap((problem) => hitsOf(unlessCommitted(problem, graph), rules, { cluster: target, stops }));
    }),
  );
  const unreached = (graph.evaluation.unreached?.kustomizations ?? []).flatMap(({ content }) =>
    content.type !== 'built' ? [] : content.problems.flatMap((problem) => unreachedHits(problem, rules, graph)),
  );
  return [...built, ...unreached, ...fileHits(graph.evaluation.problems, rules)];
};

/** What Terraform commits when it makes the cluster is not missing: it comes, or the cluster is not there. */
const unlessCommitted = (problem: StepProblem, { existence }: Graph): StepProblem => {
  const by = problem.ruleId === missingResource ? existence.committedBy(problem.at.span) : undefined;
  return by === undefined ? problem : { ...problem, message: `${problem.message} ${by} commits a file of that name.`, atMost: 'info' };
};

const missingResource = 'build/missing-resource';
const leftBehind: ReadonlySet<string> = new Set([missingResource, 'manifest/invalid-yaml']);

/** Problems that were found in files, whichever clusters read them. */
export const fileHits = (problems: readonly StepProblem[], rules: readonly ActiveRule[]): readonly Hit[] =>
  problems.flatMap((problem) => hitsOf(problem, rules, { cluster: undefined, stops: undefined }));

/** Of a build that no cluster applies; what clusters run into as well is theirs. */
const unreachedHits = (problem: StepProblem, rules: readonly ActiveRule[], graph: Graph): readonly Hit[] =>
  graph.reach.readers(problem.at.span.path).length > 0
    ? []
    : hitsOf({ ...ofUnreached(leftover(problem, graph), graph), ruleId: problem.ruleId }, rules, {
        cluster: undefined,
        stops: undefined,
      }).map((hit) => ({
        ...hit,
        isUnreached: true,
      }));

/** What lost its files, or cannot be read, and no cluster misses is what was left behind, or what is filled in by hand. */
const leftover = (problem: StepProblem, { clusters }: Graph): StepProblem =>
  leftBehind.has(problem.ruleId) && clusters.all.length > 0 ? { ...problem, atMost: 'info' } : problem;

/** A build fails for its errors alone; what is milder stands beside them. */
const hitsOf = (problem: StepProblem, rules: readonly ActiveRule[], { cluster, stops }: Pick<Hit, 'cluster' | 'stops'>): readonly Hit[] => {
  const rule = rules.find((active) => active.rule.id === problem.ruleId)?.rule;
  if (!rule) return [];
  const isError = rule.severity === 'error' && problem.atMost === undefined;
  return [{ rule, problem, cluster, object: undefined, stops: isError ? stops : undefined }];
};
