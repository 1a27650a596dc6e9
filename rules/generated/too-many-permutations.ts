import { defineRule, yaml } from '../../src/rule.ts';

export const tooManyPermutations = defineRule({
  id: 'generated/too-many-permutations',
  severity: 'error',
  summary: 'A combination of inputs makes more than 10,000 sets',
  why: `With \`Permute\` the Flux Operator makes a set of every combination of the inputs of all providers, and refuses more than
    10,000 of them. Nothing of the ResourceSet is made or updated then.`,
  reference: 'https://fluxcd.control-plane.io/operator/resourceset/',
  hint: 'Take the inputs together in fewer sets, or make several ResourceSets.',
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
      metadata: { name: shop, namespace: flux-system }
      spec: { type: GitHubPullRequest, url: "https://github.com/example/shop" }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSetInputProvider
      metadata: { name: search, namespace: flux-system }
      spec: { type: GitHubPullRequest, url: "https://github.com/example/search" }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSetInputProvider
      metadata: { name: stock, namespace: flux-system }
      spec: { type: GitHubPullRequest, url: "https://github.com/example/stock" }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: cells, namespace: flux-system }
      spec:
        inputStrategy: # expect: generated/too-many-permutations warning
          name: Permute
        inputsFrom:
          - name: shop
          - name: search
          - name: stock
        resources:
          - apiVersion: v1
            kind: Namespace
            metadata:
              name: cell-<< inputs.shop.id >>-<< inputs.search.id >>-<< inputs.stock.id >>
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
      metadata: { name: shop, namespace: flux-system }
      spec: { type: GitHubPullRequest, url: "https://github.com/example/shop", filter: { limit: 20 } }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSetInputProvider
      metadata: { name: search, namespace: flux-system }
      spec: { type: GitHubPullRequest, url: "https://github.com/example/search", filter: { limit: 20 } }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSetInputProvider
      metadata: { name: stock, namespace: flux-system }
      spec: { type: GitHubPullRequest, url: "https://github.com/example/stock", filter: { limit: 20 } }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: cells, namespace: flux-system }
      spec:
        inputStrategy:
          name: Permute
        inputsFrom:
          - name: shop
          - name: search
          - name: stock
        resources:
          - apiVersion: v1
            kind: Namespace
            metadata:
              name: cell-<< inputs.shop.id >>-<< inputs.search.id >>-<< inputs.stock.id >>
    `,
  },

  *object(object, { graph }) {
    const { tooMany, errors = [] } = graph.generators.of(object) ?? {};
    if (tooMany !== undefined) {
      const message = `The providers of ${object.label} may give ${tooMany} combinations, and of more than 10000 the operator makes nothing.`;
      yield { at: object.keyOrigin('/spec/inputStrategy'), message, atMost: 'warning' };
    }
    for (const { type, message } of errors) {
      if (type !== 'too-many-permutations') continue;
      yield { at: object.keyOrigin('/spec/inputStrategy'), message: `${message}. Nothing of ${object.label} is made.` };
    }
  },
});
