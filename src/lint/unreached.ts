/**
 * What is judged of builds that no cluster here applies: what no consumer can make right by patches, variables or what else
 * is on its cluster. Where the repository has clusters, that is a warning at most; in a library or a tenant's own repository,
 * which others apply, what certainly fails stays an error.
 */
import type { Graph } from '../graph/graph.ts';
import type { Problem } from '../model/problem.ts';
import type { Rule } from './define-rule.ts';

/** Rules that look at one object alone. */
const ofAnyBuild: ReadonlySet<string> = new Set([
  'generated/broken-template',
  'generated/missing-input',
  'manifest/invalid-name',
  'manifest/non-string-label',
  'manifest/non-string-value',
  'schema/invalid-value',
  'schema/unknown-field',
  'security/inline-credential',
  'security/plaintext-secret',
]);

export const judgesAnyBuild = ({ id }: Rule): boolean => ofAnyBuild.has(id);

/** The problem as it concerns nobody here, and perhaps others. */
export const ofUnreached = (problem: Problem, graph: Graph): Problem => ({
  ...problem,
  message: `${problem.message} No cluster here applies it.`,
  ...(graph.clusters.all.length > 0 && problem.atMost !== 'info' ? { atMost: 'warning' as const } : {}),
});
