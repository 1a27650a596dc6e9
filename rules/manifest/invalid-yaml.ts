import { defineRule, yaml } from '../../src/rule.ts';

/** Found where builds read files; nothing here looks for it. */
export const invalidYaml = defineRule({
  id: 'manifest/invalid-yaml',
  severity: 'error',
  summary: 'A file that a build reads is not valid YAML',
  why: `kustomize reads a directory as a whole. One file that does not parse fails the build, and the Kustomization
    that applies the directory stops reconciling: nothing in it is updated any more, however healthy the rest is.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file',
  remedy: 'Correct the line; editors with a YAML schema show it as you type.',
  unless: 'Not for templates that something else renders first: list them in `ignore`.',
  examples: {
    bad: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
      data:
        greeting: Hello: world # expect: manifest/invalid-yaml
    `,
    good: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
      data:
        greeting: "Hello: world"
    `,
  },
});
