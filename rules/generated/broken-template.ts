import { defineRule, yaml } from '../../src/rule.ts';

export const brokenTemplate = defineRule({
  id: 'generated/broken-template',
  severity: 'error',
  summary: 'A template of a ResourceSet fails, or gives what is no object',
  why: `The Flux Operator renders every template for every set of inputs and reads the text as YAML. If one cannot be parsed,
    calls a function that is not there, fails, or gives text that is no YAML, the whole ResourceSet fails and nothing of
    it is made or updated. In an item of \`resources\` the author's quotes do not help: the text that is rendered is made
    without them, so a value with \`: \` or \`#\` breaks it unless the template says \`| quote\`.`,
  reference: 'https://fluxcd.control-plane.io/operator/resourcesets/introduction/',
  kinds: ['ResourceSet'],
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: teams, namespace: flux-system }
      spec:
        inputs:
          - team: checkout
            about: "payments: cards"
        resources:
          - apiVersion: v1
            kind: Namespace
            metadata:
              name: << inputs.team >>
              annotations:
                about: "<< inputs.about >>" # expect: generated/broken-template
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: teams, namespace: flux-system }
      spec:
        inputs:
          - team: checkout
            about: "payments: cards"
        resources:
          - apiVersion: v1
            kind: Namespace
            metadata:
              name: << inputs.team >>
              annotations:
                about: << inputs.about | quote >>
    `,
  },

  *object(object, { graph }) {
    for (const { type, message, at, related } of graph.generators.of(object)?.errors ?? []) {
      if (type === 'missing-input' || type === 'missing-provider' || type === 'too-many-permutations') continue;
      yield { at, message: `${message}. Nothing of ${object.label} is made.`, related };
    }
  },
});
