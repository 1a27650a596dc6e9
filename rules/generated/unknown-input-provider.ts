import { defineRule, yaml } from '../../src/rule.ts';

export const unknownInputProvider = defineRule({
  id: 'generated/unknown-input-provider',
  severity: 'error',
  summary: 'A ResourceSet takes inputs from a provider that is not in its namespace',
  why: `The Flux Operator looks for the ResourceSetInputProviders under \`inputsFrom\` in the namespace of the ResourceSet. If one
    that is named is not there, the ResourceSet fails with \`failed to get provider\`, and nothing of it is made.`,
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
      kind: ResourceSetInputProvider
      metadata: { name: app-pull-requests, namespace: flux-system }
      spec: { type: GitHubPullRequest, url: "https://github.com/example/app" }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: previews, namespace: flux-system }
      spec:
        inputsFrom:
          - name: app-pull-request # expect: generated/unknown-input-provider
        resources:
          - apiVersion: v1
            kind: Namespace
            metadata:
              name: preview-<< inputs.id >>
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
      metadata: { name: app-pull-requests, namespace: flux-system }
      spec: { type: GitHubPullRequest, url: "https://github.com/example/app" }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: previews, namespace: flux-system }
      spec:
        inputsFrom:
          - name: app-pull-requests
        resources:
          - apiVersion: v1
            kind: Namespace
            metadata:
              name: preview-<< inputs.id >>
    `,
  },

  *object(object, { graph }) {
    for (const at of graph.generators.of(object)?.unmatched ?? []) {
      const any = { kind: 'ResourceSetInputProvider', namespace: object.namespace ?? '', name: '(any)' };
      if (graph.existence.of(object.cluster, any).answer !== 'no') continue;
      const message = `${object.label} takes inputs from providers with these labels, and none in ${any.namespace} has them: it makes nothing of them.`;
      yield { at, message, atMost: 'warning' };
    }
    for (const { type, at, key: name = '' } of graph.generators.of(object)?.errors ?? []) {
      if (type !== 'missing-provider') continue;
      const wanted = { kind: 'ResourceSetInputProvider', namespace: object.namespace ?? '', name };
      const verdict = graph.existence.of(object.cluster, wanted);
      if (verdict.answer === 'exists') continue;
      const id = `${wanted.kind} ${wanted.namespace}/${name}`;
      if (verdict.answer === 'no') {
        yield { at, message: `${object.label} takes inputs from ${id}, which nothing on its cluster creates: nothing of it is made.` };
      } else {
        const message = `${object.label} takes inputs from ${id}, which is not in this repository. It may come from elsewhere: ${verdict.why}.`;
        yield { at, message, atMost: 'info' };
      }
    }
  },
});
