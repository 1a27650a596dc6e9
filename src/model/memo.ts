/**
 * A function that makes its answer once for each key and remembers it as long as the key lives. Trees, views and graphs
 * never change, and one stands in many places: what is read of it is read once.
 */
export const memo = <K extends object, V>(make: (key: K) => V): ((key: K) => V) => {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const remembered = known.get(key);
    if (remembered) return remembered.value;
    const value = make(key);
    known.set(key, { value });
    return value;
  };
};

/** The same for keys that are texts; the answers live as long as the function. */
export const memoByText = <V>(make: (key: string) => V): ((key: string) => V) => {
  const known = new Map<string, { readonly value: V }>();
  return (key) => {
    const remembered = known.get(key);
    if (remembered) return remembered.value;
    const value = make(key);
    known.set(key, { value });
    return value;
  };
};
