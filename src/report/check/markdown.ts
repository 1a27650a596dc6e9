import type { CheckResult } from '../../lint/result.ts';
import type { Finding } from '../../model/finding.ts';
import { code, escaped, maxComment } from '../markdown-text.ts';
import { placeText } from '../place.ts';
import { counted, folded } from '../words.ts';
import { bySeverity, fitting } from './fitting.ts';
import { inRepository } from './in-repository.ts';
import { foundText, judgedText, notJudgedText } from './summary.ts';

/** What the headings of the tables, the fold around one and the line for what did not fit may want. */
const around = 500;

/** `check --format markdown`: for a job summary or a pull-request comment, which a bot finds again by its first line. */
export const markdownReport = (result: CheckResult): string => {
  const { findings, summary, notJudged } = inRepository(result);
  const head = ['<!-- flux-lint -->', `## flux-lint: ${foundText(summary).replace(/^No/, 'no')}`];
  const foot = [judgedText(summary), ...notJudged.map((entry) => escaped(notJudgedText(entry, false)))];
  const { kept, cut } = fitting(
    findings.toSorted((a, b) => bySeverity(a) - bySeverity(b)).map((finding) => ({ finding, text: row(finding) })),
    {
      size: ({ text }) => text.length + 1,
      room: maxComment - around - [...head, ...foot].join('\n\n').length,
    },
  );
  const loud = kept.filter(({ finding }) => finding.severity !== 'info');
  const infos = kept.filter(({ finding }) => finding.severity === 'info');
  const sections = [
    ...head,
    ...(loud.length === 0 ? [] : [table(loud)]),
    ...(infos.length === 0 ? [] : [`<details><summary>${counted(summary.infos, 'info')}</summary>\n\n${table(infos)}\n\n</details>`]),
    ...(cut === 0 ? [] : [`${counted(cut, 'more finding')} did not fit here.`]),
    ...foot,
  ];
  return `${sections.join('\n\n')}\n`;
};

interface Row {
  readonly finding: Finding;
  readonly text: string;
}

const table = (rows: readonly Row[]): string =>
  ['| | Where | What | Reaches |', '| --- | --- | --- | --- |', ...rows.map(({ text }) => text)].join('\n');

const row = ({ severity, ruleId, message, hint, location, reach }: Finding): string => {
  const what = [escaped(message), ...(hint === undefined ? [] : [`_${escaped(hint)}_`]), code(ruleId)].join('<br>');
  const cells = [`**${severity}**`, code(placeText(location)), what, escaped(folded(reach.clusters, false) || 'no cluster')];
  return `| ${cells.join(' | ')} |`;
};
