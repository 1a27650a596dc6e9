import type { ClusterImpact, KustomizationImpact } from '../../impact/impact.ts';
import { objectName } from './impact-report.ts';

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
  const groups = new Map<string, { readonly clusters: string[]; readonly kustomizations: readonly KustomizationImpact[] }>();
  for (const { name, kustomizations } of clusters) {
    const key = JSON.stringify(kustomizations.map(tale));
    const group = groups.get(key);
    if (group) group.clusters.push(name);
    else groups.set(key, { clusters: [name], kustomizations });
  }
  return [...groups.values()];
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
