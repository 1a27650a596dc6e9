import { defineRule, type MapNode, stringAt, yaml } from '../../src/rule.ts';

export const droppedDuplicate = defineRule({
  id: 'generated/dropped-duplicate',
  severity: 'warning',
  summary: 'Two sets of inputs make one object, and the later is dropped',
  why: `The Flux Operator makes each object once: of two with one kind, namespace and name the first stays, and the other is left
    out without a word, even where it says something else. Whoever wrote the second set of inputs waits for what never comes.`,
  reference: 'https://fluxcd.control-plane.io/operator/resourceset/',
  hint: 'Put what tells the sets apart into the name.',
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
          - team: checkout
            stage: staging
        resources:
          - apiVersion: v1 # expect: generated/dropped-duplicate
            kind: Namespace
            metadata:
              name: << inputs.team >>
              labels:
                stage: << inputs.stage >>
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
          - team: checkout
            stage: staging
        resources:
          - apiVersion: v1
            kind: Namespace
            metadata:
              name: << inputs.team >>-<< inputs.stage >>
              labels:
                stage: << inputs.stage >>
    `,
  },

  *object(object, { graph }) {
    const told = new Set<string>();
    for (const { dropped, kept } of graph.generators.of(object)?.drops ?? []) {
      // A template gives one for each set of inputs.
      const place = `${dropped.at.span.path}:${dropped.at.span.start}`;
      if (told.has(place)) continue;
      told.add(place);
      const name = nameOf(kept.root);
      const of =
        dropped.inputs && kept.inputs
          ? ` of ${dropped.inputs.label}: ${kept.inputs.label} makes it already, otherwise`
          : ': it is made already, otherwise';
      yield {
        at: dropped.at,
        message: `${object.label} leaves out ${name}${of}.`,
        related: [kept, dropped].flatMap(({ inputs }) => (inputs ? [{ at: inputs.at, message: `these are ${inputs.label}` }] : [])),
      };
    }
  },
});

const nameOf = (root: MapNode): string =>
  [stringAt(root, 'kind'), stringAt(root, 'metadata', 'namespace'), stringAt(root, 'metadata', 'name')].filter(Boolean).join('/');
