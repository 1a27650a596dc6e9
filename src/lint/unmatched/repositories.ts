import { isSameRepository, withoutCredentials } from '../../flux/source/source-url.ts';
import type { Graph } from '../../graph/graph.ts';
import { readable } from '../../kube/view.ts';
import { isSlip } from '../../model/spelling.ts';
import type { UnmatchedEntry } from './entry.ts';
import { hintOf } from './meant.ts';

/** Checkouts for a URL that no source has. What is not judged for want of one is said by itself: only a slip weighs. */
export const unmatchedRepositories = (graph: Graph): readonly UnmatchedEntry[] => {
  const { config, clusters, sources } = graph;
  if (config.repositories.length === 0) return [];
  const urls = clusters.all.flatMap((cluster) => cluster.sources.flatMap((source) => readable(() => source.spec.url) ?? []));
  const unmapped = sources.unmapped().map(({ url }) => url);
  return config.repositories.flatMap(({ url }) => {
    if (urls.some((other) => isSameRepository(other, url))) return [];
    const written = withoutCredentials(url);
    const meant = unmapped.find((other) => isSlip(written, other));
    return {
      keys: ['repositories', url],
      isKey: true,
      message: `No source here has the URL ${written}. Its checkout stands for none.`,
      hint: hintOf(meant, 'Sources without a checkout', unmapped),
      weighs: meant !== undefined,
    };
  });
};
