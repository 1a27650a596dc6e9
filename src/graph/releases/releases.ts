/** What HelmReleases install, as far as the repository shows it. */
import type { Files } from '../../files/files.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { addToGroup } from '../../model/grouped.ts';
import { memo } from '../../model/memo.ts';
import type { StepProblem } from '../../model/problem.ts';
import type { MapNode } from '../../yaml/node.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { Clusters } from '../clusters/clusters.ts';
import { instanceIn } from '../clusters/flux-instance.ts';
import type { AppliedView, HelmReleaseView } from '../clusters/views.ts';
import { type ValuesVerdict, valuesVerdict } from './chart-values.ts';
import { chartAt, filesOfChart, ignoresMissing, type LocalChart, type LocalDependency, localChart, localDependencies } from './charts.ts';
import { type InstancePatches, instancePatches } from './instance-patches.ts';
import { postRendererProblems } from './post-renderers.ts';
import { type Storage, storageOf } from './storage.ts';

export interface Releases {
  /** Where Helm keeps its record; undefined where that is not known. */
  readonly storageOf: (release: HelmReleaseView) => Storage | undefined;
  /** What kustomize refuses of its post-renderers. */
  readonly postRendererProblems: (release: HelmReleaseView) => readonly StepProblem[];
  /** The patches of a FluxInstance, or of the release of its chart. */
  readonly instancePatches: (object: AppliedView) => InstancePatches;
  /** Its chart, where the files of it are at hand. */
  readonly chartOf: (release: HelmReleaseView) => LocalChart | undefined;
  /** What the schema of its chart says of its values; undefined where that is not at hand. */
  readonly valuesVerdict: (release: HelmReleaseView) => ValuesVerdict | undefined;
  /** The Chart.yaml of a directory of a source. */
  readonly metadataAt: (artifact: LocalChart['artifact'], path: string) => MapNode | undefined;
  /** Charts in the same source that it is packaged with. */
  readonly dependenciesOf: (chart: LocalChart) => readonly LocalDependency[];
  /** Whether a chart is made without values files that are not there. */
  readonly ignoresMissing: (chart: LocalChart) => boolean;
  /** The names of the files that its chart is made of, as spans carry them; empty where they are not at hand. */
  readonly filesOf: (release: HelmReleaseView) => ReadonlySet<string>;
  /** Every file of a chart, in the order of clusters and releases. */
  readonly files: () => readonly string[];
  /** The releases whose charts a file is part of. */
  readonly installing: (path: string) => readonly HelmReleaseView[];
}

export interface ReleasesInput {
  readonly files: Files;
  readonly parse: ParseFile;
  readonly clusters: Clusters;
}

export const createReleases = ({ files, parse, clusters }: ReleasesInput): Releases => {
  const chartOf = memo((release: HelmReleaseView) => localChart(release, clusters, parse));
  const rootsOf = memo((cluster: ClusterView) => cluster.cluster.objects.map(({ root }) => root));
  const filesOf = memo((release: HelmReleaseView): ReadonlySet<string> => {
    const chart = chartOf(release);
    return new Set(chart && filesOfChart(chart, parse).map(({ path }) => path));
  });
  let byFile: Map<string, [HelmReleaseView, ...HelmReleaseView[]]> | undefined;
  const releasesByFile = () => {
    if (byFile) return byFile;
    byFile = new Map();
    for (const cluster of clusters.all)
      for (const release of cluster.releases) for (const path of filesOf(release)) addToGroup(byFile, path, release);
    return byFile;
  };
  return {
    storageOf: memo(storageOf),
    postRendererProblems: (release) => postRendererProblems(release, files),
    instancePatches: memo((object: AppliedView) => {
      const cluster = clusters.get(object.cluster);
      return instancePatches(object, instanceIn(object.root, cluster ? rootsOf(cluster) : [], parse), files);
    }),
    chartOf,
    valuesVerdict: (release) => {
      const chart = chartOf(release);
      return chart && valuesVerdict({ release, chart, clusters, parse });
    },
    metadataAt: (artifact, path) => chartAt(path, artifact, parse).metadata,
    dependenciesOf: localDependencies,
    ignoresMissing,
    filesOf,
    files: () => [...releasesByFile().keys()],
    installing: (path) => releasesByFile().get(path) ?? [],
  };
};
