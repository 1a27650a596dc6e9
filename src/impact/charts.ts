/** Changes of charts whose files are at hand: releases whose objects stay the same, and which are upgraded all the same. */
import type { ChangedFile } from '../files/changed-files.ts';
import { byText } from '../files/files.ts';
import type { AppliedView, HelmReleaseView, KustomizationView } from '../graph/clusters/views.ts';
import type { Graph } from '../graph/graph.ts';
import type { LocalChart } from '../graph/releases/charts.ts';
import type { Origin } from '../model/origin.ts';
import { toValue } from '../yaml/node.ts';
import type { FieldChange } from './changed-fields.ts';
import type { IdleChart } from './impact.ts';

export interface ChartChange {
  readonly fields: readonly FieldChange[];
  readonly causedBy: readonly string[];
  readonly at: Origin;
}

export interface ChartChanges {
  /** What changes the chart of a release, where Flux makes a new one of it. */
  readonly of: (release: AppliedView) => ChartChange | undefined;
  /** Whether some release of the Kustomization gets a new chart. */
  readonly reach: (kustomization: KustomizationView) => boolean;
  /** Charts of which nothing new is made. */
  readonly idle: readonly IdleChart[];
}

export interface ChartChangesInput {
  readonly base: Graph;
  readonly head: Graph;
  readonly changes: readonly ChangedFile[];
  readonly basePrefix: string;
}

/**
 * fluxcd/source-controller: internal/helm/chart/builder_local.go (`Build`) keeps the chart it has while the version in
 * Chart.yaml is the same, but with `reconcileStrategy: Revision`, or where the HelmChart itself changed (`Force`).
 */
export const createChartChanges = ({ base, head, changes, basePrefix }: ChartChangesInput): ChartChanges => {
  const now = new Map(changes.map(({ path }) => [path, path] as const));
  const before = new Map(changes.map(({ path, from }) => [from ?? path, path] as const));
  const changedAt = (path: string) => (path.startsWith(basePrefix) ? before.get(path.slice(basePrefix.length)) : now.get(path));
  const earlier = new Map(releasesOf(base).map((release) => [keyOf(release), release] as const));
  const made = new Map<string, ChartChange>();
  const owners = new Set<KustomizationView>();
  const idle: IdleChart[] = [];
  for (const release of changes.length === 0 ? [] : releasesOf(head)) {
    const known = earlier.get(keyOf(release));
    const [chart, was] = [head.releases.chartOf(release), known && base.releases.chartOf(known)];
    if (!known || !chart || !was) continue;
    const paths = [...head.releases.filesOf(release), ...base.releases.filesOf(known)];
    const causedBy = [...new Set(paths.flatMap((path) => changedAt(path) ?? []))].sort(byText);
    if (causedBy.length === 0) continue;
    if (isMadeAnew(was, chart)) {
      made.set(keyOf(release), chartChange(was, chart, causedBy));
      owners.add(release.owner);
    } else if (chart.version) idle.push({ release, version: chart.version.text, files: causedBy, versionAt: chart.version });
  }
  return { of: (release) => made.get(keyOf(release)), reach: (kustomization) => owners.has(kustomization), idle };
};

/** One that is installed on several clusters stands in each of them; the cluster it is written to is its own. */
const releasesOf = (graph: Graph): readonly HelmReleaseView[] => graph.clusters.all.flatMap(({ releases }) => releases);

const keyOf = ({ cluster, kind, namespace, name }: AppliedView): string => JSON.stringify([cluster, kind, namespace ?? '', name]);

const isMadeAnew = (was: LocalChart, chart: LocalChart): boolean =>
  chart.followsRevision ||
  chart.what !== 'directory' ||
  was.what !== 'directory' ||
  chart.version?.text !== was.version?.text ||
  askedOf(chart) !== askedOf(was);

const askedOf = ({ asked, pointer }: LocalChart): string => {
  const node = asked.node(pointer);
  return node === undefined ? '' : JSON.stringify(toValue(node));
};

const chartChange = (was: LocalChart, chart: LocalChart, causedBy: readonly string[]): ChartChange => {
  const [path = ''] = causedBy;
  const isRaised = chart.version && chart.version.text !== was.version?.text;
  return {
    fields: [{ pointer: chart.pointer === '/spec' ? '/spec/chartRef' : chart.chartPointer, base: was.version, head: chart.version }],
    causedBy,
    at: isRaised && chart.version ? { span: chart.version.span, via: [] } : { span: { path, start: 0, end: 0 }, via: [] },
  };
};
