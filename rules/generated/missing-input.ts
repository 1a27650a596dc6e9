import { defineRule, yaml } from '../../src/rule.ts';

export const missingInput = defineRule({
  id: 'generated/missing-input',
  severity: 'error',
  summary: 'A ResourceSet reads a key that one of its inputs lacks',
  why: `The Flux Operator renders the templates of a ResourceSet once for each set of inputs, and a key that a set lacks is an
    error: \`map has no entry for key\`. Nothing of the ResourceSet is made or updated then, for no set at all. By default
    the inputs of several providers are one set each, so a template cannot read a key of one beside a key of another.`,
  reference: 'https://fluxcd.control-plane.io/operator/resourcesets/introduction/',
  hint: 'Give every set the key, or read it with a default: << get inputs "key" | default "value" >>.',
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
            stage: production
          - team: search
        resources:
          - apiVersion: v1
            kind: Namespace
            metadata:
              name: << inputs.team >>
              labels:
                stage: << inputs.stage >> # expect: generated/missing-input
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
            stage: production
          - team: search
            stage: staging
        resources:
          - apiVersion: v1
            kind: Namespace
            metadata:
              name: << inputs.team >>
              labels:
                stage: << inputs.stage >>
    `,
  },

  *object(object, { graph }) {
    const generated = graph.generators.of(object);
    if (!generated) return;
    for (const { type, key, message, at, related } of generated.errors) {
      // What gives inline inputs an id, or does not, has changed from version to version.
      if (type !== 'missing-input' || key === 'id') continue;
      // Without a set of inputs there is none that lacks the key.
      const hasInputs = (related ?? []).length > 0;
      yield {
        at,
        message: `The template fails: ${message}${hasInputs ? '' : ' (there are no inputs)'}. Nothing of ${object.label} is made.`,
        hint: hasInputs
          ? undefined
          : `Give the ResourceSet inputs (spec.inputs, spec.inputsFrom), or read the key with a default: << get inputs "${key}" | default "value" >>.`,
        related,
      };
    }
  },
});
