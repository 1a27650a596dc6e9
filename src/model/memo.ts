/**
 * A function that makes its answer once for each key and remembers it as long as the key lives. Trees, views and graphs
 * never change, and one stands in many places: what is read of it is read once.
 */
export const memo = <K extends object, V>(make: (key: K) => V): ((key: K) => V) => remembering(new WeakMap(), make);

/** The same for keys that are texts; the answers live as long as the function. */
export const memoByText = <V>(make: (key: string) => V): ((key: string) => V) => remembering(new Map(), make);

interface Memory<K, V> {
  readonly get: (key: K) => V | typeof nothing | undefined;
  readonly set: (key: K, answer: V | typeof nothing) => unknown;
}

/** An answer may be undefined, and is remembered all the same. */
const nothing: unique symbol = Symbol('nothing');

const remembering =
  <K, V>(memory: Memory<K, V>, make: (key: K) => V) =>
  (key: K): V => {
    const remembered = memory.get(key);
    if (remembered !== undefined && remembered !== nothing) return remembered;
    // Where the answer is undefined, V has it.
    if (remembered === nothing) return undefined as V;
    const value = make(key);
    memory.set(key, value === undefined ? nothing : value);
    return value;
  };
