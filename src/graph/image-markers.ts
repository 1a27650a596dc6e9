import type { File } from '../files/files.ts';
import type { Reads } from '../kustomize/build.ts';
import type { ClusterView } from './graph.ts';

/** A line that image-automation-controller may rewrite: `# {"$imagepolicy": "billing:invoices"}`. */
export interface ImageMarker {
  readonly path: string;
  /** Of the marker's comment. */
  readonly start: number;
  readonly end: number;
  /** Namespace and name of the ImagePolicy. */
  readonly namespace: string;
  readonly policy: string;
}

const marker = /\{\s*"\$imagepolicy"\s*:\s*"([^":]+):([^":]+)(?::\w+)?"\s*\}/g;

/** The markers in files that a cluster's builds read; each file is looked through once in a run. */
export const createImageMarkers = (): ((cluster: ClusterView) => readonly ImageMarker[]) => {
  const ofFiles = new Map<string, readonly ImageMarker[]>();
  const ofClusters = new WeakMap<ClusterView, readonly ImageMarker[]>();
  const inFile = (file: File) => {
    const known = ofFiles.get(file.path) ?? markersIn(file);
    ofFiles.set(file.path, known);
    return known;
  };
  return (cluster) => {
    const known = ofClusters.get(cluster);
    if (known) return known;
    const files = new Map<string, File>();
    const seen = new Set<Reads>();
    for (const { content } of cluster.kustomizations) if (content.type === 'built') collect(content.build.reads, files, seen);
    const markers = [...files.values()].flatMap(inFile);
    ofClusters.set(cluster, markers);
    return markers;
  };
};

const collect = (reads: Reads, files: Map<string, File>, seen: Set<Reads>): void => {
  if (seen.has(reads)) return;
  seen.add(reads);
  for (const file of reads.kustomization ? [reads.kustomization, ...reads.files] : reads.files) files.set(file.path, file);
  for (const child of reads.children) collect(child.reads, files, seen);
};

const markersIn = ({ path, text }: File): readonly ImageMarker[] => {
  if (!text.includes('"$imagepolicy"')) return [];
  return [...text.matchAll(marker)].map((match) => ({
    path,
    start: match.index,
    end: match.index + match[0].length,
    namespace: match[1] ?? '',
    policy: match[2] ?? '',
  }));
};
