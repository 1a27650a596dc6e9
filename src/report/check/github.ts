import type { CheckResult } from '../../lint/result.ts';
import type { Finding } from '../../model/finding.ts';
import { type Severity, severities } from '../../model/severity.ts';
import { placeText } from '../place.ts';
import { printable } from '../terminal.ts';
import { counted, folded } from '../words.ts';
import { inRepository } from './in-repository.ts';
import { foundText, judgedText, notJudgedText } from './summary.ts';

/** GitHub shows ten annotations of each level and step, and drops the others without a word. */
const maxAnnotations = 10;

/** `check --format github`: workflow commands that put findings on the lines of a pull request, and a summary for the log. */
export const githubReport = (result: CheckResult): string => {
  const { findings, summary, notJudged } = inRepository(result);
  const shown = severities.flatMap((severity) => shownOf(findings, severity));
  const left = findings.length - shown.length;
  const lines = [
    ...shown.map(annotation),
    ...(left === 0
      ? []
      : [`::notice title=flux-lint::${counted(left, 'more finding')}: GitHub shows ten of a level. See the log or run flux-lint.`]),
    `${foundText(summary)}. ${judgedText(summary)}`,
    ...notJudged.map((entry) => printable(oneLine(notJudgedText(entry, false)))),
  ];
  return `${lines.join('\n')}\n`;
};

/** One notice is kept free for the count of what is left out. */
const shownOf = (findings: readonly Finding[], severity: Severity): readonly Finding[] =>
  findings.filter((finding) => finding.severity === severity).slice(0, severity === 'info' ? maxAnnotations - 1 : maxAnnotations);

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<Severity, string>;

const annotation = (finding: Finding): string => {
  const { severity, ruleId, message, hint, reach, location } = finding;
  const here = location.repository === undefined && location.revision === undefined;
  const parameters = [...(here ? placeParameters(location) : []), ['title', ruleId]];
  const text = [
    ...(here ? [] : [placeText(location)]),
    message,
    ...(hint === undefined ? [] : [hint]),
    reach.clusters.length === 0 ? 'Reaches no cluster.' : `Reaches ${folded(reach.clusters, false)}.`,
  ];
  const written = parameters.map(([name, value]) => `${name}=${escapedParameter(value ?? '')}`).join(',');
  return `::${commands[severity]} ${written}::${escaped(text.map(printable).join('\n'))}`;
};

/** GitHub takes columns only where the place is on one line. */
const placeParameters = ({ path, line, column, endLine, endColumn }: Finding['location']): readonly string[][] => [
  ['file', path],
  ['line', String(line)],
  ['endLine', String(endLine)],
  ...(line === endLine
    ? [
        ['col', String(column)],
        ['endColumn', String(endColumn)],
      ]
    : []),
];

/** As the runner's own toolkit escapes (actions/toolkit, packages/core/src/command.ts). */
const escaped = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapedParameter = (text: string): string => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
