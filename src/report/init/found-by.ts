import type { DetectedCluster } from '../../graph/detected.ts';

/** How a cluster shows, and in which file. */
export const foundBy = (cluster: DetectedCluster): string => {
  const how = words(cluster);
  return cluster.file === undefined ? how : `${how}: ${cluster.file}`;
};

const words = ({ evidence, hub }: DetectedCluster): string => {
  switch (evidence) {
    case 'bootstrap':
      return 'flux bootstrap';
    case 'flux-instance':
      return 'FluxInstance';
    case 'layout':
      return 'folder with Kustomizations';
    case 'self-applied':
      return 'a Kustomization applies the directory that holds it';
    case 'terraform':
      return 'Terraform makes what syncs it';
    case 'declared':
      return 'a script, Terraform or a cloud names it';
    case 'unreached':
      return 'nothing applies it';
    case 'remote':
      return `deployed to by ${hub}`;
    case 'config':
      return 'configuration';
    default:
      return evidence satisfies never;
  }
};
