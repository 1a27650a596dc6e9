import type { CheckResult } from '../../lint/result.ts';
import type { Finding } from '../../model/finding.ts';
import { placeText } from '../place.ts';
import { wrap } from '../terminal.ts';
import { worstFirst } from './arrange/order.ts';
import { type Told, withSiblings } from './arrange/siblings.ts';
import type { ReportOptions } from './check-report.ts';
import { fileBlocks, frameMaker, shortBlocks } from './text/block.ts';
import { ruleLines } from './text/by-rule.ts';
import { groupLines } from './text/groups.ts';
import { statisticsText } from './text/statistics.ts';
import { endLines } from './text/summary-lines.ts';

/**
 * The report for people, one screen where nothing fails: errors in full, the worst first; warnings in full while they are
 * few, else a line for each rule; then what was judged, what was not, and how often each rule found something.
 */
export const textReport = (result: CheckResult, options: ReportOptions): string => {
  if (options.statistics) return statisticsText(result, options);
  const shown = worstFirst(
    result.findings.filter(({ severity }) => severity !== 'info' || options.verbose),
    result,
  );
  if (options.quiet) return shown.flatMap((finding) => quietLines(finding, options)).join('');
  const lines = [
    ...(options.groupBy === undefined ? readable(shown, result, options) : groupLines(shown, options.groupBy, result, options)),
    ...(shown.length === 0 ? [] : [...dimmed('What a rule is about: flux-lint explain RULE', options), '']),
    ...endLines(result, shown, options),
  ];
  return `${lines.join('\n')}\n`;
};

const quietLines = ({ location, severity, ruleId, message }: Finding, { width }: ReportOptions): readonly string[] =>
  wrap(`${placeText(location)}: ${severity}: ${ruleId}: ${message}`, width - quietIndent.length).map(
    (line, index) => `${index === 0 ? '' : quietIndent}${line}\n`,
  );
const quietIndent = '  ';

const dimmed = (text: string, { colour, width }: ReportOptions): readonly string[] => wrap(text, width).map((line) => colour.dim(line));

/** More warnings than this are many, and so are those that do not fit on a screen with what follows them. */
const few = 10;
const screen = 44;

const readable = (shown: readonly Finding[], result: CheckResult, options: ReportOptions): readonly string[] => {
  const frames = frameMaker(result, options);
  const told = withSiblings(shown, result);
  if (options.verbose) return fileBlocks(told, frames, options);

  const errors = told.filter(({ finding }) => finding.severity === 'error');
  const warnings = told.filter(({ finding }) => finding.severity === 'warning');
  return [
    ...fileBlocks(errors, frames, options),
    ...((warnings.length <= few ? fewLines(warnings, frames, options) : undefined) ?? manyLines(shown, result, options)),
  ];
};

/** In full, or without the lines that are meant where the screen has no room for them; undefined where it has not for the rest. */
const fewLines = (
  warnings: readonly Told[],
  frames: (finding: Finding) => readonly string[],
  options: ReportOptions,
): readonly string[] | undefined =>
  [fileBlocks(warnings, frames, options), shortBlocks(warnings, options)].find(
    ({ length }) => length <= screen || options.isNarrowed === true,
  );

const manyLines = (shown: readonly Finding[], result: CheckResult, options: ReportOptions): readonly string[] => {
  const warnings = shown.filter(({ severity }) => severity === 'warning');
  return options.isNarrowed ? groupLines(warnings, 'rule', result, options) : ruleLines(warnings, options);
};
