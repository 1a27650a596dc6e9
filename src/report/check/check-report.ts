import type { ChalkInstance } from 'chalk';
import type { CheckResult } from '../../lint/result.ts';

/** How a person wants to read a result; formats for programs ignore it. */
export interface ReportOptions {
  readonly colour: ChalkInstance;
  /** Cells of a line; Infinity where lines are never broken (pipes, files). */
  readonly width: number;
  /** Infos too, and every list in full. */
  readonly verbose: boolean;
  /** Findings alone, one line each. */
  readonly quiet: boolean;
}

/** A whole result as one text that ends in a newline. Pure: the same result gives the same bytes. */
export type CheckReport = (result: CheckResult, options: ReportOptions) => string;
