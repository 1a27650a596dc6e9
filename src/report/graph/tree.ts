import type { ChalkInstance } from 'chalk';
import type { GraphData, GraphNode } from '../../graph/export.ts';
import { addToGroup } from '../../model/grouped.ts';
import { printable } from '../printable.ts';
import { counted } from '../words.ts';

/** Clusters, what they apply and what that builds, as a tree; what stands there already is not spelt out again. */
export const graphTree = (data: GraphData, { colour }: { readonly colour: ChalkInstance }): string => {
  const byId = new Map(data.nodes.map((node) => [node.id, node]));
  // A ResourceSet is an object that makes others.
  const makes = new Set([
    ...data.edges.filter(({ from, type }) => type === 'applies' && byId.get(from)?.type === 'object').map(({ from }) => from),
    ...data.nodes.filter(({ unseen }) => unseen !== undefined).map(({ id }) => id),
  ]);
  const children = new Map<string, [GraphNode, ...GraphNode[]]>();
  for (const { from, to, type } of data.edges) {
    const child = byId.get(to);
    const isShown =
      child && (type === 'applies' || type === 'builds') && (child.type !== 'object' || makes.has(to)) && child.type !== 'file';
    if (!isShown) continue;
    addToGroup(children, from, child);
  }
  const applied = new Map<string, number>();
  for (const { from, to, type } of data.edges)
    if (type === 'applies' && byId.get(to)?.type === 'object') applied.set(from, (applied.get(from) ?? 0) + 1);

  const lines: string[] = [];
  const seen = new Set<string>();
  const print = (node: GraphNode, { lead, inner }: { readonly lead: string; readonly inner: string }) => {
    const list = lead !== '' && node.type === 'cluster' ? [] : (children.get(node.id) ?? []);
    const again = seen.has(node.id) && list.length > 0;
    if (list.length > 0) seen.add(node.id);
    const arrow = lead !== '' && node.type === 'cluster' ? '→ ' : '';
    lines.push(`${lead}${arrow}${described(node, applied.get(node.id), colour)}${again ? colour.dim(' (see above)') : ''}`);
    if (again) return;
    for (const [index, child] of list.entries()) {
      const isLast = index === list.length - 1;
      print(child, { lead: `${inner}${isLast ? '└── ' : '├── '}`, inner: `${inner}${isLast ? '    ' : '│   '}` });
    }
  };
  const inner = new Set([...children.values()].flat().map(({ id }) => id));
  // Of a part of the graph, the top may be missing.
  const isTop = ({ id, type }: GraphNode) => type === 'cluster' || ((type === 'kustomization' || type === 'overlay') && !inner.has(id));
  for (const node of data.nodes) if (isTop(node)) print(node, { lead: '', inner: '' });
  return `${lines.join('\n')}\n`;
};

const described = (node: GraphNode, objects: number | undefined, colour: ChalkInstance): string => {
  const notes = [
    node.environment,
    node.tenant === undefined ? undefined : `tenant ${node.tenant}`,
    node.mapped === false ? 'content not at hand' : undefined,
    objects === undefined ? undefined : counted(objects, 'object'),
    node.unseen === undefined ? undefined : `not seen: ${node.unseen}`,
  ].filter((note) => note !== undefined);
  const word = node.type === 'kustomization' && !node.label.startsWith('Terraform ') ? 'Kustomization ' : '';
  const name = printable(node.label);
  const label = node.type === 'cluster' ? colour.bold(name) : `${word}${name}`;
  return notes.length === 0 ? label : `${label} ${colour.dim(`(${printable(notes.join(', '))})`)}`;
};
