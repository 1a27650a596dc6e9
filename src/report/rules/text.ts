import type { ChalkInstance } from 'chalk';
import { categoryOf, type Example, firstRelease, pageOf, type RuleMeta } from '../../lint/rule-meta.ts';
import { printable } from '../printable.ts';
import { severityColour } from '../severity-colour.ts';
import { wrap } from '../terminal.ts';
import { counted } from '../words.ts';
import { exampleFiles } from './example-files.ts';
import { fluxText, howToNarrow, suppressionOf, whatToDo, whenNot } from './guidance.ts';
import { prose } from './prose.ts';

export interface RulesTextOptions {
  readonly colour: ChalkInstance;
  readonly width: number;
}

/** The catalogue by category: severity, id, what it finds. */
export const textCatalogue = (rules: readonly RuleMeta[], { colour, width }: RulesTextOptions): string => {
  const idWidth = Math.max(0, ...rules.map(({ id }) => id.length));
  const margin = severityWidth + idWidth + 6;
  const lines: string[] = [];
  let category: string | undefined;
  for (const rule of rules) {
    if (categoryOf(rule.id) !== category) lines.push(...(category === undefined ? [] : ['']), colour.underline(categoryOf(rule.id)));
    category = categoryOf(rule.id);
    const note = [...(rule.fixable === undefined ? [] : ['fix']), ...(rule.change ? ['change'] : [])].join(', ');
    const summary = wrap(`${rule.summary}${note === '' ? '' : ` [${note}]`}`, Math.max(30, width - margin));
    const head = `  ${severityColour(colour, rule.severity)(rule.severity.padEnd(severityWidth))}  ${colour.bold(rule.id.padEnd(idWidth))}  `;
    lines.push(...summary.map((line, index) => `${index === 0 ? head : ' '.repeat(margin)}${line}`));
  }
  const footer = `${counted(rules.length, 'rule')}. Why a rule exists, with examples: flux-lint explain RULE`;
  return `${[...lines, '', colour.dim(footer)].join('\n')}\n`;
};

/** One rule's page. */
export const textPage = (rule: RuleMeta, { colour, width }: RulesTextOptions): string => {
  const heading = (text: string) => ['', colour.underline(text)];
  const facts = [
    severityColour(colour, rule.severity)(rule.severity),
    rule.fixable === undefined ? 'no automatic fix' : `automatic fix (${rule.fixable})`,
    `since ${rule.since ?? firstRelease}`,
    `matters for ${fluxText(rule)}`,
    ...(rule.change ? ['only when two revisions are compared'] : []),
  ];
  const lines = [
    `${colour.bold(rule.id)}  ${facts.join(', ')}`,
    ...wrap(`${rule.summary}.`, width),
    ...heading('Why'),
    ...paragraphs(rule.why, width),
    ...heading('What to do'),
    ...paragraphs(whatToDo(rule), width),
    ...heading('Reported'),
    ...exampleLines(rule.examples.bad, colour),
    ...heading('Not reported'),
    ...exampleLines(rule.examples.good, colour),
    ...(rule.options === undefined
      ? []
      : [...heading('Options, as JSON Schema'), ...JSON.stringify(rule.options.properties, undefined, 2).split('\n')]),
    ...heading('When not to use it'),
    ...paragraphs(whenNot(rule), width),
    ...heading('Turn it off, or narrow it, in .flux-lint.yaml'),
    ...howToNarrow(rule)
      .split('\n')
      .map((line) => `  ${line}`),
    ...wrap(`In one place: ${suppressionOf(rule)}`, width),
    ...wrap(`For one run: --rule ${rule.id}=off`, width),
    ...heading('Reference'),
    rule.reference,
    ...(rule.isOwn ? [] : [pageOf(rule)]),
  ];
  return `${lines.join('\n')}\n`;
};

const severityWidth = 'warning'.length;

const paragraphs = (text: string, width: number): readonly string[] =>
  prose(text)
    .split('\n')
    .flatMap((line) => (line === '' ? [''] : wrap(line, width)));

const exampleLines = (example: Example, colour: ChalkInstance): readonly string[] =>
  exampleFiles(example).flatMap(({ path, text }) => [
    ...(path === undefined ? [] : [colour.dim(`# ${path}`)]),
    ...text
      .trimEnd()
      .split('\n')
      .map((line) => `  ${printable(line)}`),
  ]);
