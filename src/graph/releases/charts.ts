/** Charts whose files are at hand: from a source that resolves to a tree here. */
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
  /** The field that says which chart it is. */
  readonly chartPointer: string;
  readonly artifact: Artifact & { readonly type: 'mapped' };
  /** In the artifact. */
  readonly path: string;
  /** `loose`: an artifact that is to be a chart, and has files beside the chart's directory. */
  readonly what: 'directory' | 'archive' | 'missing' | 'loose';
  /** Chart.yaml of a directory, and what stands in it. */
  readonly file: File | undefined;
  readonly metadata: MapNode | undefined;
  readonly version: ScalarNode | undefined;
  readonly valuesFiles: readonly ValuesFile[];
  /** Every change of its files makes a new chart, whatever its version. */
  readonly followsRevision: boolean;
}

/** The path of what lies in a directory of an artifact, the root included. */
export const pathIn = (directory: string, name: string): string => (directory === '' ? name : `${directory}/${name}`);

export interface ValuesFile {
  readonly written: string;
  /** In the artifact. */
  readonly path: string;
  readonly pointer: string;
  readonly file: File | undefined;
}

export const localChart = (release: HelmReleaseView, clusters: Clusters, parse: ParseFile): LocalChart | undefined => {
  const byReference = referredChart(release, clusters, parse);
  if (byReference) return byReference;
  const template = templateOf(release, clusters);
  const spec = template?.asked.node(template.pointer);
  if (!template || !isMap(spec)) return undefined;
  const [kind, name, chart] = [stringAt(spec, 'sourceRef', 'kind'), stringAt(spec, 'sourceRef', 'name'), stringAt(spec, 'chart')];
  if ((kind !== 'GitRepository' && kind !== 'Bucket') || name === undefined || chart === undefined || chart.includes('${'))
    return undefined;
  const namespace = stringAt(spec, 'sourceRef', 'namespace') ?? template.asked.namespace ?? '';
  const artifact = clusters.get(release.cluster)?.cluster.artifactOf({ kind, namespace, name, path: chart });
  if (artifact?.type !== 'mapped') return undefined;
  const chartPointer = `${template.pointer}/chart`;
  return { ...template, chartPointer, artifact, ...chartAt(chart, artifact, parse), ...valuesOf(spec, template.pointer, artifact) };
};

/**
 * An artifact that is the chart by itself. helm-controller (internal/loader/artifact_url.go, `SecureLoadChartFromURL`) loads it as an
 * archive, in which every file lies in a directory (helm: pkg/chart/loader/archive/archive.go, `LoadArchiveFiles`: "chart yaml
 * not in base directory"). Of an OCIRepository the checkout stands for what was packaged, with that directory or without.
 */
const referredChart = (release: HelmReleaseView, clusters: Clusters, parse: ParseFile): LocalChart | undefined => {
  const reference = release.node('/spec/chartRef');
  const [kind, name] = [stringAt(reference, 'kind'), stringAt(reference, 'name')];
  if ((kind !== 'ExternalArtifact' && kind !== 'OCIRepository') || name === undefined) return undefined;
  const namespace = stringAt(reference, 'namespace') ?? release.namespace ?? '';
  const artifact = clusters.get(release.cluster)?.cluster.artifactOf({ kind, namespace, name });
  if (artifact?.type !== 'mapped' || artifact.assumed !== undefined) return undefined;
  const { files } = artifact;
  const folder = (files.list('') ?? []).find((entry) => files.file(`${entry}/Chart.yaml`)) ?? '';
  const isLoose = kind === 'ExternalArtifact' && files.paths.some((path) => !path.includes('/'));
  if (kind === 'OCIRepository' && folder === '' && !files.file('Chart.yaml')) return undefined;
  const common = { asked: release, pointer: '/spec/chartRef', chartPointer: '/spec/chartRef/name', artifact, followsRevision: true };
  return { ...common, valuesFiles: [], ...chartAt(folder, artifact, parse), ...(isLoose ? { what: 'loose' as const } : {}) };
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
export const chartAt = (
  chart: string,
  { files }: LocalChart['artifact'],
  parse: ParseFile,
): Pick<LocalChart, 'path' | 'what' | 'file' | 'metadata' | 'version'> => {
  const path = clampedPath(chart);
  const at = files.resolve(path) ?? path;
  const what = files.file(path) ? 'archive' : path === '' || files.list(at) ? 'directory' : 'missing';
  const file = what === 'directory' ? files.file(pathIn(path, 'Chart.yaml')) : undefined;
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

/** A dependency that lies in the same source, by `repository: file://...`. */
export interface LocalDependency {
  readonly name: string;
  /** Of its chart, in the artifact. */
  readonly path: string;
  readonly node: Node;
  /** It lies in the chart's own charts/, too, and nothing is fetched. */
  readonly isVendored: boolean;
}

/** fluxcd/source-controller: internal/helm/chart/dependency_manager.go (`secureLocalChartPath`). */
export const localDependencies = ({ metadata, path, artifact: { files } }: Pick<LocalChart, 'metadata' | 'path' | 'artifact'>) =>
  itemsOf(child(metadata, 'dependencies')).flatMap((node): readonly LocalDependency[] => {
    const [name, repository] = [stringAt(node, 'name') ?? '', stringAt(node, 'repository') ?? ''];
    if (!repository.startsWith('file://')) return [];
    const from = repository.slice('file://'.length);
    const vendored = files.list(pathIn(path, 'charts')) ?? [];
    const isVendored = vendored.some((entry) => entry === name || (entry.startsWith(`${name}-`) && entry.endsWith('.tgz')));
    return [{ name, path: clampedPath(from.startsWith('/') ? from : `${path}/${from}`), node, isVendored }];
  });

/** What is packaged: the chart's files, the values files, and local dependencies; notes and hidden files install nothing. */
export const filesOfChart = (chart: LocalChart, parse: ParseFile): readonly File[] => {
  const { artifact, path, what, valuesFiles } = chart;
  const { files } = artifact;
  const values = valuesFiles.flatMap(({ file }) => file ?? []);
  if (what !== 'directory') return [...(what === 'archive' ? [files.file(path)] : []), ...values].flatMap((file) => file ?? []);
  const found = new Set<string>();
  const directories = [path];
  for (const directory of directories) {
    const real = files.resolve(directory) ?? directory;
    for (const each of files.paths) if (isWithin(each, real) && !/\.md$|(^|\/)\.[^/]*$/i.test(each)) found.add(each);
    const { metadata } = chartAt(directory, artifact, parse);
    const dependencies = localDependencies({ metadata, path: directory, artifact }).filter(({ isVendored }) => !isVendored);
    for (const dependency of dependencies) if (!directories.includes(dependency.path)) directories.push(dependency.path);
  }
  return [...new Set([...[...found].flatMap((each) => files.file(each) ?? []), ...values])];
};
