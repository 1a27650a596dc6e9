import { categoryOf, firstRelease, type RuleMeta } from '../../lint/rule-meta.ts';
import { exampleFiles } from './example-files.ts';
import { prose } from './prose.ts';

/** One rule's page, as `docs/rules/` holds it. Ends in a newline. */
export const markdownPage = (rule: RuleMeta): string => {
  const sections = [
    `# ${rule.id}`,
    `${rule.summary}.`,
    facts(rule),
    `## Why\n\n${prose(rule.why)}`,
    ...(rule.hint === undefined ? [] : [`## What to do\n\n${prose(rule.hint)}`]),
    `## Reported\n\n${codeBlocks(rule.examples.bad)}`,
    `## Not reported\n\n${codeBlocks(rule.examples.good)}`,
    ...(rule.options === undefined ? [] : [`## Options\n\n${options(rule)}`]),
    `## Reference\n\n<${rule.reference}>`,
  ];
  return `${sections.join('\n\n')}\n`;
};

/**
 * The catalogue as one table for each category. Ends in a newline.
 *
 * @param pageOf where the page of a rule lies; without it nothing is linked
 */
export const markdownCatalogue = (rules: readonly RuleMeta[], pageOf?: (id: string) => string): string => {
  const categories = [...new Set(rules.map(({ id }) => categoryOf(id)))];
  const tables = categories.map((category) => {
    const rows = rules.filter(({ id }) => categoryOf(id) === category).map((rule) => row(rule, pageOf));
    return `## ${category}\n\n| rule | severity | fix | since | |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}`;
  });
  return `${['# Rules', ...tables].join('\n\n')}\n`;
};

const facts = ({ severity, strict, fixable, change, since }: RuleMeta): string =>
  [
    `**Severity**: ${severity}${strict === undefined ? '' : ` (${strict} under \`extends: strict\`)`}`,
    `**Fix**: ${fixable === undefined ? 'none' : `automatic, ${fixable}`}`,
    `**Since**: ${since ?? firstRelease}`,
    ...(change ? ['**Only when two revisions are compared**'] : []),
  ].join(' \u00b7 ');

const codeBlocks = (example: RuleMeta['examples']['bad']): string =>
  exampleFiles(example)
    .map(({ path, text }) => `${path === undefined ? '' : `\`${path}\`:\n\n`}${fence(text)}yaml\n${text}${fence(text)}`)
    .join('\n\n');

/** Longer than any fence within the text. */
const fence = (text: string): string => '`'.repeat(Math.max(3, ...[...text.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length + 1)));

const options = ({ options: schema }: RuleMeta): string => {
  const text = `${JSON.stringify(schema?.properties ?? {}, undefined, 2)}\n`;
  return `As JSON Schema:\n\n\`\`\`json\n${text}\`\`\``;
};

const row = ({ id, severity, fixable, since, summary }: RuleMeta, pageOf: ((id: string) => string) | undefined): string => {
  const name = pageOf === undefined ? `\`${id}\`` : `[\`${id}\`](${pageOf(id)})`;
  return `| ${name} | ${severity} | ${fixable ?? ''} | ${since ?? firstRelease} | ${summary.replaceAll('|', '\\|')} |`;
};
