/** The end of a report: what was found, what was judged and what was not, and how often each rule found something. */
import type { CheckResult, NotJudged, Summary } from '../../../lint/result.ts';
import type { Finding } from '../../../model/finding.ts';
import { severities } from '../../../model/severity.ts';
import { severityColour } from '../../severity-colour.ts';
import { wrap } from '../../terminal.ts';
import { counted } from '../../words.ts';
import { countsByRule } from '../arrange/statistics.ts';
import type { ReportOptions } from '../check-report.ts';
import { assumedText, judgedText, nothingFound, notJudgedText } from '../summary.ts';

/** @param shown the findings that the report tells of */
export const endLines = (
  { summary, notJudged, assumed }: CheckResult,
  shown: readonly Finding[],
  options: ReportOptions,
): readonly string[] => [
  foundLine(summary, options),
  ...wrap(judgedText(summary), options.width).map((line) => options.colour.dim(line)),
  ...notJudged.flatMap((entry) => notJudgedLines(entry, options)),
  ...(assumed.length > 0 ? wrap(assumedText(assumed, options.verbose), options.width).map((line) => options.colour.dim(line)) : []),
  ...countLines(shown, options),
];

const foundLine = (summary: Summary, { colour, verbose }: ReportOptions): string => {
  const { errors, warnings, infos, fixable, suppressed, baselined } = summary;
  const found = [
    ...(errors > 0 ? [colour.red.bold(counted(errors, 'error'))] : []),
    ...(warnings > 0 ? [colour.yellow.bold(counted(warnings, 'warning'))] : []),
    ...(infos > 0 && verbose ? [colour.blue.bold(counted(infos, 'info'))] : []),
  ];
  const head = found.length > 0 ? found.join(', ') : colour.green.bold(nothingFound(summary));
  const rest = [
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(baselined > 0 ? [`${baselined} in the baseline`] : []),
    ...(infos > 0 && !verbose ? [`${counted(infos, 'info')} hidden: --verbose`] : []),
    // Hidden infos among them, so it stands behind their number.
    ...(fixable > 0 ? [`${fixable} fixable: --fix`] : []),
  ];
  return [head, ...rest].join(', ');
};

const notJudgedLines = (entry: NotJudged, { colour, width, verbose }: ReportOptions): readonly string[] =>
  wrap(notJudgedText(entry, verbose), width).map((line) => colour.yellow(line));

/** One finding is no statistic. */
const countLines = (shown: readonly Finding[], { colour, width }: ReportOptions): readonly string[] => {
  if (shown.length < 2) return [];
  const counts = countsByRule(shown);
  return severities.flatMap((severity) => {
    const rules = counts.filter((count) => count.severity === severity).map(({ count, ruleId }) => `${count} ${ruleId}`);
    if (rules.length === 0) return [];
    const label = `${severity}s by rule: `;
    return packed(rules, width - label.length).map((line, index) =>
      index === 0 ? `${severityColour(colour, severity)(capitalised(label))}${line}` : `${' '.repeat(label.length)}${line}`,
    );
  });
};

/** A count is not torn from its rule. */
const packed = (items: readonly string[], width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const item of items) {
    if (line !== '' && line.length + item.length + 3 > width) {
      lines.push(`${line},`);
      line = item;
    } else line = line === '' ? item : `${line}, ${item}`;
  }
  return [...lines, line];
};

const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
