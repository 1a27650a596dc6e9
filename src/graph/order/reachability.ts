/** What leads where in a graph that may hold circles: found once for all nodes, without recursion. */
export interface Reachability<T> {
  /** Whether there is a way of one step or more. */
  readonly reaches: (from: T, to: T) => boolean;
  /** All that a node leads to and that lead back to it, itself first found; one alone where there is no circle. */
  readonly group: (node: T) => readonly T[];
}

export const createReachability = <T>(nodes: readonly T[], next: (node: T) => readonly T[]): Reachability<T> => {
  const groups = groupsOf(nodes, next);
  const indexes = new Map<T, number>();
  for (const [index, group] of groups.entries()) for (const node of group) indexes.set(node, index);

  // A group comes behind all that it leads to: theirs are known when its own are gathered.
  let reached: readonly Uint32Array[] | undefined;
  const gather = (): readonly Uint32Array[] => {
    const words = Math.ceil(groups.length / 32);
    const sets: Uint32Array[] = [];
    for (const [index, group] of groups.entries()) {
      const set = new Uint32Array(words);
      const direct = new Set(group.flatMap((node) => next(node).map((other) => indexes.get(other) ?? index)));
      for (const other of direct) {
        set[other >> 5] = (set[other >> 5] ?? 0) | (1 << (other & 31));
        const theirs = other === index ? undefined : sets[other];
        if (theirs) for (let word = 0; word < words; word++) set[word] = (set[word] ?? 0) | (theirs[word] ?? 0);
      }
      sets.push(set);
    }
    return sets;
  };
  return {
    reaches: (from, to) => {
      const [start, end] = [indexes.get(from), indexes.get(to)];
      if (start === undefined || end === undefined) return false;
      reached ??= gather();
      return ((reached[start]?.[end >> 5] ?? 0) & (1 << (end & 31))) !== 0;
    },
    group: (node) => groups[indexes.get(node) ?? -1] ?? [node],
  };
};

interface Visit<T> {
  readonly node: T;
  readonly number: number;
  readonly left: T[];
  low: number;
}

/** The strongly connected components, each behind those that it leads to (Tarjan, SIAM J. Comput. 1972). */
const groupsOf = <T>(nodes: readonly T[], next: (node: T) => readonly T[]): readonly (readonly T[])[] => {
  const groups: (readonly T[])[] = [];
  const numbers = new Map<T, number>();
  const open: T[] = [];
  const isOpen = new Set<T>();
  const path: Visit<T>[] = [];
  const enter = (node: T) => {
    const number = numbers.size;
    numbers.set(node, number);
    open.push(node);
    isOpen.add(node);
    path.push({ node, number, left: [...next(node)].reverse(), low: number });
  };
  const leave = (visit: Visit<T>) => {
    path.pop();
    const parent = path.at(-1);
    if (parent) parent.low = Math.min(parent.low, visit.low);
    if (visit.low !== visit.number) return;
    const group = open.splice(open.lastIndexOf(visit.node));
    for (const node of group) isOpen.delete(node);
    groups.push(group);
  };
  for (const start of nodes) {
    if (!numbers.has(start)) enter(start);
    for (let visit = path.at(-1); visit; visit = path.at(-1)) {
      const node = visit.left.pop();
      if (node === undefined) leave(visit);
      else if (!numbers.has(node)) enter(node);
      else if (isOpen.has(node)) visit.low = Math.min(visit.low, numbers.get(node) ?? visit.low);
    }
  }
  return groups;
};
