import { byText } from '../../files/files.ts';
import { environmentOf } from '../../flux/cluster/environment-name.ts';
import { clustersMeant } from '../../flux/cluster/name-clusters.ts';
import { namedIn } from '../../graph/clusters/select-clusters.ts';
import type { Graph } from '../../graph/graph.ts';
import { matchesGlob } from '../../pattern/glob.ts';
import type { UnmatchedEntry } from './entry.ts';
import { hintOf, meantGlob } from './meant.ts';

type By = 'clusters' | 'environments' | 'tenants';

interface Named {
  /** What there is to match. */
  readonly names: readonly string[];
  readonly isMatched: (glob: string) => boolean;
  readonly what: string;
}

/**
 * Overrides by cluster, environment and tenant that hold nowhere, by one of their globs. What they were to turn off is reported
 * all the same: it weighs where the name is a slip. The usual environments are known in a repository that has none of them.
 */
export const unmatchedOverrides = (graph: Graph): readonly UnmatchedEntry[] => {
  const all = namesIn(graph);
  return graph.config.overrides.flatMap((override, index) =>
    bys.flatMap((by) => (override[by] ?? []).flatMap((glob, place) => entryOf({ glob, keys: ['overrides', index, by, place] }, all[by]))),
  );
};

const bys = ['clusters', 'environments', 'tenants'] as const;

const entryOf = (
  { glob, keys }: { readonly glob: string; readonly keys: UnmatchedEntry['keys'] },
  { names, isMatched, what }: Named,
): readonly UnmatchedEntry[] => {
  if (isMatched(glob)) return [];
  const meant = meantGlob(glob, names);
  const message = `"${glob}" matches no ${what}. The override holds for none by it.`;
  return [{ keys, message, hint: hintOf(meant, `Of that sort there are`, names), weighs: meant !== undefined }];
};

const namesIn = ({ config, clusters, environments, tenants }: Graph): Readonly<Record<By, Named>> => {
  const used = clusters.all.flatMap(({ environment }) => environment?.environment ?? []);
  const found = clusters.all.flatMap(({ kustomizations }) => kustomizations.flatMap((view) => tenants.of(view)?.name ?? []));
  return {
    clusters: {
      names: clusters.all.map(({ name }) => name),
      isMatched: (glob) => clustersMeant(glob, namedIn(clusters)).size > 0,
      what: 'cluster',
    },
    environments: named(
      environments.inPromotionOrder([...config.environments.map(({ name }) => name), ...used]),
      'environment',
      (glob) => environmentOf(glob) !== undefined,
    ),
    tenants: named([...new Set([...config.tenants.map(({ name }) => name), ...found])].sort(byText), 'tenant'),
  };
};

const named = (names: readonly string[], what: string, isKnown: (glob: string) => boolean = () => false): Named => ({
  names,
  isMatched: (glob) => names.some((name) => matchesGlob(name, glob)) || isKnown(glob),
  what,
});
