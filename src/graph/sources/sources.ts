/** What Kustomizations build from. */
import { memo } from '../../model/memo.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { KustomizationView } from '../clusters/views.ts';
import { type FollowedSource, followedSource } from './followed-source.ts';
import { type UnmappedRepository, unmappedRepositories } from './unmapped-repositories.ts';

export interface Sources {
  /** Where its content comes from; undefined where that cannot be read. */
  readonly of: (kustomization: KustomizationView) => FollowedSource | undefined;
  /** Other repositories whose content is not at hand. */
  readonly unmapped: () => readonly UnmappedRepository[];
}

export const createSources = (clusters: Clusters): Sources => ({
  of: memo((view: KustomizationView) => {
    const cluster = clusters.get(view.cluster);
    return cluster && followedSource(view, cluster);
  }),
  unmapped: () => unmappedRepositories(clusters.all),
});
