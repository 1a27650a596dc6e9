import { byText, directoryOf } from '../files/files.ts';
import type { RootEvidence } from '../flux/evaluation.ts';
import { readable } from '../kube/view.ts';
import type { Reads } from '../kustomize/build.ts';
import type { ClusterView } from './clusters/cluster-view.ts';
import type { AppliedView, KustomizationView } from './clusters/views.ts';
import type { Graph } from './graph.ts';
import { assumedIn } from './sources/assumed.ts';

export type NodeType = 'cluster' | 'kustomization' | 'overlay' | 'file' | 'source' | 'helmrelease' | 'object';
export type EdgeType = 'applies' | 'builds' | 'reads' | 'sourceRef' | 'dependsOn' | 'substituteFrom' | 'patches';

export interface GraphNode {
  readonly id: string;
  readonly type: NodeType;
  readonly label: string;
  readonly path?: string;
  readonly environment?: string;
  readonly tenant?: string;
  /** Whether the content of a source or Kustomization is at hand. */
  readonly mapped?: boolean;
  /** Why a cluster is one, and the file that shows it. */
  readonly evidence?: { readonly type: RootEvidence; readonly file?: string };
  /** Why not everything is seen that it makes. */
  readonly unseen?: string;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly type: EdgeType;
}

export interface GraphData {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** What was taken for a source's content though nothing says that it is: sentences without their period. */
  readonly assumed: readonly string[];
}

/** The graph as nodes and edges with readable, stable ids, sorted; of the clusters that `includes` takes. */
export const exportGraph = (graph: Graph, includes: (cluster: string) => boolean): GraphData => {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  const node = (value: GraphNode) => {
    if (!nodes.has(value.id)) nodes.set(value.id, value);
    return value.id;
  };
  const edge = (from: string, to: string, type: EdgeType) => edges.set(`${from} ${type} ${to}`, { from, to, type });
  const seen = new Set<Reads>();
  const overlay = (reads: Reads): string => {
    const path = reads.kustomization ? directoryOf(reads.kustomization.path) : reads.directory;
    const id = node({ id: `overlay/${path}`, type: 'overlay', label: path || '.', path });
    if (seen.has(reads)) return id;
    seen.add(reads);
    const files = reads.kustomization ? [reads.kustomization, ...reads.files] : reads.files;
    for (const file of files) edge(id, node({ id: `file/${file.path}`, type: 'file', label: file.path, path: file.path }), 'reads');
    for (const child of reads.children) edge(id, overlay(child.reads), 'builds');
    return id;
  };

  for (const cluster of graph.clusters.all) {
    if (!includes(cluster.name)) continue;
    const clusterId = node(clusterNode(cluster));
    // What is known of a Kustomization is more than what is known of it as an object that another one applies.
    for (const view of cluster.appliers) node(kustomizationNode(view, graph));
    for (const [set, made] of generatedBy(cluster)) {
      const from = node(generatorNode(set, graph));
      for (const object of made) edge(from, node(objectNode(object)), 'applies');
    }
    for (const view of cluster.appliers) {
      const id = kustomizationId(view.cluster, view.id);
      if (view.parent === undefined) edge(clusterId, id, 'applies');
      if (view.content.type === 'built') edge(id, overlay(view.content.build.reads), 'builds');
      for (const object of view.objects) {
        const to = node(objectNode(object));
        // A root applies itself.
        if (to !== id) edge(id, to, 'applies');
      }
      for (const { to, type } of references(view, graph)) edge(id, to, type);
      if (view.target !== view.cluster) edge(id, `cluster/${view.target}`, 'applies');
    }
  }
  for (const cluster of graph.clusters.all) {
    // What a hub's Helm installs lands on the remote cluster.
    for (const release of cluster.cluster.hub === undefined ? [] : cluster.releases) {
      const from = objectNode(release).id;
      if (nodes.has(from)) edge(from, node(clusterNode(cluster)), 'applies');
    }
  }
  const shown = graph.secrets.text;
  return {
    nodes: [...nodes.values()]
      .map((each) => ({ ...each, id: shown(each.id), label: shown(each.label) }))
      .sort((a, b) => byText(a.id, b.id)),
    edges: [...edges.values()]
      .map((each) => ({ ...each, from: shown(each.from), to: shown(each.to) }))
      .sort((a, b) => byText(a.from, b.from) || byText(a.to, b.to) || byText(a.type, b.type)),
    assumed: assumedIn(graph.clusters.all.filter(({ name }) => includes(name))).map(shown),
  };
};

