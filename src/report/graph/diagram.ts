/** What diagrams of a graph have in common: clusters as boxes, by environment. */
import type { GraphData, GraphEdge, GraphNode } from '../../graph/export.ts';

export interface Box {
  readonly cluster: GraphNode;
  readonly nodes: readonly GraphNode[];
}

export interface Boxed {
  readonly boxes: readonly Box[];
  /** What no cluster has for itself. */
  readonly rest: readonly GraphNode[];
}

export const isDashed = ({ type }: GraphEdge): boolean => type === 'dependsOn' || type === 'sourceRef';

/** Nodes by the cluster that their ids name. */
export const boxed = ({ nodes }: Pick<GraphData, 'nodes'>): Boxed => {
  const clusters = nodes.filter(({ type }) => type === 'cluster');
  const byLength = [...clusters].sort((a, b) => b.label.length - a.label.length);
  const boxes = new Map(clusters.map((cluster) => [cluster, [] as GraphNode[]] as const));
  const rest: GraphNode[] = [];
  for (const node of nodes) {
    const cluster = node.type === 'cluster' ? node : byLength.find(({ label }) => node.id.startsWith(`${node.type}/${label}/`));
    (cluster && node.type !== 'overlay' && node.type !== 'file' ? boxes.get(cluster) : rest)?.push(node);
  }
  return { boxes: [...boxes].map(([cluster, members]) => ({ cluster, nodes: members })), rest };
};

export const boxLabel = ({ label, environment }: GraphNode): string => (environment === undefined ? label : `${label} (${environment})`);

/** Light fills that black text can be read on. */
const colours: ReadonlyMap<string, string> = new Map(
  Object.entries({ production: '#ffd7d5', staging: '#fff0c2', development: '#d7f5dd', testing: '#d7f5dd' }),
);

export const colourOf = ({ environment }: GraphNode): string =>
  environment === undefined ? '#f0f0f0' : (colours.get(environment) ?? '#dbeafe');
