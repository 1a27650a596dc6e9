import { categoryOf, pageOf, type RuleMeta } from '../../../lint/rule-meta.ts';
import type { Severity } from '../../../model/severity.ts';
import { markdownPage } from '../../rules/markdown.ts';
import { prose } from '../../rules/prose.ts';

/** SARIF's word for a severity. */
export const levelOf = (severity: Severity): 'error' | 'warning' | 'note' => (severity === 'info' ? 'note' : severity);

/** Characters that GitHub takes of a rule (docs.github.com, "SARIF support for code scanning", `reportingDescriptor`). */
const maxName = 255;
const maxDescription = 1024;

/** A rule for `tool.driver.rules`; GitHub shows `help.markdown` beside the alert and sorts by the properties. */
export const ruleDescriptor = (rule: RuleMeta) => ({
  id: rule.id,
  name: shortened(pascalCase(rule.id), maxName),
  shortDescription: { text: shortened(`${rule.summary}.`, maxDescription) },
  fullDescription: { text: shortened(prose(rule.why), maxDescription) },
  helpUri: pageOf(rule),
  help: {
    text: [prose(rule.why), rule.hint, rule.reference].filter((part) => part !== undefined).join('\n\n'),
    markdown: markdownPage(rule),
  },
  defaultConfiguration: { level: levelOf(rule.severity) },
  properties: {
    tags: ['flux', categoryOf(rule.id), ...(rule.securitySeverity === undefined || categoryOf(rule.id) === 'security' ? [] : ['security'])],
    precision: precision[rule.severity],
    'problem.severity': problemSeverity[rule.severity],
    ...(rule.securitySeverity === undefined ? {} : { 'security-severity': rule.securitySeverity.toFixed(1) }),
  },
});

/** An error is a failure that is certain; the milder the severity, the more it depends on what only people know. */
const precision = { error: 'very-high', warning: 'high', info: 'medium' } as const satisfies Record<Severity, string>;

/** GitHub's words, which differ from SARIF's levels. */
const problemSeverity = { error: 'error', warning: 'warning', info: 'recommendation' } as const satisfies Record<Severity, string>;

/** `build/missing-resource` → `BuildMissingResource`, as SARIF wants names of rules. */
const pascalCase = (id: string): string =>
  id
    .split(/[/-]/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');

const shortened = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}\u2026`;
