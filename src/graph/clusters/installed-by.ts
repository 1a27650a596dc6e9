import type { Files } from '../../files/files.ts';
import { groups, isFluxInstance, isHelmRelease, isKind } from '../../flux/kinds.ts';
import { type MapNode, stringAt } from '../../yaml/node.ts';
import { ofKind } from './by-kind.ts';
import type { ClusterView } from './cluster-view.ts';
import { fluxFolder } from './lockdown.ts';

/** Who installs Flux on a cluster, as far as this repository shows it. */
export type InstalledBy = 'flux operator' | 'flux bootstrap' | 'unknown';

/** A FluxInstance or the operator's chart among the objects; else what `flux bootstrap` leaves in the cluster's folder. */
export const installedBy = (cluster: ClusterView, files: Files): InstalledBy => {
  const { root } = cluster.cluster;
  const isOperated = ['FluxInstance', 'ResourceSet', 'HelmRelease']
    .flatMap((kind) => ofKind(cluster, kind))
    .some(({ root: object }) => isFluxInstance(object) || isKind(object, groups.operator, 'ResourceSet') || isOperatorChart(object));
  if (isOperated || root.evidence === 'flux-instance') return 'flux operator';
  const folder = fluxFolder(cluster);
  const isBootstrapped = folder !== undefined && files.list(folder)?.some((name) => /^gotk-(components|sync)\.ya?ml$/.test(name));
  return isBootstrapped ? 'flux bootstrap' : 'unknown';
};

const isOperatorChart = (root: MapNode): boolean => {
  if (!isHelmRelease(root)) return false;
  const chart = stringAt(root, 'spec', 'chart', 'spec', 'chart') ?? stringAt(root, 'spec', 'chartRef', 'name');
  return chart === 'flux-instance' || chart === 'flux-operator';
};
