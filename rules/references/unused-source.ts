import { defineRule, yaml } from '../../src/rule.ts';

const kinds = new Set(['GitRepository', 'OCIRepository', 'Bucket', 'HelmRepository']);

export const unusedSource = defineRule({
  id: 'references/unused-source',
  severity: 'info',
  summary: 'A source that nothing in its cluster uses',
  why: `Flux goes on fetching it at every interval and keeps its content, and alerts go off when it fails. Usually what used it
    has gone, or names another source by mistake.`,
  reference: 'https://fluxcd.io/flux/components/source/',
  examples: {
    bad: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata: { name: podinfo, namespace: flux-system } # expect: references/unused-source
      spec: { interval: 1h, url: https://stefanprodan.github.io/podinfo }
    `,
    good: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata: { name: podinfo, namespace: flux-system }
      spec: { interval: 1h, url: https://stefanprodan.github.io/podinfo }
      ---
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: podinfo, namespace: flux-system }
      spec:
        interval: 1h
        chart: { spec: { chart: podinfo, sourceRef: { kind: HelmRepository, name: podinfo } } }
    `,
  },

  *cluster(cluster, { graph }) {
    const { sync } = cluster.cluster.root;
    const used = new Set(
      graph.references
        .of(cluster)
        .flatMap(({ role, wanted }) => (role === 'source' ? [`${wanted.kind}/${wanted.namespace}/${wanted.name}`] : [])),
    );
    // What is not known here may use it.
    const mayBeUsed = ['Kustomization', 'HelmRelease', 'ImageUpdateAutomation'].some(
      (kind) => graph.existence.mayAlsoCome(cluster.name, { kind, namespace: undefined, name: '*' }) !== undefined,
    );
    for (const source of mayBeUsed ? [] : cluster.sources) {
      const isRoot = source.namespace === sync.namespace && source.name === sync.name;
      if (isRoot || !kinds.has(source.kind) || used.has(source.label)) continue;
      yield {
        at: source.origin('/metadata/name'),
        message: `Nothing uses ${source.kind} ${source.id}: Flux fetches it for nothing.`,
      };
    }
  },
});
