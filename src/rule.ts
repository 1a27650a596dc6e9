export type { RuleMeta } from './lint/rule-meta.ts';
