/**
 * The cycle that a Kustomization or HelmRelease is the first member of, in the order of `ids`; undefined where it is in none or
 * another member comes first, so that each cycle is found once.
 */
export const cycleFrom = <T extends { readonly id: string }>(
  start: T,
  dependenciesOf: (here: T) => readonly T[],
): readonly [T, ...T[]] | undefined => {
  const path: T[] = [];
  const seen = new Set<string>();
  const walk = (here: T): boolean => {
    path.push(here);
    for (const next of dependenciesOf(here)) {
      if (next.id === start.id) return true;
      if (seen.has(next.id)) continue;
      seen.add(next.id);
      if (walk(next)) return true;
    }
    path.pop();
    return false;
  };
  if (!walk(start)) return undefined;
  const isFirst = path.every((member) => member.id >= start.id);
  const [first = start, ...rest] = path;
  return isFirst ? [first, ...rest] : undefined;
};
