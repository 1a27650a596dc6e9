import { defineRule, yaml } from '../../src/rule.ts';

export const providerNameCollision = defineRule({
  id: 'generated/provider-name-collision',
  severity: 'error',
  summary: 'Two providers of a combination have one name in templates',
  why: `With \`Permute\` a template reads the inputs of each provider under its name, in lower case and with underscores for what is
    no letter or number. Of two names that come to the same the later provider hides the other: nothing fails, and templates
    read the wrong inputs.`,
  reference: 'https://fluxcd.control-plane.io/operator/resourceset/',
  hint: 'Rename one of the providers.',
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
      kind: ResourceSetInputProvider
      metadata: { name: shop-eu, namespace: flux-system, labels: { app: shop } }
      spec: { type: Static, defaultValues: { region: eu } }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSetInputProvider
      metadata: { name: shop.eu, namespace: flux-system, labels: { app: shop } }
      spec: { type: Static, defaultValues: { region: us } }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: shops, namespace: flux-system }
      spec:
        inputStrategy: # expect: generated/provider-name-collision
          name: Permute
        inputsFrom:
          - selector: { matchLabels: { app: shop } }
        resources:
          - apiVersion: v1
            kind: Namespace
            metadata:
              name: shop-<< inputs.shop_eu.region >>
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
      kind: ResourceSetInputProvider
      metadata: { name: shop-eu, namespace: flux-system, labels: { app: shop } }
      spec: { type: Static, defaultValues: { region: eu } }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSetInputProvider
      metadata: { name: sizes, namespace: flux-system, labels: { app: shop } }
      spec: { type: Static, defaultValues: { size: large } }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: shops, namespace: flux-system }
      spec:
        inputStrategy:
          name: Permute
        inputsFrom:
          - selector: { matchLabels: { app: shop } }
        resources:
          - apiVersion: v1
            kind: Namespace
            metadata:
              name: shop-<< inputs.shop_eu.region >>-<< inputs.sizes.size >>
    `,
  },

  *object(object, { graph }) {
    for (const { key, hidden, shown } of graph.generators.of(object)?.collisions ?? []) {
      yield {
        at: object.keyOrigin('/spec/inputStrategy'),
        message: `${hidden.name} and ${shown.name} are both inputs.${key} in the templates of ${object.label}: what ${hidden.name} gives is hidden.`,
        related: [hidden, shown].map(({ name, at }) => ({ at, message: `this is ${name}` })),
      };
    }
  },
});
