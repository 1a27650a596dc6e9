import { categoryOf, type RuleMeta } from '../../../lint/rule-meta.ts';
import type { Severity } from '../../../model/severity.ts';
import { markdownPage } from '../../rules/markdown.ts';
import { prose } from '../../rules/prose.ts';

/** SARIF's word for a severity. */
export const levelOf = (severity: Severity): 'error' | 'warning' | 'note' => (severity === 'info' ? 'note' : severity);

/** A rule for `tool.driver.rules`; GitHub shows `help.markdown` beside the alert and sorts by the properties. */
export const ruleDescriptor = (rule: RuleMeta) => ({
  id: rule.id,
  name: pascalCase(rule.id),
  shortDescription: { text: `${rule.summary}.` },
  fullDescription: { text: prose(rule.why) },
  helpUri: rule.reference,
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
