import { defineRule, yaml } from '../../src/rule.ts';

export const typeChanged = defineRule({
  id: 'generated/type-changed',
  severity: 'error',
  summary: 'A text becomes a number or a boolean in a template of a ResourceSet',
  why: `The Flux Operator turns each item of \`resources\` into YAML, renders that, and reads the result as YAML 1.1. The author's
    quotes are gone when it is rendered: from "1.20" comes the number 1.2, from "007" comes 7, from "yes" comes true. Labels,
    annotations and data must be texts. An annotation or data that is none makes the API server reject the object; one
    label that is none makes the operator drop all labels of the object, and nothing says so.`,
  reference: 'https://fluxcd.control-plane.io/operator/resourcesets/introduction/',
  hint: 'Quote it in the template: << inputs.version | quote >>.',
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
            release: "1.20"
        resources:
          - apiVersion: v1
            kind: Namespace
            metadata:
              name: << inputs.team >>
              labels:
                team: << inputs.team >>
                release: "<< inputs.release >>" # expect: generated/type-changed
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
            release: "1.20"
        resources:
          - apiVersion: v1
            kind: Namespace
            metadata:
              name: << inputs.team >>
              labels:
                team: << inputs.team >>
                release: << inputs.release | quote >>
    `,
  },

  *object(object, { graph }) {
    const told = new Set<string>();
    for (const { field, key, value, object: made } of graph.generators.of(object)?.typeChanges ?? []) {
      // A line of a template gives one for each set of inputs.
      const place = `${value.span.path}:${value.span.start}`;
      if (told.has(place)) continue;
      told.add(place);
      const [input] = value.via.filter((step) => step.field === 'inputs');
      const what = typeof value.value === 'boolean' ? 'a boolean' : 'a number';
      const consequence =
        field === 'labels' ? `The operator drops all labels of ${made}.` : `The API server rejects ${made}, and the ResourceSet fails.`;
      yield {
        at: value,
        message: `${key} under ${field} of ${made} is ${value.text} without quotes when it is rendered: ${what}, ${value.value}. ${consequence}`,
        related: input ? [{ at: { span: input.at, via: [] }, message: 'this is the input' }] : [],
      };
    }
  },
});
