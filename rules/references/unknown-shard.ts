import { defineRule, didYouMean, groupOf, labelOf, nearest, yaml } from '../../src/rule.ts';

export const unknownShard = defineRule({
  id: 'references/unknown-shard',
  severity: 'error',
  summary: 'An object belongs to a shard that no controller runs',
  why: `With shards, the main controllers watch what has no label (\`--watch-label-selector=!sharding.fluxcd.io/key\`) and every
    shard what has its own name in it (fluxcd/pkg: runtime/controller/watch.go, GetWatchSelector). An object with another
    name is watched by nobody: it is applied, and never reconciled, without an event or a status.`,
  reference: 'https://fluxcd.io/flux/installation/configuration/sharding/',
  remedy: 'Write the name of a shard that there is, or run that shard.',
  examples: {
    bad: yaml`
      apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata: { name: flux, namespace: flux-system }
      spec:
        distribution: { version: 2.x, registry: ghcr.io/fluxcd }
        sharding: { shards: [one, two] }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata:
        name: shop
        namespace: flux-system
        labels:
          sharding.fluxcd.io/key: three # expect: references/unknown-shard
      spec: { interval: 1h, url: https://example.com/charts }
    `,
    good: yaml`
      apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata: { name: flux, namespace: flux-system }
      spec:
        distribution: { version: 2.x, registry: ghcr.io/fluxcd }
        sharding: { shards: [one, two] }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata:
        name: shop
        namespace: flux-system
        labels:
          sharding.fluxcd.io/key: two
      spec: { interval: 1h, url: https://example.com/charts }
    `,
  },

  *cluster(cluster, { graph }) {
    for (const object of cluster.objects) {
      const controller = controllers.get(groupOf(object.apiVersion));
      const shards = controller === undefined ? undefined : graph.clusters.shards(cluster, controller);
      const shard = shards && labelOf(object.root, shards.key);
      if (!shards || shard === undefined || shard.includes('${') || shards.names.has(shard)) continue;
      yield {
        at: object.origin(`/metadata/labels/${shards.key.replace('/', '~1')}`),
        message: `${object.label} is of shard ${shard}, and ${controller} runs ${[...shards.names].join(', ') || 'none'}: nothing ever reconciles it.`,
        hint: didYouMean(nearest(shard, [...shards.names])),
      };
    }
  },
});

const controllers = new Map([
  ['source.toolkit.fluxcd.io', 'source-controller'],
  ['kustomize.toolkit.fluxcd.io', 'kustomize-controller'],
  ['helm.toolkit.fluxcd.io', 'helm-controller'],
]);
