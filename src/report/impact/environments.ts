import type { ClusterImpact, KustomizationImpact } from '../../impact/impact.ts';
import { grouped } from '../../model/grouped.ts';
import { objectName } from '../../model/object-ref.ts';

export interface EnvironmentSection {
  readonly environment: string | undefined;
  readonly isProtected: boolean;
  /** Clusters in which the same happens. */
  readonly groups: readonly { readonly clusters: readonly string[]; readonly kustomizations: readonly KustomizationImpact[] }[];
}

/** The clusters of each environment, in the order they come in; what is the same in several is told once. */
export const byEnvironment = (clusters: readonly ClusterImpact[]): readonly EnvironmentSection[] => {
  const sections = new Map<string | undefined, ClusterImpact[]>();
  for (const cluster of clusters) {
    const name = cluster.environment?.environment;
    sections.set(name, [...(sections.get(name) ?? []), cluster]);
  }
  return [...sections].map(([environment, members]) => ({
    environment,
    isProtected: members.some(({ isProtected }) => isProtected),
    groups: groupsOf(members),
  }));
};

const groupsOf = (clusters: readonly ClusterImpact[]): EnvironmentSection['groups'] => {
  const alike = grouped(clusters, ({ kustomizations }) => JSON.stringify(kustomizations.map(tale)));
  return [...alike.values()].map((group) => ({ clusters: group.map(({ name }) => name), kustomizations: group[0].kustomizations }));
};

/** All that a report says of it. */
const tale = ({ id, tenant, isHeld, removed, changed, added }: KustomizationImpact) => [
  id,
  tenant,
  isHeld,
  ...[removed, changed, added].map((changes) =>
    changes.map((change) => [
      objectName(change),
      change.isPruned,
      change.from,
      change.causedBy,
      change.fields.map(({ pointer }) => pointer),
    ]),
  ),
];
