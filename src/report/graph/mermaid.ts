import type { GraphData, GraphNode } from '../../graph/export.ts';
import { printable } from '../printable.ts';
import { collapsed, collapseLevels } from './collapse.ts';
import { boxed, boxLabel, colourOf, isDashed } from './diagram.ts';

/** Beyond which mermaid draws nothing: `maxEdges` and `maxTextSize` of its configuration, which GitHub and GitLab leave as they are. */
const limits = { edges: 500, characters: 50_000 } as const;

/** Mermaid, as GitHub and GitLab render it in markdown; what they would not is collapsed by folder, and says so. */
export const graphMermaid = (data: GraphData): string => {
  const whole = drawn(data, undefined);
  if (fits(data, whole)) return whole;
  const note = `Collapsed by folder: ${data.edges.length} edges are more than mermaid draws. --focus NAME shows a part.`;
  let text = whole;
  for (const level of collapseLevels) {
    const smaller = collapsed(data, level);
    text = drawn(smaller, note);
    if (fits(smaller, text)) break;
  }
  return text;
};

const fits = ({ edges }: GraphData, text: string): boolean => edges.length <= limits.edges && text.length <= limits.characters;

const drawn = (data: GraphData, note: string | undefined): string => {
  const { boxes, rest } = boxed(data);
  const names = new Map(data.nodes.map(({ id }, index) => [id, `n${index}`]));
  const node = ({ id, label, type }: GraphNode) =>
    type === 'cluster' ? `${names.get(id)}{{"${escaped(label)}"}}` : `${names.get(id)}["${escaped(label)}"]`;
  return [
    'flowchart LR',
    ...(note === undefined ? [] : [`  note>"${escaped(note)}"]`]),
    ...boxes.flatMap(({ cluster, nodes }, index) => [
      `  subgraph c${index}["${escaped(boxLabel(cluster))}"]`,
      ...nodes.map((each) => `    ${node(each)}`),
      '  end',
      `  style c${index} fill:${colourOf(cluster)},color:#1b1f24`,
    ]),
    ...rest.map((each) => `  ${node(each)}`),
    ...data.edges.map(
      (edge) =>
        `  ${names.get(edge.from)} ${isDashed(edge) ? '-.' : '--'} ${edge.type} ${isDashed(edge) ? '.->' : '-->'} ${names.get(edge.to)}`,
    ),
    '',
  ].join('\n');
};

const escaped = (text: string): string => printable(text).replaceAll('"', '#quot;');
