import { type Files, joinPath } from '../../files/files.ts';
import type { ClusterView } from './cluster-view.ts';
import type { Clusters } from './clusters.ts';

/** The file that shows a cluster to be one; `files` has those that flux bootstrap leaves without an object in them. */
export const evidenceFile = ({ name, cluster, kustomizations }: ClusterView, clusters: Clusters, files: Files): string | undefined => {
  const { evidence, sync, directory, shownBy } = cluster.root;
  switch (evidence) {
    case 'bootstrap':
      return sync.written?.span.path ?? gotkFiles.map((file) => joinPath(directory, file)).find((path) => path && files.file(path));
    case 'flux-instance':
      return (sync.source ?? sync.written)?.span.path;
    case 'layout':
      return kustomizations.find(({ parent }) => parent !== undefined)?.root.span.path;
    case 'remote': {
      const deploying = clusters.all
        .flatMap((other) => other.kustomizations)
        .find(({ target, cluster: own }) => target === name && own !== name);
      return (deploying ?? cluster.releases[0])?.root.span.path;
    }
    case 'self-applied':
    case 'terraform':
    case 'declared':
      return shownBy;
    case 'config':
    case 'unreached':
      return undefined;
    default:
      return evidence satisfies never;
  }
};

const gotkFiles = ['gotk-sync.yaml', 'gotk-sync.yml', 'gotk-components.yaml', 'gotk-components.yml'].map((name) => `flux-system/${name}`);
