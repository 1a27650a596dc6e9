import type { GraphData, GraphEdge } from '../../graph/export.ts';
import { printable } from '../printable.ts';

/** Diagrams show how things are put together; single objects and files would bury that. */
const overview = ({ nodes, edges }: GraphData): Pick<GraphData, 'nodes' | 'edges'> => {
  const shown = nodes.filter(({ type }) => type !== 'object' && type !== 'file');
  const ids = new Set(shown.map(({ id }) => id));
  return { nodes: shown, edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
};

const isDashed = ({ type }: GraphEdge): boolean => type === 'dependsOn' || type === 'sourceRef';

/** Graphviz. */
export const graphDot = (data: GraphData): string => {
  const { nodes, edges } = overview(data);
  const quoted = (text: string) => JSON.stringify(printable(text));
  return [
    'digraph flux {',
    '  rankdir=LR;',
    '  node [shape=box];',
    ...nodes.map(({ id, type, label }) => `  ${quoted(id)} [label=${quoted(label)}${shapes.get(type) ?? ''}];`),
    ...edges.map(
      (edge) => `  ${quoted(edge.from)} -> ${quoted(edge.to)} [label=${quoted(edge.type)}${isDashed(edge) ? ', style=dashed' : ''}];`,
    ),
    '}',
    '',
  ].join('\n');
};

const shapes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    cluster: ', shape=doubleoctagon',
    source: ', shape=cylinder',
    overlay: ', shape=folder',
  }),
);

/** Mermaid, as GitHub and GitLab render it in markdown. */
export const graphMermaid = (data: GraphData): string => {
  const { nodes, edges } = overview(data);
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const escaped = (text: string) => printable(text).replaceAll('"', '#quot;');
  return [
    'flowchart LR',
    ...nodes.map(({ id, label, type }) => `  ${names.get(id)}${type === 'cluster' ? `{{"${escaped(label)}"}}` : `["${escaped(label)}"]`}`),
    ...edges.map(
      (edge) =>
        `  ${names.get(edge.from)} ${isDashed(edge) ? '-.' : '--'} ${edge.type} ${isDashed(edge) ? '.->' : '-->'} ${names.get(edge.to)}`,
    ),
    '',
  ].join('\n');
};
