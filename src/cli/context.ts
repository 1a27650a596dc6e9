import type { CheckRequest } from '../analyze.ts';
import type { CheckResult } from '../lint/result.ts';
import type { RuleMeta } from '../lint/rule-meta.ts';
import type { Watch } from '../model/watch.ts';
import type { Io } from './terminal/io.ts';

/** Lints one root; rejects with a UsageError where it cannot be done as asked. */
export type Analyze = (request: CheckRequest) => CheckResult | Promise<CheckResult>;

/** What commands stand on, each loaded when a command asks for it. */
export interface Parts {
  readonly analyze: () => Promise<Analyze>;
  readonly rules: () => Promise<readonly RuleMeta[]>;
}

export interface Context {
  readonly io: Io;
  readonly parts: Parts;
  readonly commandNames: readonly string[];
  /** Says what is going on now, for the report of a bug. */
  readonly enter: (step: string) => void;
  /** Shows how far a run is, where somebody waits for it. */
  readonly watch: Watch;
}
