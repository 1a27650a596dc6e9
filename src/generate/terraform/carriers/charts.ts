/** `helm_release` of the charts that bring Flux objects: flux2-sync (fluxcd-community) and flux-instance (controlplaneio-fluxcd). */
import { baseName } from '../../../files/files.ts';
import type { HclValue } from '../../../hcl/value/value.ts';
import type { Origin } from '../../../model/origin.ts';
import type { TerraformObject } from '../made.ts';
import type { ResourceInstance } from '../module/instance.ts';
import { chartValues } from './chart-values.ts';
import { type CarrierContext, get, nodeAt, objectOf, resourceOrigin, sketched, textAt, unknownNode } from './context.ts';

export const helmRelease = (resource: ResourceInstance, context: CarrierContext): readonly TerraformObject[] => {
  const chart = baseName(textAt(resource.values, 'chart') ?? '');
  if (chart === 'flux2-sync') return syncChart(resource, context);
  return chart === 'flux-instance' ? instanceChart(resource, context) : [];
};

/** Whether a release installs the controllers, or the operator that does. */
export const installsFlux = ({ resource, values }: ResourceInstance): boolean =>
  resource.type === 'helm_release' && /^(?:flux2|flux-operator)$/.test(baseName(textAt(values, 'chart') ?? ''));

/** A source and a Kustomization named after the release, and one for each of `kustomizationlist`. */
const syncChart = (resource: ResourceInstance, context: CarrierContext): readonly TerraformObject[] => {
  const at = resourceOrigin(resource);
  const values = chartValues(resource, context);
  const read = (of: HclValue | undefined, ...names: readonly string[]) => nodeAt(of, context, at, ...names);
  const name = read(resource.values, 'name') ?? 'flux-system';
  const namespace = read(resource.values, 'namespace') ?? 'default';
  const source = get(values, 'gitRepository', 'spec');
  const metadata = { name, namespace };
  const objects: TerraformObject[] = [];
  const repository = sketched(
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata,
      spec: {
        ...fields(source, context, at),
        interval: read(source, 'interval') ?? '5m0s',
        url: read(source, 'url') ?? unknownNode("the chart's default", at),
        ref: read(source, 'ref') ?? { branch: 'master' },
      },
    },
    at,
  );
  objects.push(objectOf(repository, placeOf(source) ?? at, resource));
  const list = get(values, 'kustomizationlist');
  const wanted = list && 'items' in list ? [...list.items] : [];
  const one = get(values, 'kustomization');
  if (one || wanted.length === 0) wanted.unshift(one ?? { type: 'object', entries: new Map() });
  for (const [index, entry] of wanted.entries()) {
    const spec = get(entry, 'spec');
    const own = read(entry, 'name');
    const root = sketched(
      {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
        metadata: { name: own ?? (index === 0 ? name : unknownNode('the chart makes the name', at)), namespace },
        spec: {
          ...fields(spec, context, at),
          interval: read(spec, 'interval') ?? '5m0s',
          path: read(spec, 'path') ?? unknownNode("the chart's default", at),
          prune: read(spec, 'prune') ?? unknownNode("the chart's default", at),
          sourceRef: { kind: 'GitRepository', name },
        },
      },
      at,
    );
    objects.push(objectOf(root, placeOf(spec, 'path') ?? placeOf(spec) ?? at, resource));
  }
  return objects;
};

const fields = (value: HclValue | undefined, context: CarrierContext, at: Origin) =>
  value && 'entries' in value ? Object.fromEntries([...value.entries.keys()].map((key) => [key, nodeAt(value, context, at, key)])) : {};

const placeOf = (value: HclValue | undefined, ...names: readonly string[]): Origin | undefined =>
  (names.length === 0 ? value : get(value, ...names))?.at;

/** A FluxInstance called `flux`, of the values below `instance`. */
const instanceChart = (resource: ResourceInstance, context: CarrierContext): readonly TerraformObject[] => {
  const at = resourceOrigin(resource);
  const instance = get(chartValues(resource, context), 'instance');
  const root = sketched(
    {
      apiVersion: 'fluxcd.controlplane.io/v1',
      kind: 'FluxInstance',
      metadata: { name: 'flux', namespace: nodeAt(resource.values, context, at, 'namespace') ?? 'default' },
      spec: nodeAt(instance, context, at, ...[]) ?? unknownNode("the chart's defaults", at),
    },
    at,
  );
  return [objectOf(root, placeOf(instance) ?? at, resource)];
};
