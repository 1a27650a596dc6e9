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

/** Undefined where there is no such path, or where it is not in this repository. */
export const namedFileAt = (analysis: Analysis, subject: Subject): NamedFile | undefined => {
  if (isKustomizationFile(subject.path)) return entryAt(analysis, subject);
  if (subject.pointer === '/spec/path') return directoryBuilt(analysis, subject);
  return subject.pointer === '/spec/chart/spec/chart' ? chartAt(analysis, subject) : undefined;
};

export const isKustomizationFile = (path: string): boolean => kustomizationNames.some((name) => name === baseName(path));

const entryAt = (analysis: Analysis, { path, document, node }: Subject): NamedFile | undefined => {
  if (!isMap(document)) return undefined;
  const entry = namedPaths(document).find((named) => named.node === node);
  return entry && namedFile(analysis, directoryOf(path), entry.path);
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

/** Of a Kustomization: what it builds in the first cluster that has it. */
const directoryBuilt = (analysis: Analysis, { objects }: Subject): NamedFile | undefined => {
  const object = objects.find(({ root }) => isKustomization(root));
  const view = object && analysis.graph.clusters.kustomization(object.cluster, object.namespace ?? '', object.name);
  if (view?.content.type !== 'built') return undefined;
  const { reads, directory } = { ...view.content.build, directory: view.content.directory };
  const file = reads.kustomization?.path;
  const manifests = view.objects.map(({ root }) => root.span.path).filter((path) => analysis.sources.isEditable(path));
  return { path: directory, files: file === undefined ? [...new Set(manifests)].sort() : [file] };
};

/** Of a HelmRelease: its chart, where that lies in this repository. */
const chartAt = ({ graph, sources }: Analysis, { objects }: Subject): NamedFile | undefined => {
  const releases = graph.clusters.all.flatMap((cluster) => cluster.releases);
  const release = releases.find(({ root }) => objects.some((object) => object.root === root));
  const file = release && graph.releases.chartOf(release)?.file?.path;
  return file !== undefined && sources.isEditable(file) ? { path: directoryOf(file), files: [file] } : undefined;
};
