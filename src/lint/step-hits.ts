import type { Graph } from '../graph/graph.ts';
import type { StepProblem } from '../model/problem.ts';
import type { Hit } from './hit.ts';
import type { ActiveRule } from './walk.ts';

/** What builds and substitution reported, in each cluster that runs into it, under the rules that document it. */
export const stepHits = (graph: Graph, rules: readonly ActiveRule[]): readonly Hit[] => {
  const built = graph.clusters.flatMap(({ cluster }) =>
    cluster.kustomizations.flatMap(({ content, target }) =>
      content.type === 'built' ? content.problems.map((problem) => ({ problem, cluster: target })) : [],
    ),
  );
  return [...built.flatMap(({ problem, cluster }) => hitsOf(problem, rules, cluster)), ...fileHits(graph.evaluation.problems, rules)];
};

/** Problems that were found in files, whichever clusters read them. */
export const fileHits = (problems: readonly StepProblem[], rules: readonly ActiveRule[]): readonly Hit[] =>
  problems.flatMap((problem) => hitsOf(problem, rules, undefined));

const hitsOf = (problem: StepProblem, rules: readonly ActiveRule[], cluster: string | undefined): readonly Hit[] => {
  const active = rules.find(({ rule }) => rule.id === problem.ruleId);
  return active ? [{ rule: active.rule, problem, cluster, object: undefined }] : [];
};
