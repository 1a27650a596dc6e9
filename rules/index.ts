import type { RuleMeta } from '../src/rule.ts';

/** Every built-in rule, sorted by id. */
export const rules: readonly RuleMeta[] = [];
