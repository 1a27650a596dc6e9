/** Charts whose files are at hand: from a GitRepository or Bucket that resolves to a tree here. */
import { type File, isWithin } from '../../files/files.ts';
import { clampedPath } from '../../flux/clamped-path.ts';
import type { Artifact } from '../../flux/evaluation.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { child, isMap, isScalar, isTrue, itemsOf, type MapNode, type Node, type ScalarNode, stringAt } from '../../yaml/node.ts';
import { holdsUnknown } from '../../yaml/unknown.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { HelmReleaseView, ObjectView } from '../clusters/views.ts';

export interface LocalChart {
  /** The HelmRelease or HelmChart that asks for it, and where in it. */
  readonly asked: ObjectView;
  readonly pointer: string;
  readonly artifact: Artifact & { readonly type: 'mapped' };
  /** In the artifact. */
  readonly path: string;
  readonly what: 'directory' | 'archive' | 'missing';
  /** Chart.yaml of a directory, and what stands in it. */
  readonly file: File | undefined;
  readonly metadata: MapNode | undefined;
  readonly version: ScalarNode | undefined;
  readonly valuesFiles: readonly ValuesFile[];
  /** Every change of its files makes a new chart, whatever its version. */
  readonly followsRevision: boolean;
}

export interface ValuesFile {
  readonly written: string;
  /** In the artifact. */
  readonly path: string;
  readonly pointer: string;
  readonly file: File | undefined;
}

export const localChart = (release: HelmReleaseView, clusters: Clusters, parse: ParseFile): LocalChart | undefined => {
  const template = templateOf(release, clusters);
  const spec = template?.asked.node(template.pointer);
  if (!template || !isMap(spec)) return undefined;
  const [kind, name, chart] = [stringAt(spec, 'sourceRef', 'kind'), stringAt(spec, 'sourceRef', 'name'), stringAt(spec, 'chart')];
  if ((kind !== 'GitRepository' && kind !== 'Bucket') || name === undefined || chart === undefined || chart.includes('${'))
    return undefined;
  const namespace = stringAt(spec, 'sourceRef', 'namespace') ?? template.asked.namespace ?? '';
  const artifact = clusters.get(release.cluster)?.cluster.artifactOf({ kind, namespace, name, path: chart });
  if (artifact?.type !== 'mapped') return undefined;
  return { ...template, artifact, ...chartAt(chart, artifact, parse), ...valuesOf(spec, template.pointer, artifact) };
};

/** `spec.chart.spec`, or the HelmChart that `chartRef` names. */
const templateOf = (release: HelmReleaseView, clusters: Clusters): Pick<LocalChart, 'asked' | 'pointer'> | undefined => {
  if (release.node('/spec/chart/spec') !== undefined) return { asked: release, pointer: '/spec/chart/spec' };
  const reference = release.node('/spec/chartRef');
  if (stringAt(reference, 'kind') !== 'HelmChart') return undefined;
  const namespace = stringAt(reference, 'namespace') ?? release.namespace;
  const asked = clusters
    .namesakes(release.cluster, 'HelmChart', stringAt(reference, 'name') ?? '')
    .find((candidate) => candidate.namespace === namespace);
  return asked && { asked, pointer: '/spec' };
};

/**
 * fluxcd/source-controller: internal/controller/helmchart_controller.go (`buildFromTarballArtifact`) joins the path safely
 * to the root of the artifact; internal/helm/chart/metadata.go (`LoadChartMetadata`) takes a directory or an archive.
 */
const chartAt = (
  chart: string,
  { files }: LocalChart['artifact'],
  parse: ParseFile,
): Pick<LocalChart, 'path' | 'what' | 'file' | 'metadata' | 'version'> => {
  const path = clampedPath(chart);
  const at = files.resolve(path) ?? path;
  const what = files.file(path) ? 'archive' : path === '' || files.list(at) ? 'directory' : 'missing';
  const file = what === 'directory' ? files.file(path === '' ? 'Chart.yaml' : `${path}/Chart.yaml`) : undefined;
  const root = file && parse(file).documents[0]?.root;
  const metadata = isMap(root) ? root : undefined;
  const version = child(metadata, 'version');
  return { path, what, file, metadata, version: isScalar(version) ? version : undefined };
};

/**
 * internal/helm/chart/builder_local.go (`Build`, `mergeFileValues`): values files, too, are joined to the root of the
 * artifact, not to the chart. api/v1/helmchart_types.go: `ReconcileStrategyChartVersion` is the default.
 */
const valuesOf = (
  spec: MapNode,
  pointer: string,
  { files }: LocalChart['artifact'],
): Pick<LocalChart, 'valuesFiles' | 'followsRevision'> => {
  const followsRevision = stringAt(spec, 'reconcileStrategy') === 'Revision';
  const valuesFiles = itemsOf(child(spec, 'valuesFiles')).flatMap((item: Node, index) => {
    const written = stringAt(item);
    if (written === undefined || holdsUnknown(item) || written.includes('${')) return [];
    const path = clampedPath(written);
    return [{ written, path, pointer: `${pointer}/valuesFiles/${index}`, file: files.file(path) }];
  });
  return { valuesFiles, followsRevision };
};

/** Whether it installs without values files that are not there. */
export const ignoresMissing = ({ asked, pointer }: LocalChart): boolean => isTrue(asked.node(`${pointer}/ignoreMissingValuesFiles`));

/** What is packaged: the chart's files, and the values files; notes and hidden files install nothing. */
export const filesOfChart = ({ artifact: { files }, path, what, valuesFiles }: LocalChart): readonly File[] => {
  const values = valuesFiles.flatMap(({ file }) => file ?? []);
  if (what !== 'directory') return [...(what === 'archive' ? [files.file(path)] : []), ...values].flatMap((file) => file ?? []);
  const real = files.resolve(path) ?? path;
  const own = files.paths
    .filter((each) => isWithin(each, real) && !/\.md$|(^|\/)\.[^/]*$/i.test(each))
    .flatMap((each) => files.file(each) ?? []);
  return [...new Set([...own, ...values])];
};
