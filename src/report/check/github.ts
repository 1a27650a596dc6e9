import type { CheckResult } from '../../lint/result.ts';
import type { Finding } from '../../model/finding.ts';
import { type Severity, severities } from '../../model/severity.ts';
import { placeText } from '../place.ts';
import { printable } from '../printable.ts';
import { counted, folded } from '../words.ts';
import { inRepository } from './in-repository.ts';
import { foundText, judgedText, notJudgedText } from './summary.ts';

/**
 * GitHub shows ten annotations of each level and step, fifty of a job, and drops the others without a word
 * (actions/toolkit, docs/problem-matchers.md). Ten of each level leave room for another step of the job.
 */
const maxAnnotations = 10;

/**
 * `check --format github`: workflow commands that put findings on the lines of a pull request, new ones first. What GitHub
 * would drop is counted in an annotation and listed in the log, as is what was judged.
 */
export const githubReport = (result: CheckResult): string => {
  const { findings, summary, notJudged } = inRepository(result);
  const shown = severities.flatMap((severity) => shownOf(findings, severity));
  const annotated = new Set(shown);
  const rest = findings.filter((finding) => !annotated.has(finding));
  const lines = [
    ...shown.map(annotation),
    ...(rest.length === 0 ? [] : listed(rest)),
    logLine(`${foundText(summary)}. ${judgedText(summary)}`),
    ...notJudged.map((entry) => logLine(notJudgedText(entry, false))),
  ];
  return `${lines.join('\n')}\n`;
};

/** One notice is kept free for the count of what is left out. */
const shownOf = (findings: readonly Finding[], severity: Severity): readonly Finding[] =>
  findings
    .filter((finding) => finding.severity === severity)
    .toSorted((a, b) => Number(b.new === true) - Number(a.new === true))
    .slice(0, severity === 'info' ? maxAnnotations - 1 : maxAnnotations);

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
  const written = parameters.map(([name, value]) => `${name}=${escapedParameter(printable(value ?? ''))}`).join(',');
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

const listed = (findings: readonly Finding[]): readonly string[] => {
  const heading = counted(findings.length, 'more finding');
  return [
    `::notice title=flux-lint::${heading} in the log of this step: GitHub shows ten annotations of a level.`,
    `::group::${heading}`,
    ...findings.map(({ location, severity, ruleId, message }) => logLine(`- ${placeText(location)}: ${severity}: ${ruleId}: ${message}`)),
    '::endgroup::',
  ];
};

/** A line that is no command, whatever a manifest says. */
const logLine = (text: string): string => printable(text.replace(/\s+/g, ' '));
