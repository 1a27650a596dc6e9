/** What a report lists findings below. A file of its own: what the package exports names no package. */
export const groupings = ['rule', 'file', 'cluster', 'none'] as const;

export type GroupBy = (typeof groupings)[number];
