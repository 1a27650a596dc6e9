/** Items by a key that each has, groups and items in the order in which they come. */
export const grouped = <T, K>(items: Iterable<T>, keyOf: (item: T) => K): ReadonlyMap<K, readonly [T, ...T[]]> => {
  const groups = new Map<K, [T, ...T[]]>();
  for (const item of items) addToGroup(groups, keyOf(item), item);
  return groups;
};

/** Puts an item behind those of its key, where not each item has one key. */
export const addToGroup = <T, K>(groups: Map<K, [T, ...T[]]>, key: K, item: T): void => {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
};
