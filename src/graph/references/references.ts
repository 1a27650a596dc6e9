/** What Flux objects refer to, and what of that is not there. */
import type { Files } from '../../files/files.ts';
import { memo } from '../../model/memo.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { AppliedView } from '../clusters/views.ts';
import type { Existence } from '../existence/existence.ts';
import { type Missing, missingOf, otherKindOf } from './missing.ts';
import { type Reference, type ReferenceRole, referencesOf } from './reference.ts';
import { unreadTexts } from './unread-texts.ts';

export interface References {
  /** Everything that a cluster's Flux objects refer to. */
  readonly of: (cluster: ClusterView) => readonly Reference[];
  /** What of that, for one purpose, is not there. */
  readonly missing: (cluster: ClusterView, role: ReferenceRole) => readonly Missing[];
  /** Where a dependency's name is that of a HelmRelease instead of a Kustomization, or the reverse: that object. */
  readonly otherKindOf: (missing: Missing) => AppliedView | undefined;
}

export interface ReferencesInput {
  readonly files: Files;
  readonly clusters: Clusters;
  readonly existence: Existence;
}

export const createReferences = ({ files, clusters, existence }: ReferencesInput): References => {
  const references = memo(referencesOf);
  const unread = memo((cluster: ClusterView) => unreadTexts(cluster, files));
  const missing = memo((cluster: ClusterView) => missingOf(references(cluster), { existence, clusters, unread }));
  return {
    of: references,
    missing: (cluster, role) => missing(cluster).filter((candidate) => candidate.role === role),
    otherKindOf: (candidate) => otherKindOf(candidate, clusters),
  };
};
