/** A function that makes its answer once for each key and remembers it as long as the key lives. */
export const memo = <K extends object, V>(make: (key: K) => V): ((key: K) => V) => {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const remembered = known.get(key) ?? { value: make(key) };
    known.set(key, remembered);
    return remembered.value;
  };
};
