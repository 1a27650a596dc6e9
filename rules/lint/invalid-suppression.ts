import { defineRule, yaml } from '../../src/rule.ts';

/** Found where suppression comments are read; nothing here looks for it. */
export const invalidSuppression = defineRule({
  id: 'lint/invalid-suppression',
  severity: 'warning',
  summary: 'A suppression comment names no rule, one that does not exist, or lacks its reason',
  why: `Such a comment looks as if somebody had looked at the finding and accepted it, yet it does nothing: the finding is still
    reported, or comes back under the name that the rule really has. With \`requireReason: true\` a suppression without
    \`-- reason\` is reported too; it still holds.`,
  reference: 'https://eslint.org/docs/latest/use/configure/rules#disabling-rules',
  options: {
    type: 'object',
    properties: { requireReason: { type: 'boolean', default: false, description: 'Every suppression must say why.' } },
  },
  examples: {
    bad: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: billing # flux-lint-disable-line references/unknown-sourc -- an operator's # expect: lint/invalid-suppression
    `,
    good: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: billing # flux-lint-disable-line references/unknown-source -- an operator's
    `,
  },
});
