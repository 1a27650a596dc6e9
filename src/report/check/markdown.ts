import type { CheckResult } from '../../lint/result.ts';
import type { Finding } from '../../model/finding.ts';
import { severityRank } from '../../model/severity.ts';
import { code, escaped } from '../markdown-text.ts';
import { placeText } from '../place.ts';
import { counted, folded } from '../words.ts';
import { inRepository } from './in-repository.ts';
import { foundText, judgedText, notJudgedText } from './summary.ts';

/** GitHub refuses comments of more than 65,536 characters; the rest is for what stands around the table. */
const maxLength = 60_000;

/** `check --format markdown`: for a job summary or a pull-request comment, which a bot finds again by its first line. */
export const markdownReport = (result: CheckResult): string => {
  const { findings, summary, notJudged } = inRepository(result);
  const { rows, left } = fitting(findings.toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity)));
  const loud = rows.filter(({ finding }) => finding.severity !== 'info');
  const infos = rows.filter(({ finding }) => finding.severity === 'info');
  const sections = [
    '<!-- flux-lint -->',
    `## flux-lint: ${foundText(summary).replace(/^No/, 'no')}`,
    ...(loud.length === 0 ? [] : [table(loud)]),
    ...(infos.length === 0 ? [] : [`<details><summary>${counted(summary.infos, 'info')}</summary>\n\n${table(infos)}\n\n</details>`]),
    ...(left === 0 ? [] : [`${counted(left, 'more finding')} did not fit here.`]),
    judgedText(summary),
    ...notJudged.map((entry) => escaped(notJudgedText(entry, false))),
  ];
  return `${sections.join('\n\n')}\n`;
};

interface Row {
  readonly finding: Finding;
  readonly text: string;
}

const fitting = (findings: readonly Finding[]): { readonly rows: readonly Row[]; readonly left: number } => {
  const rows: Row[] = [];
  let length = 0;
  for (const finding of findings) {
    const text = row(finding);
    length += text.length;
    if (length > maxLength) break;
    rows.push({ finding, text });
  }
  return { rows, left: findings.length - rows.length };
};

const table = (rows: readonly Row[]): string =>
  ['| | Where | What | Reaches |', '| --- | --- | --- | --- |', ...rows.map(({ text }) => text)].join('\n');

const row = ({ severity, ruleId, message, hint, location, reach }: Finding): string => {
  const what = [escaped(message), ...(hint === undefined ? [] : [`_${escaped(hint)}_`]), code(ruleId)].join('<br>');
  const cells = [`**${severity}**`, code(placeText(location)), what, escaped(folded(reach.clusters, false) || 'no cluster')];
  return `| ${cells.join(' | ')} |`;
};
