/** Which controllers of Flux run on a cluster, and what each of them watches. */
import { isHelmRelease } from '../../flux/kinds.ts';
import { labelOf } from '../../kube/object-view.ts';
import { memo, memoByText } from '../../model/memo.ts';
import type { Origin } from '../../model/origin.ts';
import { child, isList, itemsOf, type MapNode, stringAt } from '../../yaml/node.ts';
import { chartOf } from './chart-values.ts';
import type { ClusterView } from './cluster-view.ts';
import type { InstanceOfCluster } from './flux-instance.ts';
import { textsIn } from './lockdown.ts';

export interface InstalledControllers {
  readonly names: ReadonlySet<string>;
  readonly by: 'flux operator' | 'flux bootstrap';
  /** Where they are listed, or the first of them. */
  readonly place: Origin;
}

/** What the Flux Operator installs where `components` is absent (flux-operator: api/v1/fluxinstance_types.go, `GetComponents`), and its chart. */
const standard = ['source-controller', 'kustomize-controller', 'helm-controller', 'notification-controller'];
const optional = ['image-reflector-controller', 'image-automation-controller', 'source-watcher'];
const controllers: ReadonlySet<string> = new Set([...standard, ...optional]);

/** The controllers of a cluster, where its own objects show all of them: a FluxInstance, its chart, or gotk-components. */
export const installedControllers = (
  cluster: ClusterView,
  [instance, second]: readonly InstanceOfCluster[],
): InstalledControllers | undefined => {
  const roots = cluster.cluster.objects.map(({ root }) => root);
  if (roots.some((root) => isHelmRelease(root) && /^(flux|flux2)$/.test(chartOf(root) ?? ''))) return undefined;
  if (second) return undefined;
  return instance ? ofInstance(instance) : ofDeployments(roots);
};

/** The components that an instance lists, or has by default. */
export const ofInstance = ({ root, spec }: InstanceOfCluster): InstalledControllers | undefined => {
  if (!spec) return undefined;
  const components = child(spec, 'components');
  if (components === undefined) return { names: new Set(standard), by: 'flux operator', place: spec.entries[0]?.key ?? root };
  const names = itemsOf(components).map((item) => stringAt(item));
  if (!isList(components) || names.includes(undefined)) return undefined;
  return { names: new Set(names.flatMap((name) => name ?? [])), by: 'flux operator', place: components.items[0] ?? root };
};

/** Without the two that nothing works without, what is here is a part of them. */
const ofDeployments = (roots: readonly MapNode[]): InstalledControllers | undefined => {
  const deployments = roots.filter((root) => stringAt(root, 'kind') === 'Deployment' && controllers.has(controllerOf(root)));
  const names = new Set(deployments.map(controllerOf));
  const [first] = deployments;
  if (!first || !names.has('source-controller') || !names.has('kustomize-controller')) return undefined;
  return { names, by: 'flux bootstrap', place: first.entries[0]?.key ?? first };
};

/** Of a shard, whose name has a suffix, the component's label still is the controller's. */
const controllerOf = (deployment: MapNode): string => {
  const name = stringAt(deployment, 'metadata', 'name') ?? '';
  return controllers.has(name) ? name : (labelOf(deployment, 'app.kubernetes.io/component') ?? name);
};

export interface Shards {
  readonly key: string;
  readonly names: ReadonlySet<string>;
}

/** Those that the Flux Operator makes shards of (flux-operator: internal/builder, the profile of `spec.sharding`). */
const sharded: ReadonlySet<string> = new Set(['source-controller', 'kustomize-controller', 'helm-controller']);

/**
 * The shards of a controller, where all of its instances watch by the label; undefined where one watches everything, or
 * that is not known.
 */
export const createShards = (
  instances: (cluster: ClusterView) => readonly InstanceOfCluster[],
): ((cluster: ClusterView, controller: string) => Shards | undefined) => {
  // Asked once for each object that a controller reconciles: every object of the cluster is looked at for the first alone.
  const shardsIn = memo((cluster: ClusterView) => memoByText((controller: string) => shardsAmong(cluster, controller, instances(cluster))));
  return (cluster, controller) => (sharded.has(controller) ? shardsIn(cluster)(controller) : undefined);
};

const shardsAmong = (cluster: ClusterView, controller: string, [instance, second]: readonly InstanceOfCluster[]): Shards | undefined => {
  if (instance) return second ? undefined : ofSharding(instance);
  return ofSelectors(
    cluster.cluster.objects.map(({ root }) => root),
    controller,
  );
};

const ofSharding = ({ spec }: InstanceOfCluster): Shards | undefined => {
  const names = itemsOf(child(spec, 'sharding', 'shards')).map((item) => stringAt(item));
  const isPatched = textsIn(child(spec, 'kustomize', 'patches')).some((text) => text.includes('watch-label-selector'));
  if (names.length === 0 || names.includes(undefined) || isPatched) return undefined;
  return { key: stringAt(spec, 'sharding', 'key') ?? shardKey, names: new Set(names.flatMap((name) => name ?? [])) };
};

const shardKey = 'sharding.fluxcd.io/key';

const ofSelectors = (roots: readonly MapNode[], controller: string): Shards | undefined => {
  const isOfIt = (root: MapNode): boolean => {
    const name = stringAt(root, 'metadata', 'name') ?? '';
    return stringAt(root, 'kind') === 'Deployment' && (name === controller || name.startsWith(`${controller}-`));
  };
  const watched = roots.filter(isOfIt).map((root) => namesWatched(textsIn(child(root, 'spec', 'template', 'spec'))));
  // The main controller leaves the labelled ones out, or it takes them all.
  if (watched.length < 2 || watched.includes(undefined)) return undefined;
  return { key: shardKey, names: new Set(watched.flatMap((names) => names ?? [])) };
};

/** What `--watch-label-selector` takes of the key: `!key`, `key=a`, `key in (a, b)`; undefined for another one, and for none. */
const namesWatched = (texts: readonly string[]): readonly string[] | undefined => {
  const selector = texts
    .flatMap((text) => /^--watch-label-selector=(.*)$/.exec(text)?.[1] ?? [])
    .at(-1)
    ?.trim();
  if (selector === `!${shardKey}`) return [];
  if (!selector?.startsWith(shardKey)) return undefined;
  const [, one, several] = /^\s*(?:==?\s*([\w.-]+)|in\s*\(([\w., -]+)\))$/.exec(selector.slice(shardKey.length)) ?? [];
  return one === undefined ? several?.split(',').map((name) => name.trim()) : [one];
};
