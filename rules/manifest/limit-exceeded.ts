import { defineRule, yaml } from '../../src/rule.ts';

/** Found where files are parsed; nothing here looks for it. */
export const limitExceeded = defineRule({
  id: 'manifest/limit-exceeded',
  severity: 'error',
  summary: 'A file or a build is over the limits of what flux-lint follows, and the rest of it is not checked',
  why: `flux-lint reads files of up to 10 MiB, collections nested up to 100 deep, and aliases that stand for up to 200,000
    values. Kubernetes stores no object of more than 1.5 MiB, so a file beyond these limits is no manifest that a cluster
    could take. A build has its limits, too, since a few lines can multiply: 20,000 objects, 5,000 directories, and for each
    object 500,000 values and 4 MiB of text. What lies beyond is not checked; docs/limits.md has them all.`,
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
