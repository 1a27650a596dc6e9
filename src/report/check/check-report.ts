import type { ChalkInstance } from 'chalk';
import type { CheckResult } from '../../lint/result.ts';
import type { GroupBy } from './groupings.ts';

/** How a person wants to read a result; formats for programs ignore it. */
export interface ReportOptions {
  readonly colour: ChalkInstance;
  /** Cells of a line; Infinity where lines are never broken (pipes, files). */
  readonly width: number;
  /** Infos too, and every list in full. */
  readonly verbose: boolean;
  /** Findings alone, each by itself. */
  readonly quiet: boolean;
  /** Every finding as an entry of a list below such headings. */
  readonly groupBy?: GroupBy | undefined;
  /** Counts by rule and severity; formats for people have them instead of the findings. */
  readonly statistics?: boolean;
  /** The rules were chosen: what they find is listed, however much it is. */
  readonly isNarrowed?: boolean;
  /** Names of rules open their page: the terminal takes hyperlinks. */
  readonly links?: boolean;
  /** Where files can be read, for a page: an address with `{path}` and `{line}`. */
  readonly link?: string | undefined;
}

/** A whole result as one text that ends in a newline. Pure: the same result gives the same bytes. */
export type CheckReport = (result: CheckResult, options: ReportOptions) => string;
