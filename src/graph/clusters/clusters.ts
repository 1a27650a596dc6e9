/** Which clusters there are, what ends up in them, and what is known of their controllers. */
import type { Config } from '../../config/config.ts';
import type { Files } from '../../files/files.ts';
import type { AppliedKustomization, Cluster } from '../../flux/evaluation.ts';
import type { FluxMinor, KubernetesMinor } from '../../kube/schema/minor.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { memo, memoByText } from '../../model/memo.ts';
import type { Environments } from '../environments/environments.ts';
import { namesakesIn } from './by-kind.ts';
import { type ClusterView, createClusterView } from './cluster-view.ts';
import { type ControllerArguments, createControllerArguments } from './controller-arguments.ts';
import { type DoubleOwners, doubleOwners } from './double-owners.ts';
import { fluxInstances, type InstanceOfCluster } from './flux-instance.ts';
import { type InstalledBy, installedBy } from './installed-by.ts';
import { createShards, type InstalledControllers, installedControllers, type Shards } from './installed-controllers.ts';
import { createKubernetesVersions } from './kubernetes-version.ts';
import { type Lockdown, lockdownOf } from './lockdown.ts';
import { versionBeforeTwo } from './version-before-two.ts';
import { type AppliedView, createViews, type KustomizationView } from './views.ts';

export interface Clusters {
  readonly all: readonly ClusterView[];
  readonly get: (name: string) => ClusterView | undefined;
  /** What no cluster applies, each build by itself; in no other answer. */
  readonly unreached: ClusterView | undefined;
  readonly kustomization: (cluster: string, namespace: string, name: string) => KustomizationView | undefined;
  readonly kustomizationsNamed: (cluster: string, name: string) => readonly KustomizationView[];
  /** An applied Kustomization as rules see it: always the same view. */
  readonly viewOf: (kustomization: AppliedKustomization) => KustomizationView;
  /** Objects of a kind and name in a cluster, in whatever namespace. */
  readonly namesakes: (cluster: string, kind: string, name: string) => readonly AppliedView[];
  /** Pairs of Kustomizations that apply the same objects to a cluster. */
  readonly doubleOwners: (cluster: ClusterView) => readonly DoubleOwners[];
  /** Whether a cluster is production, or what the configuration protects. */
  readonly isProtected: (cluster: string) => boolean;
  /** Whether a cluster runs on somebody's own machine. */
  readonly isLocal: (cluster: string) => boolean;
  /** The Flux minor on a cluster; undefined where the repository does not show which it is. */
  readonly fluxMinor: (cluster: string) => FluxMinor | undefined;
  /** The Kubernetes minor of a cluster; undefined where the repository does not show which it is. */
  readonly kubernetesMinor: (cluster: string) => KubernetesMinor | undefined;
  /** The Flux on a cluster, where it is older than 2.0: `0.41`. */
  readonly versionBeforeTwo: (cluster: string) => string | undefined;
  /** Who installs Flux on a cluster. */
  readonly installedBy: (cluster: ClusterView) => InstalledBy;
  /** Which controllers of Flux a cluster has; undefined where its objects do not show that. */
  readonly installedControllers: (cluster: ClusterView) => InstalledControllers | undefined;
  /** The FluxInstances of a cluster, however they are made; the one by which it was found, where nothing here applies one. */
  readonly instances: (cluster: ClusterView) => readonly InstanceOfCluster[];
  /** The shards of a controller, where none of it watches everything. */
  readonly shards: (cluster: ClusterView, controller: string) => Shards | undefined;
  /** What a cluster's controllers are told about tenants. */
  readonly lockdown: (cluster: ClusterView) => Lockdown;
  /** What a cluster's controllers are started with. */
  readonly controllers: ControllerArguments;
}

export interface ClustersInput {
  readonly clusters: readonly Cluster[];
  readonly unreached: Cluster | undefined;
  readonly environments: Environments;
  readonly config: Config;
  readonly files: Files;
  readonly parse: ParseFile;
}

export const createClusters = ({ clusters, unreached, environments, config, files, parse }: ClustersInput): Clusters => {
  const views = createViews();
  const byName = new Map(clusters.map((cluster) => [cluster.name, createClusterView(cluster, environments, views)] as const));
  const unreachedView = unreached && createClusterView(unreached, environments, views);
  const kubernetesVersion = createKubernetesVersions({ config, files, clusters: () => [...byName.values()] });
  const instances = memo((cluster: ClusterView) => fluxInstances(cluster, parse));
  const kustomizationsOf = (cluster: string) => byName.get(cluster)?.kustomizations ?? [];
  const kustomizationsById = memoByText((cluster) => new Map(kustomizationsOf(cluster).map((view) => [view.id, view] as const)));
  return {
    all: [...byName.values()],
    get: (name) => byName.get(name) ?? (name === '' ? unreachedView : undefined),
    unreached: unreachedView,
    kustomization: (cluster, namespace, name) => kustomizationsById(cluster).get(`${namespace}/${name}`),
    kustomizationsNamed: (cluster, name) => kustomizationsOf(cluster).filter((view) => view.name === name),
    viewOf: views.kustomization,
    namesakes: (name, kind, wanted) => {
      const cluster = byName.get(name);
      return cluster ? namesakesIn(cluster, kind, wanted) : [];
    },
    doubleOwners: memo(doubleOwners),
    isProtected: (name) => {
      const environment = byName.get(name)?.environment?.environment;
      return environment !== undefined && environments.isProtected(environment);
    },
    isLocal: (name) => {
      const view = byName.get(name);
      return view !== undefined && environments.isLocal(view.cluster);
    },
    fluxMinor: (name) => {
      const version = byName.get(name)?.cluster.fluxVersion;
      return version?.isExact ? `2.${version.minor}` : undefined;
    },
    kubernetesMinor: (name) => {
      const cluster = byName.get(name);
      return cluster && kubernetesVersion(cluster)?.minor;
    },
    versionBeforeTwo: memoByText((name) => {
      const cluster = byName.get(name);
      return cluster && versionBeforeTwo(cluster, files);
    }),
    installedBy: memo((cluster: ClusterView) => installedBy(cluster, files)),
    installedControllers: memo((cluster: ClusterView) => installedControllers(cluster, instances(cluster))),
    instances,
    shards: createShards(instances),
    lockdown: memo((cluster: ClusterView) => lockdownOf(cluster, instances(cluster), { files, parse })),
    controllers: createControllerArguments(files, parse),
  };
};
