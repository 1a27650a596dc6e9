/** A part of the graph: what is near something, or of some types. */
import { isWithin, normalise } from '../files/files.ts';
import { UsageError } from '../model/usage-error.ts';
import type { GraphData, GraphNode, NodeType } from './export.ts';

/** Every type of node, in the order of the flow. */
export const nodeTypes = [
  'cluster',
  'source',
  'kustomization',
  'helmrelease',
  'overlay',
  'file',
  'object',
] as const satisfies readonly NodeType[];

/** Types that are shown where they are met, but not passed: all of a fleet hangs together by them. */
const hubs: ReadonlySet<NodeType> = new Set(['cluster', 'source']);

/**
 * What lies within so many steps of what is called so, whichever way its edges point.
 *
 * @param name a path, an id, `namespace/name`, or the name alone; a folder that nothing builds stands for what lies in it
 * @throws UsageError where nothing is called so
 */
export const focused = (data: GraphData, { name, depth }: { readonly name: string; readonly depth: number }): GraphData => {
  const place = normalise(name) || undefined;
  const called = data.nodes.filter((node) => isCalled(node, name) || (place !== undefined && placeOf(node) === place));
  const start = called.length > 0 ? called : data.nodes.filter((node) => place !== undefined && liesIn(node, place));
  if (start.length === 0) {
    throw new UsageError(
      `nothing in the graph is called ${name}`,
      'Name a path, a Kustomization, a source or a cluster: flux-lint graph lists them.',
    );
  }
  const nodes = new Map(data.nodes.map((node) => [node.id, node] as const));
  const neighbours = neighboursOf(data);
  const near = new Set(start.map(({ id }) => id));
  let edge: readonly GraphNode[] = start;
  for (let step = 0; step < depth; step++) {
    const passed = step === 0 ? edge : edge.filter(({ type }) => !hubs.has(type));
    const ids = new Set(passed.flatMap(({ id }) => neighbours.get(id) ?? []));
    edge = [...ids].flatMap((id) => (near.has(id) ? [] : (nodes.get(id) ?? [])));
    for (const { id } of edge) near.add(id);
  }
  return kept(data, ({ id }) => near.has(id));
};

const isCalled = (node: GraphNode, name: string): boolean =>
  node.id === name || node.label === name || node.label.endsWith(`/${name}`) || placeOf(node) === name;

const liesIn = (node: GraphNode, folder: string): boolean => isWithin(placeOf(node) ?? '', folder);

/** Where it lies, of what is itself a file or a directory. */
const placeOf = ({ path, type }: GraphNode): string | undefined => (type === 'overlay' || type === 'file' ? path : undefined);

const neighboursOf = ({ edges }: GraphData): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  const note = (from: string, to: string) => {
    const known = found.get(from);
    if (known) known.push(to);
    else found.set(from, [to]);
  };
  for (const { from, to } of edges) {
    note(from, to);
    note(to, from);
  }
  return found;
};

export const ofTypes = (data: GraphData, types: readonly NodeType[]): GraphData => kept(data, ({ type }) => types.includes(type));

const kept = (data: GraphData, isKept: (node: GraphNode) => boolean): GraphData => {
  const nodes = data.nodes.filter(isKept);
  const ids = new Set(nodes.map(({ id }) => id));
  return { ...data, nodes, edges: data.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
};
