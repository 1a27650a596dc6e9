/** Many findings on one screen: a line for each rule. */
import type { Finding } from '../../../model/finding.ts';
import { grouped } from '../../../model/grouped.ts';
import { cells } from '../../cells.ts';
import { hyperlink } from '../../hyperlink.ts';
import { placeText } from '../../place.ts';
import { printable } from '../../printable.ts';
import { severityColour } from '../../severity-colour.ts';
import { wrap } from '../../terminal.ts';
import type { ReportOptions } from '../check-report.ts';

/**
 * Count, rule, and the first finding with its place; the rules by their first finding. On a terminal the example has a line
 * of its own, cut where the terminal ends. Ends in an empty line.
 */
export const ruleLines = (findings: readonly Finding[], options: ReportOptions): readonly string[] => {
  const { colour, width, links } = options;
  const rules = [...grouped(findings, ({ ruleId }) => ruleId)];
  const countWidth = Math.max(...rules.map(([, found]) => String(found.length).length));
  const idWidth = Math.max(...rules.map(([id]) => id.length));
  const lines = rules.flatMap(([id, found]) => {
    const [{ severity, location, message, url }] = found;
    const count = severityColour(colour, severity).bold(String(found.length).padStart(countWidth));
    const name = hyperlink(colour.bold(printable(id)), links ? url : undefined);
    const place = printable(placeText(location));
    const example = wrap(message, Number.POSITIVE_INFINITY).join('');
    const head = `  ${count}  ${name}`;
    if (width === Number.POSITIVE_INFINITY) return [`${head}${' '.repeat(idWidth - id.length)}  ${colour.dim(place)}  ${example}`];
    const margin = countWidth + 4;
    const room = width - margin - cells(place) - 2;
    return [head, `${' '.repeat(margin)}${colour.dim(place)}${room < 20 ? '' : `  ${cut(example, room)}`}`];
  });
  return [...wrap(howToSeeAll, width).map((line) => colour.dim(line)), '', ...lines, ''];
};

const howToSeeAll =
  'Warnings by rule, each with its worst example. All of one rule: --only RULE; of a cluster or a file: its path; all: --verbose.';

/** As much of a text as fits, with a sign where it was cut. */
const cut = (text: string, width: number): string => {
  if (cells(text) <= width) return text;
  let shown = text;
  while (cells(shown) > width - 1) shown = shown.slice(0, shown.lastIndexOf(' ') === -1 ? -1 : shown.lastIndexOf(' '));
  return `${shown}\u2026`;
};
