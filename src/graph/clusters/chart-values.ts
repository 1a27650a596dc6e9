/** The values of HelmReleases whose charts say how Flux is installed. */
import { valuesFrom } from '../../flux/cluster/values-from.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { mergeMaps } from '../../yaml/edit.ts';
import { child, isMap, isTrue, itemsOf, type MapNode, type Node, stringAt } from '../../yaml/node.ts';

/** The chart's name, or the last part of what it is taken from. */
export const chartOf = (release: MapNode): string | undefined =>
  stringAt(release, 'spec', 'chart', 'spec', 'chart')?.split('/').at(-1) ?? stringAt(release, 'spec', 'chartRef', 'name');

export interface ChartValues {
  /** Each part by itself, the later over the earlier. */
  readonly parts: readonly MapNode[];
  /** Undefined where a part is a Secret's, or a ConfigMap's that is not here: those may set anything. */
  readonly merged: MapNode | undefined;
}

/** @param objects where the ConfigMaps are that it takes values from */
export const chartValues = (release: MapNode, objects: readonly MapNode[], parse: ParseFile): ChartValues => {
  const parts: MapNode[] = [];
  let isWhole = true;
  for (const item of itemsOf(child(release, 'spec', 'valuesFrom'))) {
    const found = child(item, 'targetPath') === undefined ? partOf(release, item, objects, parse) : undefined;
    if (isMap(found)) parts.push(found);
    else if (!isTrue(child(item, 'optional')) || stringAt(item, 'kind') !== 'ConfigMap') isWhole = false;
  }
  const own = child(release, 'spec', 'values');
  if (isMap(own)) parts.push(own);
  else if (own) isWhole = false;
  const [first, ...others] = parts;
  return { parts, merged: isWhole && first ? others.reduce(mergeMaps, first) : undefined };
};

const partOf = (release: MapNode, item: Node, objects: readonly MapNode[], parse: ParseFile): Node | undefined => {
  const name = stringAt(item, 'name');
  const namespace = stringAt(release, 'metadata', 'namespace');
  const map = objects.find(
    (root) =>
      stringAt(root, 'kind') === 'ConfigMap' &&
      stringAt(root, 'metadata', 'name') === name &&
      stringAt(root, 'metadata', 'namespace') === namespace,
  );
  return valuesFrom(map, item, parse);
};
