import type { Cluster, RootEvidence } from '../../flux/evaluation.ts';
import { isHelmRelease, isSource } from '../../flux/kinds.ts';
import type { Environments, EnvironmentVerdict } from '../environments/environments.ts';
import type { AppliedView, HelmReleaseView, KustomizationView, SourceView, Views } from './views.ts';

/** A cluster and what ends up in it. */
export interface ClusterView {
  readonly name: string;
  readonly cluster: Cluster;
  readonly environment: EnvironmentVerdict | undefined;
  readonly kustomizations: readonly KustomizationView[];
  /** Who applies objects to it: Terraform, and the Kustomizations. */
  readonly appliers: readonly KustomizationView[];
  readonly objects: readonly AppliedView[];
  readonly sources: readonly SourceView[];
  /** HelmReleases that its own helm-controller reconciles. */
  readonly ownReleases: readonly HelmReleaseView[];
  /** HelmReleases that install into it. */
  readonly releases: readonly HelmReleaseView[];
}

/** Whether something shows a cluster to be one: what bootstrap or the operator leaves, or the configuration. */
export const isProven = ({ cluster }: ClusterView): boolean => proofs.has(cluster.root.evidence);

const proofs: ReadonlySet<RootEvidence> = new Set(['config', 'bootstrap', 'self-applied', 'flux-instance', 'terraform', 'declared']);

/** Its objects and sources are made when they are asked for: not every command looks at them. */
export const createClusterView = (cluster: Cluster, environments: Environments, views: Views): ClusterView => {
  let objects: readonly AppliedView[] | undefined;
  let sources: readonly SourceView[] | undefined;
  return {
    name: cluster.name,
    cluster,
    environment: environments.ofCluster(cluster),
    kustomizations: cluster.kustomizations.filter(({ isTerraform }) => !isTerraform).map(views.kustomization),
    appliers: cluster.kustomizations.map(views.kustomization),
    get objects() {
      objects ??= cluster.objects.map(views.object);
      return objects;
    },
    get sources() {
      sources ??= cluster.objects.filter(({ root }) => isSource(root)).map(views.source);
      return sources;
    },
    ownReleases: cluster.objects.filter(({ root }) => isHelmRelease(root)).map(views.helmRelease),
    releases: cluster.releases.map(views.helmRelease),
  };
};
