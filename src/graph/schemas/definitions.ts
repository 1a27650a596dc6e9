import { isFluxObject } from '../../flux/kinds.ts';
import { groupOf } from '../../kube/object-view.ts';
import { kubernetesKindsOf } from '../../kube/schema/kubernetes/served-kinds.ts';
import { readable } from '../../kube/view.ts';
import { grouped } from '../../model/grouped.ts';
import { memo } from '../../model/memo.ts';
import { type MapNode, stringAt } from '../../yaml/node.ts';
import { ofKind } from '../clusters/by-kind.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { AppliedView, HelmReleaseView } from '../clusters/views.ts';
import { definedGroups } from './chart-definitions.ts';

/** What brings the definition of a custom resource into a cluster. */
export interface Definitions {
  /** CustomResourceDefinitions by `group/Kind`. */
  readonly written: ReadonlyMap<string, readonly AppliedView[]>;
  /** HelmReleases whose chart is known to bring definitions, by group. */
  readonly charts: ReadonlyMap<string, readonly HelmReleaseView[]>;
}

/** Remembered for each cluster: clusters never change. */
export const definitionsOf = memo((cluster: ClusterView): Definitions => {
  const written = grouped(ofKind(cluster, 'CustomResourceDefinition'), ({ root }) => definedKind(root));
  const brought = cluster.releases.flatMap((release) => {
    const chart = chartName(release, cluster);
    return chart === undefined ? [] : definedGroups(chart, release.root).map((group) => ({ group, release }));
  });
  const charts = new Map([...grouped(brought, ({ group }) => group)].map(([group, items]) => [group, items.map(({ release }) => release)]));
  return { written, charts };
});

/** `group/Kind` that a CustomResourceDefinition defines. */
const definedKind = (root: MapNode): string => `${stringAt(root, 'spec', 'group') ?? ''}/${stringAt(root, 'spec', 'names', 'kind') ?? ''}`;

/** `group/Kind` of a custom resource; undefined for what Kubernetes and Flux define themselves. */
export const customKind = (root: MapNode): string | undefined => {
  const group = groupOf(stringAt(root, 'apiVersion') ?? '');
  const kind = stringAt(root, 'kind') ?? '';
  return kubernetesKindsOf(group).length > 0 || isFluxObject(root) ? undefined : `${group}/${kind}`;
};

/** The chart's name, or the last part of the address that an OCIRepository has it from. */
const chartName = (release: HelmReleaseView, cluster: ClusterView): string | undefined =>
  readable(() => {
    const { chart, chartRef } = release.spec;
    if (chart?.spec?.chart !== undefined) return chart.spec.chart.split('/').at(-1);
    const namespace = chartRef?.namespace ?? release.namespace;
    const source = cluster.sources.find(
      ({ kind, name, namespace: place }) => kind === chartRef?.kind && name === chartRef.name && place === namespace,
    );
    return source?.spec.url?.split('/').at(-1);
  });
