/**
 * A function that makes its answer once for each key and remembers it as long as the key lives. Trees, views and graphs
 * never change, and one stands in many places: what is read of it is read once.
 */
export const memo = <K extends object, V>(make: (key: K) => V): ((key: K) => V) => remembering(new WeakMap(), make);

/** The same for keys that are texts; the answers live as long as the function. */
export const memoByText = <V>(make: (key: string) => V): ((key: string) => V) => remembering(new Map(), make);

/** An answer may be undefined, and is remembered all the same. */
interface Memory<K, V> {
  readonly get: (key: K) => { readonly value: V } | undefined;
  readonly set: (key: K, answer: { readonly value: V }) => unknown;
}

const remembering =
  <K, V>(memory: Memory<K, V>, make: (key: K) => V) =>
  (key: K): V => {
    const remembered = memory.get(key);
    if (remembered) return remembered.value;
    const value = make(key);
    memory.set(key, { value });
    return value;
  };
