/** What a path under the cursor means: an entry of a kustomization file, the directory of a Kustomization, a chart. */
import { baseName, directoryOf, joinPath } from '../../files/files.ts';
import { isKustomization } from '../../flux/kinds.ts';
import { kustomizationNames } from '../../kustomize/file/kustomization.ts';
import { namedPaths } from '../../kustomize/file/named-paths.ts';
import { isMap } from '../../yaml/node.ts';
import type { Analysis } from '../session/session.ts';
import type { Subject } from './subject.ts';

export interface NamedFile {
  /** The file, or the directory. */
  readonly path: string;
  /** The file itself; of a directory its kustomization file, else the manifests that Flux takes from it. */
  readonly files: readonly string[];
}

/** One for each place that it leads to in some cluster; none where there is no such path, or it is not in this repository. */
export const namedFilesAt = (analysis: Analysis, subject: Subject): readonly NamedFile[] => {
  if (isKustomizationFile(subject.path)) return entryAt(analysis, subject);
  if (subject.pointer === '/spec/path') return directoriesBuilt(analysis, subject);
  return subject.pointer === '/spec/chart/spec/chart' ? chartsAt(analysis, subject) : [];
};

export const isKustomizationFile = (path: string): boolean => kustomizationNames.some((name) => name === baseName(path));

const entryAt = (analysis: Analysis, { path, document, node }: Subject): readonly NamedFile[] => {
  const entry = isMap(document) ? namedPaths(document).find((named) => named.node === node) : undefined;
  const file = entry && namedFile(analysis, directoryOf(path), entry.path);
  return file ? [file] : [];
};

/** What a path in a kustomization file, as seen from its directory, means. */
export const namedFile = ({ files }: Analysis, directory: string, named: string): NamedFile | undefined => {
  const path = joinPath(directory, named);
  const entry = path === undefined ? undefined : files.entry(path);
  if (path === undefined || entry === undefined) return undefined;
  if (entry !== 'directory') return { path, files: [path] };
  const file = kustomizationNames.map((name) => (path === '' ? name : `${path}/${name}`)).find((name) => files.entry(name) !== undefined);
  return { path, files: file === undefined ? [] : [file] };
};

/** Of a Kustomization: what it builds in each cluster, by the directory. */
const directoriesBuilt = ({ graph, sources }: Analysis, { objects }: Subject): readonly NamedFile[] => {
  const found = new Map<string, NamedFile>();
  for (const object of objects.filter(({ root }) => isKustomization(root))) {
    const view = graph.clusters.kustomization(object.cluster, object.namespace ?? '', object.name);
    if (view?.content.type !== 'built') continue;
    const { build, directory } = view.content;
    const file = build.reads.kustomization?.path;
    const manifests = view.objects.map(({ root }) => root.span.path).filter((path) => sources.isEditable(path));
    found.set(directory, { path: directory, files: file === undefined ? [...new Set(manifests)].sort() : [file] });
  }
  return [...found.values()];
};

/** Of a HelmRelease: its chart, where that lies in this repository. */
const chartsAt = ({ graph, sources }: Analysis, { objects }: Subject): readonly NamedFile[] => {
  const releases = graph.clusters.all.flatMap((cluster) => cluster.releases);
  const files = releases
    .filter(({ root }) => objects.some((object) => object.root === root))
    .flatMap((release) => graph.releases.chartOf(release)?.file?.path ?? []);
  return [...new Set(files)].filter((file) => sources.isEditable(file)).map((file) => ({ path: directoryOf(file), files: [file] }));
};
