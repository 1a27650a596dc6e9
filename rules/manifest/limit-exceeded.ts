import { defineRule, yaml } from '../../src/rule.ts';

/** Found where files are parsed; nothing here looks for it. */
export const limitExceeded = defineRule({
  id: 'manifest/limit-exceeded',
  severity: 'error',
  summary: 'A file is over the limits of size, nesting or aliases and is not read further',
  why: `flux-lint reads files of up to 10 MiB, collections nested up to 100 deep, and aliases that stand for up to 200,000
    values. Kubernetes stores no object of more than 1.5 MiB, so a file beyond these limits is no manifest that a cluster
    could take. What it holds is not checked.`,
  reference: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  examples: {
    bad: yaml`
      # expect: manifest/limit-exceeded
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: deep }
      data: ${'['.repeat(101)}${']'.repeat(101)}
    `,
    good: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: shallow }
      data: { list: "[[]]" }
    `,
  },
});
