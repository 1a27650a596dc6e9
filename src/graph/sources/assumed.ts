import { byText } from '../../files/files.ts';
import { withoutCredentials } from '../../flux/source/source-url.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';

/**
 * What was taken for a source's content though nothing says that it is: sentences without their period, each once, sorted.
 * Whoever reads them can say otherwise under `repositories` of the configuration.
 */
export const assumedIn = (clusters: readonly ClusterView[]): readonly string[] => {
  const found = new Set<string>();
  for (const { kustomizations } of clusters) {
    for (const { content } of kustomizations) {
      if (content.type !== 'built' && content.type !== 'missing-path') continue;
      if (content.artifact.assumed !== undefined) found.add(withoutCredentials(content.artifact.assumed));
    }
  }
  return [...found].sort(byText);
};
