import { child, defineRule, stringAt, yaml } from '../../src/rule.ts';

export const shortSyncRef = defineRule({
  id: 'generated/short-sync-ref',
  severity: 'error',
  summary: 'A FluxInstance syncs a git reference that is not written out',
  why: `The Flux Operator writes \`sync.ref\` into \`ref.name\` of the GitRepository that it makes, and source-controller looks for a
    reference of exactly this name. \`main\` is the name of a branch; the reference is \`refs/heads/main\`. The source never
    becomes ready, and the cluster gets nothing.`,
  reference: 'https://fluxcd.control-plane.io/operator/fluxinstance/#cluster-sync-configuration',
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
      kind: FluxInstance
      metadata: { name: flux, namespace: flux-system }
      spec:
        distribution: { version: 2.x, registry: ghcr.io/fluxcd }
        sync:
          kind: GitRepository
          url: https://github.com/example/fleet
          ref: main # expect: generated/short-sync-ref
          path: clusters/production
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
      kind: FluxInstance
      metadata: { name: flux, namespace: flux-system }
      spec:
        distribution: { version: 2.x, registry: ghcr.io/fluxcd }
        sync:
          kind: GitRepository
          url: https://github.com/example/fleet
          ref: refs/heads/main
          path: clusters/production
    `,
  },

  *cluster(cluster, { graph }) {
    for (const { spec } of graph.clusters.instances(cluster)) {
      const kind = stringAt(spec, 'sync', 'kind') ?? 'GitRepository';
      const node = child(spec, 'sync', 'ref');
      const ref = stringAt(node);
      // A variable may stand for the whole name.
      if (!node || kind !== 'GitRepository' || !ref || /^(refs\/|HEAD$|\$)/.test(ref)) continue;
      const message = `The operator asks for a git reference of the name ${ref}, which no repository has: branches are refs/heads/NAME, tags refs/tags/NAME.`;
      yield { at: node, message, hint: `Write refs/heads/${ref} where ${ref} is a branch.` };
    }
  },
});
