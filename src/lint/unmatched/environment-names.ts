import { environmentOf, usualEnvironments } from '../../flux/cluster/environment-name.ts';
import type { Graph } from '../../graph/graph.ts';
import { isSlip } from '../../model/spelling.ts';
import type { UnmatchedEntry } from './entry.ts';
import { hintOf } from './meant.ts';

/**
 * Names of environments, in the order of promotion, of clusters and of expressions, that name none. The usual words are
 * known everywhere: who lists `staging` in a repository of production alone has made no mistake. But where production is
 * called `production`, nothing hears `prod`.
 */
export const unmatchedEnvironmentNames = (graph: Graph): readonly UnmatchedEntry[] => {
  const { config } = graph;
  const clusters = graph.clusters.all;
  const used = clusters.flatMap(({ environment }) => environment?.environment ?? []);
  const configured = config.environments.map(({ name }) => name);
  const here = graph.environments.inPromotionOrder([...configured, ...used]);

  const entry = (keys: UnmatchedEntry['keys'], name: string, consequence: string): readonly UnmatchedEntry[] => {
    if (here.includes(name)) return [];
    const isUsual = environmentOf(name)?.token.toLowerCase() === name.toLowerCase();
    const meant = isUsual ? nameHere(name, [...used, ...configured]) : slipOf(name, here);
    if (isUsual && meant === undefined) return [];
    const message = `No environment is called "${name}" here. ${consequence}`;
    return [{ keys, message, hint: hintOf(meant, 'There are', here), weighs: meant !== undefined }];
  };
  const inOrder = config.promotion.flatMap((name, index) => entry(['promotion', index], name, 'The order of promotion goes without it.'));
  const inExpressions = config.expressions.flatMap(({ id, match: { environment } }, index) =>
    environment === undefined
      ? []
      : entry(['expressions', index, 'match', 'environment'], environment, `The expression ${id} is asked of nothing.`),
  );
  const unasked = { weighs: true, clusters: clusters.map(({ name }) => name) };
  return [...inOrder, ...inExpressions.map((unmatched) => ({ ...unmatched, ...unasked })), ...ofTheirOwn(graph, configured)];
};

/** A cluster may well name an environment that nothing else speaks of; a slip of a known one is hardly meant. */
const ofTheirOwn = ({ config }: Graph, configured: readonly string[]): readonly UnmatchedEntry[] =>
  config.clusters.flatMap(({ name, environment }, index) => {
    if (environment === undefined || configured.includes(environment) || environmentOf(environment) !== undefined) return [];
    const meant = slipOf(environment, configured);
    if (meant === undefined) return [];
    return {
      keys: ['clusters', index, 'environment'],
      message: `"${environment}" is an environment of its own: cluster ${name} is not checked as ${meant}.`,
      hint: hintOf(meant, '', []),
      weighs: true,
      clusters: [name],
    };
  });

/** What the environment is called here that a usual word stands for: `prod` is `production` where nobody says otherwise. */
const nameHere = (name: string, here: readonly string[]): string | undefined =>
  here.find((other) => environmentOf(other)?.environment === environmentOf(name)?.environment);

const slipOf = (name: string, here: readonly string[]): string | undefined =>
  [...here, ...usualEnvironments].find((known) => known !== name && isSlip(name, known));
