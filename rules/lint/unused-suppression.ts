import { defineRule, yaml } from '../../src/rule.ts';

/** Found when all other rules have run; nothing here looks for it. */
export const unusedSuppression = defineRule({
  id: 'lint/unused-suppression',
  severity: 'info',
  fixable: 'safe',
  summary: 'A suppression comment suppresses nothing',
  why: `What the comment excused has been fixed, has moved, or was never found here. It stays behind as a blind spot: the next
    problem of that rule on that line, perhaps a real one, is silent. Suppressions of rules that did not run are left alone;
    so are all of them in pre-commit runs, unless \`--report-unused-suppressions\` asks for it.`,
  reference: 'https://eslint.org/docs/latest/use/configure/rules#disabling-rules',
  examples: {
    bad: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: billing # flux-lint-disable-line references/unknown-source -- comes with the operator # expect: lint/unused-suppression
    `,
    good: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: billing
    `,
  },
});
