import type { CheckResult } from '../../lint/result.ts';
import { grouped } from '../../model/grouped.ts';
import { code, escaped, maxComment } from '../markdown-text.ts';
import { placeText } from '../place.ts';
import { counted, folded } from '../words.ts';
import { worstFirst } from './arrange/order.ts';
import { type Told, withSiblings } from './arrange/siblings.ts';
import { inRepository } from './in-repository.ts';
import { foundText, judgedText, notJudgedText } from './summary.ts';

/** What the line for what did not fit and blank lines may want. */
const around = 500;

/**
 * `check --format markdown`: for a job summary or a pull-request comment, which a bot finds again by its first line. A section
 * for each rule, the worst first; those of errors are open.
 */
export const markdownReport = (given: CheckResult): string => {
  const result = inRepository(given);
  const { summary, notJudged } = result;
  const rows = withSiblings(worstFirst(result.findings, result), result).map((told): Row => ({ ...told, text: row(told) }));
  const head = ['<!-- flux-lint -->', `## flux-lint: ${foundText(summary).replace(/^No/, 'no')}`];
  const foot = [judgedText(summary), ...notJudged.map((entry) => escaped(notJudgedText(entry, false)))];
  const kept = fittingRows(rows, maxComment - around - [...head, ...foot].join('\n\n').length);
  const cut = result.findings.length - kept.reduce((sum, { elsewhere }) => sum + 1 + elsewhere.length, 0);
  const sections = [
    ...head,
    ...sectionsOf(kept).map(section),
    ...(cut === 0 ? [] : [`${counted(cut, 'more finding')} did not fit here.`]),
    ...foot,
  ];
  return `${sections.join('\n\n')}\n`;
};

/** As many as there is room for, the worst first, with what their sections want. */
const fittingRows = (rows: readonly Row[], room: number): readonly Row[] => {
  const opened = new Set<string>();
  let used = 0;
  return rows.filter((each) => {
    const key = sectionKey(each);
    const needed = opened.has(key) ? each.text.length + 1 : section([each]).length + 2;
    if (used + needed > room) return false;
    used += needed;
    opened.add(key);
    return true;
  });
};

interface Row extends Told {
  readonly text: string;
}

type Section = readonly [Row, ...Row[]];

const sectionsOf = (rows: readonly Row[]): readonly Section[] => [...grouped(rows, sectionKey).values()];

const sectionKey = ({ finding: { severity, ruleId } }: Row): string => `${severity} ${ruleId}`;

const section = (rows: Section): string => {
  const [{ finding }] = rows;
  const { severity, ruleId, url } = finding;
  const count = rows.reduce((sum, { elsewhere }) => sum + 1 + elsewhere.length, 0);
  const name = url === undefined ? `<code>${escaped(ruleId)}</code>` : `<a href="${attribute(url)}"><code>${escaped(ruleId)}</code></a>`;
  const summary = `<summary><b>${severity}</b> ${name} (${count})</summary>`;
  return `<details${severity === 'error' ? ' open' : ''}>${summary}\n\n| Where | What | Reaches |\n| --- | --- | --- |\n${linesOf(rows)}\n\n</details>`;
};

const linesOf = (rows: Section): string => rows.map(({ text }) => text).join('\n');

/** A URL that a plugin gives must not end the attribute. */
const attribute = (url: string): string => encodeURI(url).replaceAll('%25', '%').replaceAll('&', '&amp;').replaceAll("'", '&#39;');

const shownPlaces = 5;

const row = ({ finding: { message, hint, location, reach }, elsewhere }: Told): string => {
  const where = [location, ...elsewhere].slice(0, shownPlaces).map((place) => code(placeText(place)));
  const rest = 1 + elsewhere.length - where.length;
  const cells = [
    [...where, ...(rest === 0 ? [] : [`and ${rest} more`])].join('<br>'),
    [escaped(message), ...(hint === undefined ? [] : [`_${escaped(hint)}_`])].join('<br>'),
    escaped(folded(reach.clusters, false) || 'no cluster'),
  ];
  return `| ${cells.join(' | ')} |`;
};