/** The ResourceSets of a cluster, each with what it makes. */
const generatedBy = ({ cluster, objects }: ClusterView): ReadonlyMap<AppliedView, readonly AppliedView[]> => {
  if (cluster.generators.length === 0) return new Map();
  const views = new Map(objects.map((view) => [view.root, view] as const));
  const made = new Map<AppliedView, AppliedView[]>();
  for (const { object } of cluster.generators) {
    const set = views.get(object.root);
    if (set) made.set(set, []);
  }
  for (const [index, { generator }] of cluster.objects.entries()) {
    const set = generator && views.get(generator);
    const view = objects[index];
    if (set && view) made.get(set)?.push(view);
  }
  return made;
};

const generatorNode = (set: AppliedView, graph: Graph): GraphNode => {
  const generated = graph.generators.of(set);
  const [error] = generated?.errors ?? [];
  const unseen = error?.message ?? (generated && graph.generators.unseen(generated)?.reason);
  return { ...objectNode(set), ...(unseen === undefined ? {} : { unseen }) };
};

const clusterNode = ({ name, cluster, environment }: ClusterView): GraphNode => ({
  id: `cluster/${name}`,
  type: 'cluster',
  label: name,
  path: cluster.root.directory,
  ...(environment ? { environment: environment.environment } : {}),
  evidence: { type: cluster.root.evidence, ...(cluster.root.shownBy === undefined ? {} : { file: cluster.root.shownBy }) },
});

const kustomizationId = (cluster: string, id: string): string => `kustomization/${cluster}/${id}`;

const kustomizationNode = (view: KustomizationView, graph: Graph): GraphNode => {
  const tenant = graph.tenants.of(view)?.name;
  return {
    id: kustomizationId(view.cluster, view.id),
    type: 'kustomization',
    label: view.id,
    ...(view.isWritten ? { path: view.root.span.path } : {}),
    ...(tenant === undefined ? {} : { tenant }),
    mapped: view.content.type === 'built',
  };
};

const objectNode = (object: KustomizationView['objects'][number]): GraphNode => {
  const place = `${object.cluster}/${object.namespace ?? '_'}/${object.name}`;
  const path = object.root.span.path;
  if (object.kind === 'Kustomization' && object.apiVersion.startsWith('kustomize.toolkit.')) {
    return {
      id: kustomizationId(object.cluster, `${object.namespace ?? ''}/${object.name}`),
      type: 'kustomization',
      label: `${object.namespace ?? ''}/${object.name}`,
      path,
    };
  }
  if (object.apiVersion.startsWith('source.toolkit.'))
    return {
      id: `source/${object.cluster}/${object.kind}/${object.namespace ?? ''}/${object.name}`,
      type: 'source',
      label: object.label,
      path,
    };
  if (object.kind === 'HelmRelease') return { id: `helmrelease/${place}`, type: 'helmrelease', label: object.label, path };
  return { id: `object/${object.cluster}/${object.label}`, type: 'object', label: object.label, path };
};

const references = (view: KustomizationView, graph: Graph): readonly { readonly to: string; readonly type: EdgeType }[] =>
  readable(() => {
    const { sourceRef, dependsOn, postBuild } = view.spec;
    const found: { to: string; type: EdgeType }[] = [];
    if (sourceRef?.name !== undefined) {
      found.push({
        to: `source/${view.cluster}/${sourceRef.kind ?? ''}/${sourceRef.namespace ?? view.namespace}/${sourceRef.name}`,
        type: 'sourceRef',
      });
    }
    for (const { name, namespace } of dependsOn ?? []) {
      if (graph.clusters.kustomization(view.cluster, namespace ?? view.namespace, name ?? '')) {
        found.push({ to: kustomizationId(view.cluster, `${namespace ?? view.namespace}/${name}`), type: 'dependsOn' });
      }
    }
    for (const { kind, name } of postBuild?.substituteFrom ?? []) {
      found.push({ to: `object/${view.cluster}/${kind ?? 'ConfigMap'}/${view.namespace}/${name ?? ''}`, type: 'substituteFrom' });
    }
    return found;
  }) ?? [];
