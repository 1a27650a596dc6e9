import { type CustomKind, readDefinition } from '../../kube/schema/crd-schemas.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { memo } from '../../model/memo.ts';
import { isMap, stringAt } from '../../yaml/node.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { HelmReleaseView } from '../clusters/views.ts';
import { pathIn } from '../releases/charts.ts';
import type { Releases } from '../releases/releases.ts';

/**
 * Definitions that charts bring into a cluster in their `crds/`, where the chart is a directory of a source that is here; by
 * `group/Kind`. Helm installs them as they are, without templates (helm.sh/helm: pkg/chart, `CRDObjects`), unless the release says
 * `crds: Skip`.
 */
export const createChartDefinitions = (
  { chartOf }: Pick<Releases, 'chartOf'>,
  parse: ParseFile,
): ((cluster: ClusterView) => ReadonlyMap<string, CustomKind>) => {
  const definitionsOf = (release: HelmReleaseView): readonly CustomKind[] => {
    if (stringAt(release.root, 'spec', 'install', 'crds') === 'Skip') return [];
    const chart = chartOf(release);
    if (chart?.what !== 'directory') return [];
    const { files } = chart.artifact;
    const folder = pathIn(chart.path, 'crds');
    if (!files.list(folder)) return [];
    const manifests = files.paths.filter((path) => path.startsWith(`${folder}/`) && /\.ya?ml$/.test(path));
    return manifests.flatMap((path) => {
      const file = files.file(path);
      const documents = file ? parse(file).documents : [];
      return documents.flatMap(({ root }) => (isMap(root) ? (readDefinition(root) ?? []) : []));
    });
  };
  return memo(
    (cluster: ClusterView) => new Map(cluster.releases.flatMap(definitionsOf).map((kind) => [`${kind.group}/${kind.kind}`, kind] as const)),
  );
};
