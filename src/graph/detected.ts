/** What a repository tells by itself: what whoever writes its configuration need not say. */
import { byText, type Files } from '../files/files.ts';
import type { ClusterRoot } from '../flux/evaluation.ts';
import { isKustomization } from '../flux/kinds.ts';
import { withoutCredentials } from '../flux/source/source-url.ts';
import { child } from '../yaml/node.ts';
import { evidenceFile } from './clusters/cluster-evidence.ts';
import type { ClusterView } from './clusters/cluster-view.ts';
import type { EnvironmentVerdict } from './environments/environments.ts';
import type { Graph } from './graph.ts';
import { rootReaders } from './reach/root-readers.ts';
import type { UnmappedRepository } from './sources/unmapped-repositories.ts';

export interface Detected {
  /** In the order of their names. */
  readonly clusters: readonly DetectedCluster[];
  /** Files with whole Kustomizations that no cluster reads. */
  readonly unapplied: readonly string[];
  /** In the order of promotion. */
  readonly environments: readonly DetectedEnvironment[];
  readonly tenants: readonly DetectedTenant[];
  /** Other repositories whose content is not at hand. */
  readonly unmapped: readonly UnmappedRepository[];
  /** Kustomizations that would take a YAML file in the root for a manifest, as the configuration is one. */
  readonly readers: readonly string[];
}

export interface DetectedCluster {
  readonly name: string;
  readonly directory: string;
  readonly evidence: ClusterRoot['evidence'];
  /** The file that shows it. */
  readonly file: string | undefined;
  readonly environment: EnvironmentVerdict | undefined;
  readonly isProtected: boolean;
  /** The cluster that deploys to it. */
  readonly hub: string | undefined;
}

export interface DetectedEnvironment {
  readonly name: string;
  readonly clusters: readonly string[];
  readonly isProtected: boolean;
}

export interface DetectedTenant {
  readonly name: string;
  /** Continues "a tenant, because …". */
  readonly because: string;
  /** `namespace/name` of the Kustomizations by which its content comes in. */
  readonly kustomizations: readonly string[];
  readonly namespaces: readonly string[];
}

/** @param files the root's own view, for the files that flux bootstrap leaves without objects in them */
export const detect = (graph: Graph, files: Files): Detected => {
  const clusters = graph.clusters.all.map((view) => detectedCluster(view, graph, files));
  return {
    clusters,
    unapplied: unappliedIn(graph),
    environments: environmentsOf(clusters, graph),
    tenants: tenantsOf(graph),
    unmapped: graph.sources.unmapped(),
    readers: rootReaders(graph.clusters.all, files),
  };
};

const unappliedIn = ({ evaluation, reach }: Graph): readonly string[] => {
  const whole = evaluation.written.filter(({ root }) => isKustomization(root) && child(root, 'spec', 'sourceRef') !== undefined);
  return [...new Set(whole.map(({ path }) => path))].filter((path) => reach.readers(path).length === 0);
};

const detectedCluster = (view: ClusterView, graph: Graph, files: Files): DetectedCluster => {
  const { name, cluster, environment } = view;
  const { directory, evidence } = cluster.root;
  const file = evidenceFile(view, graph.clusters, files);
  return { name, directory, evidence, file, environment, isProtected: graph.clusters.isProtected(name), hub: cluster.hub };
};

const environmentsOf = (clusters: readonly DetectedCluster[], graph: Graph): readonly DetectedEnvironment[] => {
  const names = clusters.flatMap(({ environment }) => environment?.environment ?? []);
  return graph.environments.inPromotionOrder(names).map((name) => ({
    name,
    clusters: clusters.filter(({ environment }) => environment?.environment === name).map((cluster) => cluster.name),
    isProtected: graph.environments.isProtected(name),
  }));
};

const tenantsOf = (graph: Graph): readonly DetectedTenant[] => {
  const found = new Map<string, { readonly because: string; readonly kustomizations: Set<string>; readonly namespaces: Set<string> }>();
  for (const view of graph.clusters.all.flatMap(({ kustomizations }) => kustomizations)) {
    const tenant = graph.tenants.of(view);
    if (tenant?.entry !== view) continue;
    const known = found.get(tenant.name) ?? {
      because: withoutCredentials(tenant.because),
      kustomizations: new Set(),
      namespaces: new Set(),
    };
    found.set(tenant.name, known);
    known.kustomizations.add(view.id);
    for (const namespace of tenant.namespaces) known.namespaces.add(namespace);
  }
  return [...found]
    .sort(([a], [b]) => byText(a, b))
    .map(([name, { because, kustomizations, namespaces }]) => ({
      name,
      because,
      kustomizations: [...kustomizations].sort(byText),
      namespaces: [...namespaces].sort(byText),
    }));
};
