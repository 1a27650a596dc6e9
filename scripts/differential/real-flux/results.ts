/** What real Flux made of the cases, as it was last asked. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NotReady } from './outcome.ts';

/** One case in one of its clusters. */
export interface Result {
  readonly rule: string;
  readonly case: string;
  readonly cluster: string;
  /** Of the case's text: of another it says nothing. */
  readonly digest: string;
  /** Whether the rule has a finding of its full severity for this cluster, and which rules have a warning or an error. */
  readonly told: { readonly byRule: boolean; readonly all: readonly string[] };
  readonly notReady: readonly NotReady[];
}

const path = join(import.meta.dirname, 'results.json');

export const readResults = (): readonly Result[] => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : []);

export const writeResults = (results: readonly Result[]): void => {
  const keyOf = (result: Result) => `${result.rule}/${result.case} ${result.cluster}`;
  const sorted = [...results].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  writeFileSync(path, `${JSON.stringify(sorted, undefined, 2)}\n`);
};
