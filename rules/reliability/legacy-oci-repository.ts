import { defineRule, yaml } from '../../src/rule.ts';

export const legacyOciRepository = defineRule({
  id: 'reliability/legacy-oci-repository',
  severity: 'info',
  summary: 'A HelmRepository of type oci, where OCIRepository is the way',
  why: `A HelmRepository of type \`oci\` is no source of its own: it is only an address for HelmCharts, its interval and status mean
    nothing, and since Flux 2.8 it gets fixes and no features. An OCIRepository with \`chartRef\` shows its digest, can be
    verified, pinned by digest and shared.`,
  reference: 'https://fluxcd.io/flux/components/source/helmrepositories/#helm-oci-repository',
  remedy: 'Use an OCIRepository and chartRef.',
  unless: 'Not while a Flux before 2.3 must read it.',
  fluxVersion: '2.3 and later, which has chartRef',
  examples: {
    bad: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata: { name: charts, namespace: billing }
      spec:
        type: oci # expect: reliability/legacy-oci-repository
        url: oci://registry.example.com/charts
    `,
    good: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: OCIRepository
      metadata: { name: billing, namespace: billing }
      spec:
        interval: 10m
        url: oci://registry.example.com/charts/billing
        layerSelector: { mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip, operation: copy }
        ref: { semver: 1.x }
    `,
  },

  *source(source) {
    if (source.kind !== 'HelmRepository' || source.spec.type !== 'oci') return;
    yield {
      at: source.origin('/spec/type'),
      message: `HelmRepository ${source.id} is of type oci, which is in maintenance since Flux 2.8: it has no status, and no digest of its charts is shown or pinned.`,
      hint: 'Write an OCIRepository for each chart, and chartRef in its HelmReleases.',
    };
  },
});
