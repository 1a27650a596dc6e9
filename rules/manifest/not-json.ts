import { defineRule, yaml } from '../../src/rule.ts';

/** Found by the kustomize evaluator; nothing here looks for it. */
export const notJson = defineRule({
  id: 'manifest/not-json',
  severity: 'error',
  summary: 'A manifest holds what JSON cannot: a key that is no text, or a number that is none',
  why: `The API speaks JSON, and kustomize prints every object by way of it. In JSON each key of a map is a text: \`22:\`, \`true:\` or
    \`2024-01-01:\` without quotes end the build with \`json: unsupported type: map[interface {}]interface {}\`. Nor does it have
    \`.inf\` and \`.nan\` (\`json: unsupported value\`). Nothing of the Kustomization is updated, and the message names no file.`,
  reference: 'https://yaml.org/spec/1.2.2/#json-schema',
  examples: {
    bad: {
      'kustomization.yaml': 'resources:\n  - release.yaml\n',
      'release.yaml': yaml`
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata:
          name: ingress
        spec:
          interval: 1h
          chartRef: { kind: OCIRepository, name: ingress }
          values:
            tcp:
              22: git/ssh:22 # expect: manifest/not-json
      `,
    },
    good: {
      'kustomization.yaml': 'resources:\n  - release.yaml\n',
      'release.yaml': yaml`
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata:
          name: ingress
        spec:
          interval: 1h
          chartRef: { kind: OCIRepository, name: ingress }
          values:
            tcp:
              "22": git/ssh:22
      `,
    },
  },
});
