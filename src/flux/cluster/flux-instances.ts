/**
 * FluxInstances and the sync objects that the Flux Operator makes of them (flux-operator: internal/builder): a source and
 * a Kustomization of one name, in the instance's namespace, patched by `spec.kustomize.patches`. An instance may be
 * written as such, or made by the `flux-instance` chart from a HelmRelease's values or from a values file that a
 * ConfigMap generator feeds to it; and a ResourceSet may make the one or the other.
 */

import { directoryOf, joinPath } from '../../files/files.ts';
import { memoryFiles } from '../../files/memory.ts';
import { expandResourceSet } from '../../generate/resource-set/expand.ts';
import { isInputProvider, isResourceSet } from '../../generate/resource-set/kinds.ts';
import { readable } from '../../kube/view.ts';
import type { Origin } from '../../model/origin.ts';
import { fromValue, mapNode, mergeMaps } from '../../yaml/edit.ts';
import { child, isList, isMap, itemsOf, type MapNode, type Node, stringAt, type Value } from '../../yaml/node.ts';
import type { WrittenObject } from '../evaluation.ts';
import { isFluxInstance, isHelmRelease } from '../kinds.ts';
import { specs } from '../specs.ts';
import type { World } from '../world.ts';
import { valuesFrom } from './values-from.ts';

export interface SyncedInstance {
  /** The map that holds `sync`: the instance's spec, or the chart's `instance` values. */
  readonly spec: MapNode;
  readonly namespace: string;
  readonly name: string;
  readonly path: string;
  readonly version: string | undefined;
  readonly url: string | undefined;
}

/** Where it comes out of an overlay: with all that this applies. */
export interface WrittenInstance extends WrittenObject {
  readonly beside?: readonly MapNode[];
}

/** Every instance that syncs a path. */
export const syncedInstances = (world: World, written: readonly WrittenInstance[]): readonly SyncedInstance[] =>
  [...written, ...madeBySets(world, written)].flatMap((object) => {
    const namespace = stringAt(object.root, 'metadata', 'namespace') ?? 'flux-system';
    return specsOf(world, object).flatMap((spec) => synced(spec, namespace) ?? []);
  });

/** What the ResourceSets that speak of instances make, by themselves: which cluster they are on is found out from here. */
const madeBySets = (world: World, written: readonly WrittenObject[]): readonly WrittenObject[] => {
  const sourceOf = (path: string) => world.files.file(path)?.text;
  const sets = written.filter(({ path, root }) => isResourceSet(root) && /FluxInstance|flux-instance/.test(sourceOf(path) ?? ''));
  if (sets.length === 0) return [];
  const providers = written.map(({ root }) => root).filter(isInputProvider);
  return sets.flatMap(({ path, root: set }) => {
    const { objects, errors } = expandResourceSet({ root: set, providers, sourceOf });
    return errors.length > 0 ? [] : objects.map(({ root }) => ({ path, root }));
  });
};

const synced = (spec: MapNode, namespace: string): SyncedInstance | undefined =>
  readable(() => {
    const { sync, distribution } = specs.fluxInstance(spec);
    if (sync?.path === undefined) return undefined;
    return { spec, namespace, name: sync.name ?? namespace, path: sync.path, version: distribution?.version, url: sync.url };
  });

const specsOf = (world: World, { path, root, beside = [] }: WrittenInstance): readonly MapNode[] => {
  if (isFluxInstance(root)) return maps([child(root, 'spec')]);
  if (!isHelmRelease(root) || !isInstanceChart(root)) return [];
  const from = child(root, 'spec', 'valuesFrom');
  const generated = itemsOf(from).flatMap((item) => {
    const configMap = beside.find(
      (other) => stringAt(other, 'kind') === 'ConfigMap' && stringAt(other, 'metadata', 'name') === stringAt(item, 'name'),
    );
    return valuesFrom(configMap, item, world.parse) ?? generatedValues(world, path, stringAt(item, 'name') ?? '');
  });
  return merged(maps([...generated, child(root, 'spec', 'values')].map((node) => child(node, 'instance'))));
};

/** What a chart is given, the later over the earlier; it lies where its `sync` is. */
const merged = ([first, ...others]: readonly MapNode[]): readonly MapNode[] => {
  if (!first) return [];
  const syncing = [first, ...others].findLast((part) => child(part, 'sync') !== undefined) ?? first;
  return [{ ...others.reduce(mergeMaps, first), span: syncing.span, via: syncing.via }];
};

const maps = (nodes: readonly (Node | undefined)[]): readonly MapNode[] => nodes.filter(isMap);

/** A FluxInstance, or a HelmRelease of the chart that makes one. */
export const makesInstance = (root: MapNode): boolean => isFluxInstance(root) || (isHelmRelease(root) && isInstanceChart(root));

