/**
 * What one file may be. Beyond it we do not read on (`manifest/limit-exceeded`): these are far above any manifest that
 * the API server would take (etcd's limit is 1.5 MiB an object), and keep a hostile file from costing time or memory.
 */
export const limits = {
  /** Bytes of a file (UTF-16 units of its text). */
  size: 10 * 1024 * 1024,
  /** Of all files of a run together. */
  total: 64 * 1024 * 1024,
  /** Collections inside collections. */
  depth: 100,
  /** Nodes that the aliases of a file stand for. */
  aliasedNodes: 200_000,
} as const;
