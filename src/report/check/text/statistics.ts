import type { CheckResult } from '../../../lint/result.ts';
import { hyperlink } from '../../hyperlink.ts';
import { printable } from '../../printable.ts';
import { severityColour } from '../../severity-colour.ts';
import { amount } from '../../words.ts';
import { countsByRule, type RuleCount } from '../arrange/statistics.ts';
import type { ReportOptions } from '../check-report.ts';
import { endLines } from './summary-lines.ts';

/** `--statistics`: how often each rule found something, infos too, instead of the findings. */
export const statisticsText = (result: CheckResult, options: ReportOptions): string => {
  const counts = countsByRule(result.findings);
  const width = Math.max(0, ...counts.map(({ count }) => String(count).length));
  const lines = counts.map((count) => countLine(count, width, options));
  return `${[...lines, ...(lines.length === 0 ? [] : ['']), ...endLines(result, [], { ...options, verbose: true })].join('\n')}\n`;
};

const countLine = ({ ruleId, severity, count, fixable, url }: RuleCount, width: number, { colour, links }: ReportOptions): string => {
  const rule = hyperlink(colour.bold(printable(ruleId)), links ? url : undefined);
  const fixes = fixable === 0 ? '' : colour.dim(`  ${amount(fixable, 'fixable').replace(/s$/, '')}: --fix`);
  return `${String(count).padStart(width)}  ${severityColour(colour, severity)(severity.padEnd('warning'.length))}  ${rule}${fixes}`;
};