const isInstanceChart = (release: MapNode): boolean => {
  const chart = stringAt(release, 'spec', 'chart', 'spec', 'chart') ?? stringAt(release, 'spec', 'chartRef', 'name');
  return chart === 'flux-instance';
};

/** Values files that a generator of this directory, or of one above it, puts into the ConfigMap. */
const generatedValues = (world: World, path: string, configMap: string): readonly Node[] => {
  for (let directory = directoryOf(path); ; directory = directoryOf(directory)) {
    const file = world.files.file(joinPath(directory, 'kustomization.yaml') ?? '');
    const generators = file && child(world.parse(file).documents[0]?.root, 'configMapGenerator');
    const entry = isList(generators) ? generators.items.find((item) => stringAt(item, 'name') === configMap) : undefined;
    const files = child(entry, 'files');
    if (isList(files)) {
      return files.items.flatMap((item) => {
        const source = item.type === 'scalar' ? item.text.slice(item.text.indexOf('=') + 1) : '';
        const values = world.files.file(joinPath(directory, source) ?? '');
        return (values && world.parse(values).documents[0]?.root) ?? [];
      });
    }
    if (directory === '') return [];
  }
};

const syntheticPath = 'sync.yaml';

/**
 * The source and the Kustomization that the operator makes, with the instance's patches; all points at its `sync`
 * (flux-operator: internal/builder/templates.go, syncTmpl). With `multitenant` the Kustomization acts as kustomize-controller
 * (profiles.go), before the instance's own patches.
 */
export const syncObjects = (world: World, instance: SyncedInstance): readonly MapNode[] => {
  const { spec, namespace, name } = instance;
  const at: Origin = child(spec, 'sync') ?? spec;
  const read = readable(() => specs.fluxInstance(spec).sync);
  const kind = readable(() => read?.kind) ?? 'GitRepository';
  const metadata = { name, namespace };
  const source = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind, metadata, spec: sourceSpec(kind, read) };
  const isMultitenant = readable(() => specs.fluxInstance(spec).cluster?.multitenant) ?? false;
  const kustomization = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata,
    spec: {
      interval: '10m',
      path: instance.path,
      prune: true,
      sourceRef: { kind, name },
      ...(isMultitenant ? { serviceAccountName: 'kustomize-controller' } : {}),
    },
  };
  const patches = child(spec, 'kustomize', 'patches');
  if (!isList(patches)) return [source, kustomization].map((value) => fromValue(value, at)).filter(isMap);
  const text = [source, kustomization].map((value) => JSON.stringify(value)).join('\n---\n');
  const files = memoryFiles({ [syntheticPath]: `${text}\n` });
  const built = world.build({
    files,
    directory: '',
    overrides: { at, patches },
    loadRestrictor: 'LoadRestrictionsRootOnly',
    withoutKustomization: 'generate',
  });
  return built.objects.map(({ root }) => relocated(root, at)).filter(isMap);
};

type Sync = ReturnType<typeof specs.fluxInstance>['sync'];

const sourceSpec = (kind: string, sync: Sync): Readonly<Record<string, Value>> => {
  const url = readable(() => sync?.url) ?? '';
  const reference = readable(() => sync?.ref);
  const pullSecret = readable(() => sync?.pullSecret);
  const provider = readable(() => sync?.provider);
  return {
    interval: readable(() => sync?.interval) ?? '1m',
    ...(kind === 'Bucket' ? { endpoint: url } : { url }),
    ...(reference === undefined ? {} : kind === 'Bucket' ? { bucketName: reference } : { ref: refOf(kind, reference) }),
    ...(pullSecret === undefined ? {} : { secretRef: { name: pullSecret } }),
    ...(provider === undefined ? {} : { provider }),
  };
};

const refOf = (kind: string, reference: string): Readonly<Record<string, string>> => {
  if (kind === 'OCIRepository') return { tag: reference };
  return reference.startsWith('refs/heads/') ? { branch: reference.slice('refs/heads/'.length) } : { name: reference };
};

/** What we made up points at the instance; what a patch wrote keeps its place. */
const relocated = (node: Node, { span }: Origin): Node => {
  const place = node.span.path === syntheticPath ? span : node.span;
  switch (node.type) {
    case 'scalar':
    case 'unknown':
      return { ...node, span: place };
    case 'list':
      return { ...node, span: place, items: node.items.map((item) => relocated(item, { span, via: [] })) };
    case 'map': {
      const entries = node.entries.map(({ key, value }) => ({
        key: key.span.path === syntheticPath ? { ...key, span } : key,
        value: relocated(value, { span, via: [] }),
      }));
      return mapNode(entries, { span: place, via: node.via });
    }
    default:
      return node satisfies never;
  }
};
