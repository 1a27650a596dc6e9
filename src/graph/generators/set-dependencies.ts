/** What ResourceSets wait for, and which of them wait for each other. */
import { isResourceSet } from '../../generate/resource-set/kinds.ts';
import { groupOf } from '../../kube/object-view.ts';
import { child, isTrue, itemsOf, type MapNode, type Node, stringAt } from '../../yaml/node.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { AppliedView } from '../clusters/views.ts';

/** A dependency that never comes true: each set of the circle applies only after the next. */
export interface EndlessDependency {
  /** The item of the set's `dependsOn`. */
  readonly at: Node;
  /** `Namespace/payments` */
  readonly wanted: string;
  /** The sets of the circle, from this one on; this one alone where nothing else makes what it waits for. */
  readonly circle: readonly AppliedView[];
}

/** By the label of the set whose dependency closes a circle. */
export const endlessDependencies = (cluster: ClusterView): ReadonlyMap<string, readonly EndlessDependency[]> => {
  // One that two Kustomizations apply is one.
  const sets = [...new Map(cluster.objects.flatMap((set) => (isResourceSet(set.root) ? [[set.label, set] as const] : []))).values()];
  if (!sets.some(({ root }) => itemsOf(child(root, 'spec', 'dependsOn')).length > 0)) return new Map();
  const waits = new Map(sets.map((set) => [set, waitsOf(set, sets, cluster)] as const));
  return new Map(
    sets.map((set) => [
      set.label,
      (waits.get(set) ?? []).flatMap(({ at, wanted, on }): readonly EndlessDependency[] => {
        const way = wayTo(set, on, waits);
        return way ? [{ at, wanted, circle: [set, ...way.slice(0, -1)] }] : [];
      }),
    ]),
  );
};

interface Wait {
  readonly at: Node;
  readonly wanted: string;
  /** The set that has to apply first. */
  readonly on: AppliedView;
}

/**
 * The operator asks whether a dependency is there and, with `ready`, whether it is ready (checkDependencies of
 * internal/controller/resourceset_controller.go). It is there once whatever makes it has applied; a set is ready then.
 */
const waitsOf = (set: AppliedView, sets: readonly AppliedView[], { cluster, objects }: ClusterView): readonly Wait[] =>
  itemsOf(child(set.root, 'spec', 'dependsOn')).flatMap((at) => {
    const wanted = identityOf(at, at);
    const found = objects.filter(({ root }) => identityOf(root, child(root, 'metadata')) === wanted);
    const label = `${stringAt(at, 'kind')}/${stringAt(at, 'name')}`;
    const readySet = isTrue(child(at, 'ready')) ? sets.find((other) => found.some(({ label }) => label === other.label)) : undefined;
    const makers = found.map((object) => makerOf(object, cluster.objects));
    const [made] = makers;
    // Anything else that applies it brings it before.
    const maker = made && !makers.includes(undefined) ? sets.find(({ root }) => isNamesake(made, root)) : undefined;
    return [readySet, maker].flatMap((on) => (on ? [{ at, wanted: label, on }] : []));
  });

const makerOf = (object: AppliedView, all: ClusterView['cluster']['objects']): MapNode | undefined =>
  all.find(({ root }) => root === object.root)?.generator;

const isNamesake = (a: MapNode, b: MapNode): boolean => identityOf(a, child(a, 'metadata')) === identityOf(b, child(b, 'metadata'));

/** An object is named in its metadata, a dependency in itself. */
const identityOf = (node: Node, named: Node | undefined): string =>
  [groupOf(stringAt(node, 'apiVersion') ?? ''), stringAt(node, 'kind'), stringAt(named, 'namespace') ?? '', stringAt(named, 'name')].join(
    '/',
  );

/** The sets on the way from one back to `set`, which comes last; undefined where there is no way. */
const wayTo = (
  set: AppliedView,
  from: AppliedView,
  waits: ReadonlyMap<AppliedView, readonly Wait[]>,
): readonly AppliedView[] | undefined => {
  const before = new Map<AppliedView, AppliedView | undefined>([[from, undefined]]);
  for (const here of before.keys()) {
    if (here === set) {
      const way: AppliedView[] = [];
      for (let step: AppliedView | undefined = here; step; step = before.get(step)) way.unshift(step);
      return way;
    }
    for (const { on } of waits.get(here) ?? []) if (!before.has(on)) before.set(on, here);
  }
  return undefined;
};
