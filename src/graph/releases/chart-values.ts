/** The values that a release gives to its chart, where that is at hand, and what the chart's schema makes of them. */
import type { File } from '../../files/files.ts';
import { valuesFrom } from '../../flux/cluster/values-from.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { mapNode } from '../../yaml/edit.ts';
import { child, isMap, isNull, isTrue, itemsOf, type MapNode, type Node, stringAt } from '../../yaml/node.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { HelmReleaseView } from '../clusters/views.ts';
import { type LocalChart, pathIn } from './charts.ts';
import { type ValueError, valueErrors } from './values-schema.ts';

export interface ChartValuesInput {
  readonly release: HelmReleaseView;
  readonly chart: LocalChart;
  readonly clusters: Clusters;
  readonly parse: ParseFile;
}

export interface ValuesVerdict {
  /** The chart's `values.schema.json`. */
  readonly file: File;
  readonly errors: readonly ValueError[];
}

/**
 * helm-controller: internal/action/install.go and upgrade.go (`SkipSchemaValidation`): Helm judges the values against the schema at
 * every install and upgrade, but where both are told not to. Undefined where there is no schema, or it cannot be read.
 */
export const valuesVerdict = (input: ChartValuesInput): ValuesVerdict | undefined => {
  const { release, chart, parse } = input;
  const isDisabled = ['install', 'upgrade'].every((action) => isTrue(release.node(`/spec/${action}/disableSchemaValidation`)));
  const file = chart.what === 'directory' && !isDisabled ? fileOf(chart, 'values.schema.json') : undefined;
  const schema = file && parse(file).documents[0]?.root;
  if (!file || !isMap(schema) || parse(file).documents.length > 1) return undefined;
  const { layers, isOpen } = layersOf(input);
  const values = layers.reduce<MapNode>(merged, mapNode([], release.origin('/spec/values')));
  return { file, errors: valueErrors({ schema, values, isOpen }) };
};

const fileOf = ({ path, artifact }: LocalChart, name: string): File | undefined => artifact.files.file(pathIn(path, name));

interface Layers {
  /** The later ones over the earlier ones. */
  readonly layers: readonly MapNode[];
  /** One of them is not known, so that those before it may not hold. */
  readonly isOpen: boolean;
}

/**
 * The chart's values.yaml, or the values files in its place (source-controller: internal/helm/chart/builder_local.go, `Build`); then
 * valuesFrom in its order, then the release's own (fluxcd/pkg: chartutil/values.go, `ChartValuesFromReferences`). Where one of
 * them is not at hand, only the own ones are sure: they are over all others.
 */
const layersOf = ({ release, chart, clusters, parse }: ChartValuesInput): Layers => {
  const own = maps([release.node('/spec/values')]);
  const defaults = chart.valuesFiles.length > 0 ? chart.valuesFiles.map(({ file }) => file) : [fileOf(chart, 'values.yaml')];
  const ofChart = defaults.map((file) => file && parse(file).documents[0]?.root);
  const from = itemsOf(release.node('/spec/valuesFrom')).map((item) => valuesOf(item, { release, clusters, parse }));
  const isOpen = from.includes(undefined) || release.node('/spec/values')?.type === 'unknown';
  return isOpen ? { layers: own, isOpen } : { layers: [...maps(ofChart), ...maps(from), ...own], isOpen };
};

const maps = (nodes: readonly (Node | undefined)[]): readonly MapNode[] => nodes.filter(isMap);

/** What a reference gives; undefined where that is not known, or where it sets a single value. */
const valuesOf = (item: Node, { release, clusters, parse }: Omit<ChartValuesInput, 'chart'>): Node | undefined => {
  if (stringAt(item, 'kind') !== 'ConfigMap' || child(item, 'targetPath') !== undefined) return undefined;
  const name = stringAt(item, 'name') ?? '';
  const found = clusters.namesakes(release.cluster, 'ConfigMap', name).filter(({ namespace }) => namespace === release.namespace);
  const [object, second] = found;
  return second ? undefined : valuesFrom(object?.root, item, parse);
};

/** Helm: pkg/chart/common/util/coalesce.go: maps are merged, all else is replaced, and a null takes the earlier value away. */
const merged = (base: MapNode, over: MapNode): MapNode => {
  const entries = new Map(base.entries.map((entry) => [entry.key.text, entry] as const));
  for (const entry of over.entries) {
    const known = entries.get(entry.key.text)?.value;
    if (isNull(entry.value)) entries.delete(entry.key.text);
    else entries.set(entry.key.text, isMap(known) && isMap(entry.value) ? { ...entry, value: merged(known, entry.value) } : entry);
  }
  return { ...over, entries: [...entries.values()] };
};
