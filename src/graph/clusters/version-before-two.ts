import type { Files } from '../../files/files.ts';
import type { ClusterView } from './cluster-view.ts';
import { fluxFolder } from './lockdown.ts';

/** The minor of a Flux before 2.0 (`0.41`, the last), by what `flux bootstrap` wrote into gotk-components.yaml: its header or its labels. */
export const versionBeforeTwo = (cluster: ClusterView, files: Files): string | undefined => {
  const folder = cluster.cluster.fluxVersion === undefined ? fluxFolder(cluster) : undefined;
  const text = folder === undefined ? undefined : files.file(`${folder}/gotk-components.yaml`)?.text;
  return text === undefined ? undefined : versions.map((version) => version.exec(text)?.[1]).find((found) => found !== undefined);
};

const versions: readonly RegExp[] = [/^#\s*Flux Version:\s*v?(0\.\d+)/m, /app\.kubernetes\.io\/version:\s*["']?v?(0\.\d+)/];
