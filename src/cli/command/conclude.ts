import type { CheckRequest } from '../../analyze.ts';
import type { CheckResult } from '../../lint/result.ts';
import type { CheckFormat } from '../../report/check/format-names.ts';
import { notJudgedText } from '../../report/check/summary.ts';
import { counted } from '../../report/words.ts';
import type { Context } from '../context.ts';
import type { LinkOf } from '../link.ts';
import { reportFailedRules } from '../terminal/bug-report.ts';
import { checkExitCode, exitCodes, type Threshold } from '../terminal/exit-code.ts';
import { writeReport } from '../terminal/output.ts';
import { say } from '../terminal/say.ts';
import { settleBaseline } from './baseline.ts';
import { type FixArguments, settleFixes } from './fixes.ts';
import { type ExtraReport, type ReportArguments, reportText, writeReports } from './reports.ts';

export interface Conclusion {
  readonly given: ReportArguments & FixArguments & { readonly output?: string | undefined };
  readonly format: CheckFormat;
  /** Beside the one that `format` asks for. */
  readonly reports: readonly ExtraReport[];
  readonly link: LinkOf;
  readonly baseline: CheckRequest['baseline'];
  readonly threshold: Threshold;
  readonly context: Pick<Context, 'io' | 'enter' | 'watch'>;
}

/**
 * What `check` does with the result for one root: writes the baseline, the fixed files and the reports.
 *
 * @returns the exit code
 */
export const conclude = async (
  result: CheckResult,
  { given, format, reports, link, baseline, threshold, context }: Conclusion,
): Promise<number> => {
  const { io, enter, watch } = context;
  if (baseline) settleBaseline(baseline, result, io);

  enter('the fixes');
  const isDryRun = given['fix-dry-run'] === true;
  const isWritten = settleFixes(result, { io, isDryRun });

  enter('the report');
  const writing = { given, io, watch, link };
  await writeReports(result, { reports, ...writing });
  const text = isDryRun ? await diffOf(result) : await reportText(result, { format, file: given.output, ...writing });
  writeReport(text, given.output, io);
  // Code Quality has no place for it, and silence must not read as clean.
  if (format === 'gitlab') for (const entry of result.notJudged) say(io, notJudgedText(entry, false));

  const { warnings } = result.summary;
  const { maxWarnings } = threshold;
  if (maxWarnings !== undefined && warnings > maxWarnings) say(io, `${counted(warnings, 'warning')}, --max-warnings allows ${maxWarnings}`);
  if (reportFailedRules(result.failed, io)) return exitCodes.bug;
  return isWritten ? checkExitCode(result.summary, threshold) : exitCodes.found;
};

const diffOf = async ({ fixed, reveal }: CheckResult): Promise<string> =>
  (await import('../../report/check/diff.ts')).unifiedDiff(fixed?.files ?? [], reveal);
