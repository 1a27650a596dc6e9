import { memo } from '../model/memo.ts';
import { child, isList, isMap, type MapNode, stringAt, toPointer } from '../yaml/node.ts';

/** A container of a workload, and where in the object it stands. */
export interface Container {
  readonly name: string;
  readonly pointer: string;
  readonly node: MapNode;
}

/** What a workload runs. */
export interface PodSpec {
  readonly pointer: string;
  /** The same as keys. */
  readonly keys: readonly string[];
  readonly node: MapNode;
  readonly containers: readonly Container[];
}

const places: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    Pod: ['spec'],
    Deployment: ['spec', 'template', 'spec'],
    StatefulSet: ['spec', 'template', 'spec'],
    DaemonSet: ['spec', 'template', 'spec'],
    ReplicaSet: ['spec', 'template', 'spec'],
    ReplicationController: ['spec', 'template', 'spec'],
    Job: ['spec', 'template', 'spec'],
    CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
    PodTemplate: ['template', 'spec'],
  }),
);

/** Kubernetes' own kinds that run pods. */
export const workloadKinds: readonly string[] = [...places.keys()];

const builtIn = /^(v1|(apps|batch)\/\w+)$/;

/** The pod that one of Kubernetes' own workloads runs; undefined for every other kind. */
export const podSpec = memo((root: MapNode): PodSpec | undefined => {
  const place = places.get(stringAt(root, 'kind') ?? '');
  const node = place && child(root, ...place);
  if (!place || !isMap(node) || !builtIn.test(stringAt(root, 'apiVersion') ?? '')) return undefined;
  const containers = (['initContainers', 'containers'] as const).flatMap((field) => {
    const list = child(node, field);
    if (!isList(list)) return [];
    return list.items.flatMap((item, index) => {
      const pointer = toPointer([...place, field, index]);
      return isMap(item) ? [{ name: stringAt(item, 'name') ?? `${index}`, pointer, node: item }] : [];
    });
  });
  return { pointer: toPointer(place), keys: place, node, containers };
});
