/**
 * What a configuration says and nothing hears: `lint/unmatched-configuration`, at its line. Not asked of `external` and
 * the variables of clusters: those speak of what is outside of the repository, and are true whether or not something here
 * refers to it. A rule or an option that does not exist is an error when the configuration is read.
 */
import { isAbsolute } from 'node:path';
import type { ParseFile } from '../../kustomize/build.ts';
import type { Origin } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import { child, entryOf, isMap, type Node } from '../../yaml/node.ts';
import type { UnmatchedEntry } from './entry.ts';
import { unmatchedEnvironmentNames } from './environment-names.ts';
import { unmatchedEnvironments } from './environments.ts';
import { unmatchedKinds } from './kinds.ts';
import { unmatchedOverrides } from './overrides.ts';
import { type PathsInput, unmatchedPaths } from './paths.ts';
import { unmatchedRepositories } from './repositories.ts';
import { unmatchedTenants } from './tenants.ts';

export const unmatchedConfigurationId = 'lint/unmatched-configuration';

export interface UnmatchedConfigurationInput extends PathsInput {
  readonly parse: ParseFile;
}

/**
 * Entries of the configuration that match nothing. Where no cluster was found, that is what is reported, and nothing that
 * follows from it. A configuration that does not lie in the root, or extends others, is made for several: what does not match in
 * one is meant for another.
 */
export const unmatchedConfiguration = ({ parse, ...input }: UnmatchedConfigurationInput): readonly StepProblem[] => {
  const { graph } = input;
  const { file, extended } = graph.config;
  const root = file === undefined || isAbsolute(file.path) || extended.length > 0 ? undefined : parse(file).documents[0]?.root;
  if (root === undefined) return [];
  const hasClusters = graph.clusters.all.some(({ cluster }) => cluster.root.evidence !== 'unreached');
  const ofClusters = [
    unmatchedEnvironments,
    unmatchedEnvironmentNames,
    unmatchedTenants,
    unmatchedRepositories,
    unmatchedKinds,
    unmatchedOverrides,
  ];
  const entries = [...(hasClusters ? ofClusters.flatMap((unmatched) => unmatched(graph)) : []), ...unmatchedPaths(input)];
  return entries.map((entry) => problemOf(entry, root));
};

const problemOf = (entry: UnmatchedEntry, root: Node): StepProblem => ({
  ruleId: unmatchedConfigurationId,
  at: placeOf(entry, root),
  message: entry.message,
  hint: entry.hint,
  atMost: entry.weighs ? undefined : 'info',
  clusters: entry.clusters,
});

const placeOf = ({ keys, isKey }: UnmatchedEntry, root: Node): Origin => {
  const above = child(root, ...keys.slice(0, -1));
  const own = isKey && isMap(above) ? entryOf(above, String(keys.at(-1)))?.key : child(root, ...keys);
  return own ?? above ?? root;
};
