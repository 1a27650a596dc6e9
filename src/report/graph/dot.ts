import type { GraphData, GraphNode } from '../../graph/export.ts';
import { printable } from '../printable.ts';
import { boxed, boxLabel, colourOf, isDashed } from './diagram.ts';

/** Graphviz. */
export const graphDot = (data: GraphData): string => {
  const { boxes, rest } = boxed(data);
  const node = ({ id, type, label }: GraphNode) => `${quoted(id)} [label=${quoted(label)}${shapes.get(type) ?? ''}];`;
  return [
    'digraph flux {',
    '  rankdir=LR;',
    '  node [shape=box];',
    // Graphviz draws as a box what is called cluster_….
    ...boxes.flatMap(({ cluster, nodes }, index) => [
      `  subgraph cluster_${index} {`,
      `    label=${quoted(boxLabel(cluster))};`,
      '    style=filled;',
      `    fillcolor=${quoted(colourOf(cluster))};`,
      ...nodes.map((each) => `    ${node(each)}`),
      '  }',
    ]),
    ...rest.map((each) => `  ${node(each)}`),
    ...data.edges.map(
      (edge) => `  ${quoted(edge.from)} -> ${quoted(edge.to)} [label=${quoted(edge.type)}${isDashed(edge) ? ', style=dashed' : ''}];`,
    ),
    '}',
    '',
  ].join('\n');
};

const quoted = (text: string): string => JSON.stringify(printable(text));

const shapes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    cluster: ', shape=doubleoctagon',
    source: ', shape=cylinder',
    overlay: ', shape=folder',
  }),
);
