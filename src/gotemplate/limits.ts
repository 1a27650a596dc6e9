/** What one template may do. Far above what any template of Flux needs; it keeps a hostile one from costing time or memory. */
export const limits = {
  /** Nodes walked, functions called, values looked at. */
  steps: 1_000_000,
  /** Characters that one rendering gives. */
  output: 4_000_000,
  /** Letters or items of one value. */
  value: 1_000_000,
  /** Lists and maps in each other. */
  nesting: 500,
  /** Templates that call each other; Go goes on to 100,000. */
  depth: 300,
} as const;
