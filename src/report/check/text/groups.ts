/** Findings as lists below headings: `--group-by`, and what one rule found where that alone was asked for. */

import type { CheckResult } from '../../../lint/result.ts';
import type { Finding } from '../../../model/finding.ts';
import { grouped } from '../../../model/grouped.ts';
import { hyperlink } from '../../hyperlink.ts';
import { placeText } from '../../place.ts';
import { printable } from '../../printable.ts';
import { severityColour } from '../../severity-colour.ts';
import { wrap } from '../../terminal.ts';
import { counted } from '../../words.ts';
import type { ReportOptions } from '../check-report.ts';
import type { GroupBy } from '../groupings.ts';
import { fileBlocks, fileOf, frameMaker } from './block.ts';

/** Each group below its heading, groups by their worst finding; in full where everything is wanted. Ends in an empty line where there is any. */
export const groupLines = (findings: readonly Finding[], by: GroupBy, result: CheckResult, options: ReportOptions): readonly string[] => {
  const frames = frameMaker(result, options);
  const listed = (group: readonly Finding[]): readonly string[] =>
    options.verbose
      ? [
          '',
          ...fileBlocks(
            group.map((finding) => ({ finding, elsewhere: [] })),
            frames,
            options,
          ),
        ]
      : [...group.flatMap((finding) => entryLines(finding, by, options)), ''];
  if (by === 'none') return findings.length === 0 ? [] : listed(findings).slice(options.verbose ? 1 : 0);
  return [...groupsOf(findings, by)].flatMap(([name, group]) => [headingOf(name, group, by, options), ...listed(group)]);
};

const groupsOf = (findings: readonly Finding[], by: Exclude<GroupBy, 'none'>): ReadonlyMap<string, readonly Finding[]> => {
  switch (by) {
    case 'rule':
      return grouped(findings, ({ ruleId }) => ruleId);
    case 'file':
      return grouped(findings, fileOf);
    case 'cluster': {
      const reached = findings.flatMap((finding) => {
        const { clusters } = finding.reach;
        return (clusters.length === 0 ? ['no cluster'] : clusters).map((cluster) => ({ cluster, finding }));
      });
      const groups = grouped(reached, ({ cluster }) => cluster);
      return new Map([...groups].map(([cluster, members]) => [cluster, members.map(({ finding }) => finding)] as const));
    }
    default:
      return by satisfies never;
  }
};

const headingOf = (name: string, group: readonly Finding[], by: GroupBy, { colour, links }: ReportOptions): string => {
  const title = colour.underline(printable(name));
  const linked = by === 'rule' ? hyperlink(title, links ? group[0]?.url : undefined) : title;
  return `${linked}  ${colour.dim(counted(group.length, 'finding'))}`;
};

const hanging = 6;

/** Place, severity and rule as far as the heading does not say them, and the message. */
const entryLines = (finding: Finding, by: GroupBy, { colour, width, links }: ReportOptions): readonly string[] => {
  const { location, severity, ruleId, message, url, new: isNew } = finding;
  const rule = hyperlink(colour.bold(printable(ruleId)), links ? url : undefined);
  const head = [
    colour.dim(by === 'file' ? `${location.line}:${location.column}` : printable(placeText(location))),
    severityColour(colour, severity)(severity),
    ...(by === 'rule' ? [] : [rule]),
    ...(isNew ? [colour.cyan('new')] : []),
  ].join('  ');
  if (width === Number.POSITIVE_INFINITY) return [`  ${head}  ${wrap(message, width).join('')}`];
  return [`  ${head}`, ...wrap(message, width - hanging).map((line) => `${' '.repeat(hanging)}${line}`)];
};
