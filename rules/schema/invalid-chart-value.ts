import { defineRule } from '../../src/rule.ts';

const sync = '# written by flux bootstrap\n';
const release = (values: string): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: shop, namespace: shop }\nspec:\n  interval: 1h\n  chart:\n    spec:\n      chart: ./charts/shop\n      sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }\n  values:\n${values}`;
const chart = {
  'clusters/example/flux-system/gotk-sync.yaml': sync,
  'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'charts/shop/values.schema.json': '{ "type": "object", "properties": { "replicas": { "type": "integer" } } }\n',
};

export const invalidChartValue = defineRule({
  id: 'schema/invalid-chart-value',
  severity: 'error',
  summary: "Values that the schema of the release's chart refuses",
  why: `Before every install and upgrade Helm holds the values, merged of the chart's own, valuesFiles, valuesFrom and the release's, against
    the chart's \`values.schema.json\` (helm: pkg/chart/common/util/jsonschema.go, ValidateAgainstSchema; helm-controller:
    internal/action/install.go and upgrade.go, SkipSchemaValidation). What it refuses is not installed, and the release fails.`,
  reference: 'https://helm.sh/docs/topics/charts/#schema-files',
  remedy: 'Write the value as the schema of the chart wants it, or change the schema.',
  examples: {
    bad: { ...chart, 'clusters/example/shop.yaml': release('    replicas: two # expect: schema/invalid-chart-value\n') },
    good: { ...chart, 'clusters/example/shop.yaml': release('    replicas: 2\n') },
  },

  *helmRelease(view, { graph }) {
    const chartOf = graph.releases.chartOf(view);
    const verdict = chartOf && graph.releases.valuesVerdict(view);
    for (const { node, path, says } of verdict?.errors ?? []) {
      yield {
        at: node,
        message: `${path === '' ? 'The values' : path} ${says}, by the schema of the chart. HelmRelease ${view.id} is not installed or upgraded: values don't meet the specifications of the schema(s).`,
        related: verdict ? [{ at: { span: { path: verdict.file.path, start: 0, end: 0 }, via: [] }, message: 'the schema' }] : [],
        atMost: chartOf?.artifact.assumed === undefined ? undefined : 'info',
      };
    }
  },
});
