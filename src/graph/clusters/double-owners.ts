import { isSwitched } from '../../flux/object-switches.ts';
import { groupOf } from '../../kube/object-view.ts';
import type { ClusterView } from './cluster-view.ts';
import type { AppliedView, KustomizationView } from './views.ts';

/** Two Kustomizations that apply the same objects to one cluster. */
export interface DoubleOwners {
  /** In the order of discovery. */
  readonly first: KustomizationView;
  readonly second: KustomizationView;
  /** Each object as the first and as the second applies it. */
  readonly objects: readonly (readonly [AppliedView, AppliedView])[];
}

/**
 * Pairs of Kustomizations that fight for objects: server-side apply with force makes the last writer the owner, and prune
 * deletes what still carries its labels (kustomize-controller). Objects that say they are shared are left out.
 */
export const doubleOwners = (cluster: ClusterView): readonly DoubleOwners[] => {
  const owners = new Map<string, AppliedView>();
  const pairs = new Map<string, { first: KustomizationView; second: KustomizationView; objects: [AppliedView, AppliedView][] }>();
  for (const object of cluster.objects) {
    if (object.owner.isTerraform) continue;
    if (object.name === '' || object.name.includes('${')) continue;
    const key = `${groupOf(object.apiVersion)}/${object.kind}/${object.namespace ?? ''}/${object.name}`;
    const known = owners.get(key);
    if (!known || isShared(known)) owners.set(key, object);
    if (!known || isShared(known) || isShared(object) || known.owner === object.owner) continue;
    const pairKey = `${known.owner.cluster}/${known.owner.id} ${object.owner.cluster}/${object.owner.id}`;
    const pair = pairs.get(pairKey) ?? { first: known.owner, second: object.owner, objects: [] };
    pair.objects.push([known, object]);
    pairs.set(pairKey, pair);
  }
  return [...pairs.values()];
};

/** `ssa: Merge`, `IfNotPresent` and `Ignore`, and `reconcile: disabled` share or leave the object alone (flux: apply, per-object switches). */
const isShared = ({ root }: AppliedView): boolean =>
  isSwitched(root, 'ssa', 'merge', 'ifnotpresent', 'ignore') || isSwitched(root, 'reconcile', 'disabled');
