import { defineRule, directoryOf } from '../../src/rule.ts';

const sync = '# written by flux bootstrap\n';
const release =
  'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: shop, namespace: shop }\nspec:\n  interval: 1h\n  chart:\n    spec:\n      chart: ./charts/shop\n      sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }\n';
const chart = (version: string): string => `apiVersion: v2\nname: shop\nversion: ${version}\n`;

export const changeKeepsChartVersion = defineRule({
  id: 'blast-radius/change-keeps-chart-version',
  severity: 'warning',
  summary: 'A chart in the repository changes and its version does not: nothing is released',
  why: `With \`reconcileStrategy: ChartVersion\`, the default, Flux packages a chart from a Git source anew only when the version in
    its Chart.yaml differs, or the HelmRelease asks for it in another way. A change of templates or values files under the same
    version waits, without a word, for the next one that raises it, and then arrives together with that.`,
  reference: 'https://fluxcd.io/flux/components/source/helmcharts/#reconcile-strategy',
  remedy: 'Raise the version in Chart.yaml, or set reconcileStrategy: Revision on the chart.',
  unless: 'Not where a pipeline raises the version after the merge.',
  examples: {
    bad: {
      'before/clusters/example/flux-system/gotk-sync.yaml': sync,
      'before/clusters/example/shop.yaml': release,
      'before/charts/shop/Chart.yaml': chart('1.0.0'),
      'before/charts/shop/values.yaml': 'replicas: 1\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': sync,
      'after/clusters/example/shop.yaml': release,
      'after/charts/shop/Chart.yaml': chart('1.0.0'),
      'after/charts/shop/values.yaml': 'replicas: 2 # expect: blast-radius/change-keeps-chart-version\n',
    },
    good: {
      'before/clusters/example/flux-system/gotk-sync.yaml': sync,
      'before/clusters/example/shop.yaml': release,
      'before/charts/shop/Chart.yaml': chart('1.0.0'),
      'before/charts/shop/values.yaml': 'replicas: 1\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': sync,
      'after/clusters/example/shop.yaml': release,
      'after/charts/shop/Chart.yaml': chart('1.0.1'),
      'after/charts/shop/values.yaml': 'replicas: 2\n',
    },
  },

  *change({ idleCharts }) {
    const told = new Set<string>();
    for (const { release, version, files, versionAt } of idleCharts) {
      const [first = '', ...others] = files;
      const chart = directoryOf(versionAt.span.path);
      if (told.has(chart)) continue;
      told.add(chart);
      const sharing = idleCharts.filter((each) => each.versionAt.span.path === versionAt.span.path);
      const more = sharing.length > 1 ? ` and ${sharing.length - 1} more` : '';
      yield {
        at: { span: { path: first, start: 0, end: 0 }, via: [] },
        message: `Chart ${chart} changes${others.length > 0 ? ` in ${files.length} files` : ''} and is still version ${version}: Flux makes no new chart, and HelmRelease ${release.id}${more} stays as it is.`,
        related: [{ at: versionAt, message: 'the version that stays' }],
        clusters: [...new Set(sharing.map((each) => each.release.cluster))],
      };
    }
  },
});
