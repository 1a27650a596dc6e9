/** A smaller graph for those who cannot draw a large one: many nodes become one that says how many it stands for. */
import type { GraphData, GraphEdge, GraphNode } from '../../graph/export.ts';
import { counted } from '../words.ts';
import { boxed } from './diagram.ts';

/** From what is hardly noticed to what hardly says more than environments and folders. */
export const collapseLevels = [1, 2, 3, 4] as const;

type Level = (typeof collapseLevels)[number];

/**
 * Level 1: directories below their second folder. 2: below their first. 3: all that a cluster applies, too, by type.
 * 4: clusters by environment, too.
 */
export const collapsed = (data: GraphData, level: Level): GraphData => {
  const { boxes } = boxed(data);
  const clusterOf = new Map(boxes.flatMap(({ cluster, nodes }) => nodes.map((node) => [node.id, cluster] as const)));
  const groups = new Map<string, [GraphNode, ...GraphNode[]]>();
  for (const node of data.nodes) {
    const key = keyOf(node, clusterOf.get(node.id), level);
    const known = groups.get(key);
    if (known) known.push(node);
    else groups.set(key, [node]);
  }
  const standIn = new Map([...groups].flatMap(([key, members]) => members.map(({ id }) => [id, members.length === 1 ? id : key] as const)));
  const edges = new Map<string, GraphEdge>();
  for (const { from, to, type } of data.edges) {
    const edge = { from: standIn.get(from) ?? from, to: standIn.get(to) ?? to, type };
    if (edge.from !== edge.to) edges.set(JSON.stringify(edge), edge);
  }
  return {
    ...data,
    nodes: [...groups].map(([key, members]) =>
      members.length === 1 ? members[0] : { ...members[0], id: key, label: labelOf(key, members) },
    ),
    edges: [...edges.values()],
  };
};

/** Nodes of one key become one. It begins as ids do, so that a group stands in the box of its cluster. */
const keyOf = (node: GraphNode, cluster: GraphNode | undefined, level: Level): string => {
  const { type, path = '', id } = node;
  if (type === 'overlay' || type === 'file') {
    const folders = path.split('/').slice(0, level === 1 ? 2 : 1);
    return `overlay/${folders.join('/')}/…`;
  }
  if (level < 3 || !cluster) return id;
  const group = level === 4 ? (cluster.environment ?? 'unknown') : cluster.label;
  if (type === 'cluster') return level === 4 ? `cluster/${group}` : id;
  return `${type}/${group}/…`;
};

const words: Readonly<Record<GraphNode['type'], string>> = {
  cluster: 'cluster',
  kustomization: 'Kustomization',
  overlay: 'directory',
  file: 'file',
  source: 'source',
  helmrelease: 'HelmRelease',
  object: 'object',
};

const labelOf = (key: string, [{ type, environment }, ...others]: readonly [GraphNode, ...GraphNode[]]): string => {
  const count = others.length + 1;
  if (type === 'cluster') return environment ?? 'unknown';
  if (type === 'overlay' || type === 'file') return `${key.slice('overlay/'.length)} (${count})`;
  return counted(count, words[type]);
};
