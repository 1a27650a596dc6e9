import { defineRule, yaml } from '../../src/rule.ts';

/** Found where builds read files; nothing here looks for it. */
export const duplicateKey = defineRule({
  id: 'manifest/duplicate-key',
  severity: 'error',
  summary: 'A key stands twice in one map',
  why: `kustomize rejects an object with a key that is written twice: \`mapping key "data" already defined\`, and the whole build
    with it. In a kustomization file the last of the two counts, in a strategic-merge patch the first, and nothing tells you: half of
    what was written has no effect.`,
  hint: 'Leave one of the two, or merge them.',
  reference: 'https://yaml.org/spec/1.2.2/#3213-node-comparison',
  examples: {
    bad: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
      data:
        currency: EUR
      data: # expect: manifest/duplicate-key
        language: en
    `,
    good: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
      data:
        currency: EUR
        language: en
    `,
  },
});
