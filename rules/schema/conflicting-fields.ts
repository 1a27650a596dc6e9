import { defineRule, yaml } from '../../src/rule.ts';

export const conflictingFields = defineRule({
  id: 'schema/conflicting-fields',
  severity: 'error',
  summary: 'Fields that exclude or need one another',
  why: `Some fields are right each by itself and wrong together: a chart and a reference to one, a Secret for a provider that
    takes none. The API server refuses the object by a rule of its CustomResourceDefinition, or the controller takes it and
    stalls. In the milder cases one of the two fields has no effect, which no status says.`,
  reference: 'https://fluxcd.io/flux/components/helm/api/v2/',
  examples: {
    bad: yaml`
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: billing, namespace: billing }
      spec:
        interval: 1h
        chart:
          spec:
            chart: billing
            sourceRef: { kind: HelmRepository, name: charts }
        chartRef: # expect: schema/conflicting-fields
          kind: OCIRepository
          name: billing
    `,
    good: yaml`
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: billing, namespace: billing }
      spec:
        interval: 1h
        chartRef:
          kind: OCIRepository
          name: billing
    `,
  },

  *object(object, { graph }) {
    for (const { pointer, message, atMost } of graph.schemas.conflicts(object)) {
      yield { at: object.keyOrigin(pointer), message, atMost };
    }
  },
});
