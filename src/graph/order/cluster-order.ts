import { readable } from '../../kube/view.ts';
import { addToGroup } from '../../model/grouped.ts';
import { memo } from '../../model/memo.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { KustomizationView } from '../clusters/views.ts';
import { createReachability, type Reachability } from './reachability.ts';

/** In which order a cluster's Kustomizations can become ready. */
export interface ClusterOrder {
  /** Those whose objects are applied before this one starts: what it waits for, what applies it, and so on. */
  readonly before: (kustomization: KustomizationView) => { readonly has: (other: KustomizationView) => boolean };
  /** Whether it could never become ready if it waited for all that it applies: something of that waits for it. */
  readonly wouldDeadlock: (kustomization: KustomizationView) => boolean;
  /** A circle of which some part is an owner that waits for what it applies, or that is waited for by it; each found once. */
  readonly deadlocks: readonly (readonly Moment[])[];
}

/** A Kustomization starts after what it depends on is ready; it is ready after it has started and what it waits for is. */
export interface Moment {
  readonly id: string;
  readonly kustomization: KustomizationView;
  readonly type: 'starts' | 'is ready';
}

export interface ClusterOrderInput {
  readonly cluster: ClusterView;
  readonly find: (namespace: string, name: string) => KustomizationView | undefined;
}

export const createClusterOrder = ({ cluster, find }: ClusterOrderInput): ClusterOrder => {
  const children = new Map<KustomizationView, [KustomizationView, ...KustomizationView[]]>();
  for (const view of cluster.appliers) {
    if (view.parent) addToGroup(children, view.parent, view);
  }
  /** A CEL expression replaces the check of readiness: what it waits for is not known. */
  const dependenciesOf = (view: KustomizationView) =>
    (readable(() => view.spec.dependsOn?.map(({ name, namespace, readyExpr }) => ({ name, namespace, readyExpr }))) ?? []).flatMap(
      ({ name, namespace, readyExpr }) => (readyExpr === undefined ? (find(namespace ?? view.namespace, name ?? '') ?? []) : []),
    );
  const awaitedBy = (view: KustomizationView): readonly KustomizationView[] => {
    const own = children.get(view) ?? [];
    if (waitsForAll(view)) return own;
    const checked = checkedIds(view);
    return own.filter(({ id }) => checked.has(id));
  };

  const moments = new Map<string, Moment>();
  const moment = (kustomization: KustomizationView, type: Moment['type']): Moment => {
    const id = `${kustomization.id}\u0000${type === 'starts' ? 0 : 1}`;
    const known = moments.get(id) ?? { id, kustomization, type };
    moments.set(id, known);
    return known;
  };
  const needs = memo(({ kustomization, type }: Moment): readonly Moment[] => {
    const { parent } = kustomization;
    if (type === 'is ready') {
      return [moment(kustomization, 'starts'), ...awaitedBy(kustomization).map((awaited) => moment(awaited, 'is ready'))];
    }
    return [
      ...dependenciesOf(kustomization).map((dependency) => moment(dependency, 'is ready')),
      ...(parent ? [moment(parent, 'starts')] : []),
    ];
  });

  const all = cluster.appliers.flatMap((view) => [moment(view, 'starts'), moment(view, 'is ready')]);
  let reachability: Reachability<Moment> | undefined;
  const before = (start: KustomizationView) => {
    reachability ??= createReachability(all, needs);
    const { reaches } = reachability;
    const from = moment(start, 'starts');
    return { has: (other: KustomizationView) => reaches(from, moment(other, 'starts')) || reaches(from, moment(other, 'is ready')) };
  };

  const wouldDeadlock = (view: KustomizationView): boolean => {
    reachability ??= createReachability(all, needs);
    const { reaches } = reachability;
    return (children.get(view) ?? []).some((own) => reaches(moment(own, 'is ready'), moment(view, 'is ready')));
  };

  let found: readonly (readonly Moment[])[] | undefined;
  return {
    before,
    wouldDeadlock,
    get deadlocks() {
      found ??= circles(all, needs);
      return found;
    },
  };
};

const waitsForAll = (view: KustomizationView): boolean => readable(() => view.spec.wait) === true;

const checkedIds = (view: KustomizationView): ReadonlySet<string> =>
  new Set(
    (readable(() => view.spec.healthChecks?.map(({ kind, namespace, name }) => ({ kind, namespace, name }))) ?? []).flatMap(
      ({ kind, namespace, name }) => (kind === 'Kustomization' ? [`${namespace}/${name}`] : []),
    ),
  );

/**
 * One circle for each group of moments that need each other. Circles of dependencies alone are left out: those are
 * dependency cycles.
 */
const circles = (all: readonly Moment[], needs: (moment: Moment) => readonly Moment[]): readonly (readonly Moment[])[] => {
  const done = new Set<Moment>();
  const found: (readonly Moment[])[] = [];
  const path: { readonly moment: Moment; readonly left: Moment[] }[] = [];
  const places = new Map<Moment, number>();
  const enter = (here: Moment) => {
    if (done.has(here)) return;
    const index = places.get(here);
    if (index === undefined) {
      places.set(here, path.length);
      path.push({ moment: here, left: needs(here).toReversed() });
      return;
    }
    const circle = path.slice(index).map(({ moment }) => moment);
    if (circle.some((member, position) => !isDependency(member, circle[(position + 1) % circle.length] ?? member))) found.push(circle);
  };
  for (const start of all) {
    enter(start);
    // No recursion: a chain may be longer than the stack is deep.
    for (let last = path.at(-1); last; last = path.at(-1)) {
      const next = last.left.pop();
      if (next) enter(next);
      else {
        path.pop();
        places.delete(last.moment);
        done.add(last.moment);
      }
    }
  }
  return found;
};

/** From the start of one to the readiness of another, and from readiness to one's own start. */
const isDependency = (from: Moment, to: Moment): boolean =>
  from.type === 'starts' ? to.type === 'is ready' : to.type === 'starts' && from.kustomization === to.kustomization;
