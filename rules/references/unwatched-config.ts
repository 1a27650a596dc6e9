import { type AppliedView, addField, defineRule, grouped, labelOf, type Problem, yaml } from '../../src/rule.ts';

const watchLabel = 'reconcile.fluxcd.io/watch';
/** Flux 2.7 brought the label. */
const firstMinor = 7;

export const unwatchedConfig = defineRule({
  id: 'references/unwatched-config',
  severity: 'info',
  fixable: 'safe',
  summary: 'A change of values or variables waits for the next interval',
  why: `Flux reads ConfigMaps and Secrets under \`valuesFrom\` and \`substituteFrom\` when it reconciles. When one of them
    changes, nothing happens until the interval of the HelmRelease or Kustomization is over, often an hour later, unless it
    carries the label \`reconcile.fluxcd.io/watch: Enabled\` (Flux 2.7 and later).`,
  reference: 'https://fluxcd.io/flux/components/helm/helmreleases/#reacting-immediately-to-configuration-dependencies',
  examples: {
    bad: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata: # expect: references/unwatched-config
        name: shop-values
        namespace: flux-system
      data: { values.yaml: 'replicas: 2' }
      ---
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: shop, namespace: flux-system }
      spec:
        interval: 1h
        chartRef: { kind: OCIRepository, name: shop }
        valuesFrom: [{ kind: ConfigMap, name: shop-values }]
    `,
    good: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: shop-values
        namespace: flux-system
        labels:
          reconcile.fluxcd.io/watch: Enabled
      data: { values.yaml: 'replicas: 2' }
      ---
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: shop, namespace: flux-system }
      spec:
        interval: 1h
        chartRef: { kind: OCIRepository, name: shop }
        valuesFrom: [{ kind: ConfigMap, name: shop-values }]
    `,
  },

  *cluster(cluster, { graph }) {
    const minor = cluster.cluster.fluxVersion?.minor;
    if ((minor !== undefined && minor < firstMinor) || graph.clusters.versionBeforeTwo(cluster.name) !== undefined) return;
    // Another selector watches what it will: `owner!=helm` everything.
    const isWatching = (controller: string) =>
      graph.clusters.controllers.argument({ cluster, controller, name: 'watch-configs-label-selector' }) !== undefined;
    const watching = { values: isWatching('helm-controller'), substitute: isWatching('kustomize-controller') };
    const readings = graph.references.of(cluster).flatMap((reference) => {
      if ((reference.role !== 'values' && reference.role !== 'substitute') || watching[reference.role]) return [];
      const { kind, name, namespace } = reference.wanted;
      const object = graph.clusters.namesakes(cluster.name, kind, name).find((candidate) => candidate.namespace === namespace);
      return object ? [{ object, reference }] : [];
    });
    for (const [object, readers] of grouped(readings, (reading) => reading.object)) {
      // A generated one changes its name with its content, and so the HelmRelease.
      const isGenerated = object.original.name !== object.name;
      if (isGenerated || labelOf(object.root, watchLabel) !== undefined || object.state('/metadata/labels') === 'unknown') continue;
      const [{ reference: first }, ...others] = readers;
      yield {
        at: object.origin(`/metadata/labels/${watchLabel.replace('/', '~1')}`),
        message: `${first.by}${others.length === 0 ? ' reads' : ` and ${others.length} more read`} ${object.label}, and Flux does not watch it: a change waits for the next interval.`,
        hint: `Label it ${watchLabel}: Enabled.`,
        related: readers.map(({ reference }) => ({
          at: reference.referrer.origin(reference.namePointer),
          message: `${reference.by} reads it`,
        })),
        fix: fix(object),
      };
    }
  },
});

const fix = (object: AppliedView): Problem['fix'] => {
  // SOPS keeps a checksum over the whole file.
  if (isEncrypted(object)) return undefined;
  return object.node('/metadata/labels') === undefined
    ? addField(object, '/metadata/labels', `{ ${watchLabel}: Enabled }`)
    : addField(object, `/metadata/labels/${watchLabel.replace('/', '~1')}`, 'Enabled');
};

const isEncrypted = (object: AppliedView): boolean =>
  object.node('/sops') !== undefined ||
  ['/data', '/stringData'].some((field) => {
    const data = object.node(field);
    return data?.type === 'map' && data.entries.some(({ value }) => value.type === 'unknown');
  });
