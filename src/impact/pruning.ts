/**
 * What Flux deletes of what a cluster has, as kustomize-controller 1.9 decides it. The cluster has the base's objects, so
 * opt-outs count there: one that comes with the removal comes too late.
 */
import { isSwitched } from '../flux/object-switches.ts';
import type { AppliedView, KustomizationView, ObjectView } from '../graph/clusters/views.ts';
import type { Graph } from '../graph/graph.ts';
import { readable } from '../kube/view.ts';

export interface Pruning {
  /** An object that its Kustomization renders no more, or that went with it. */
  readonly isPruned: (object: AppliedView, owner: KustomizationView) => boolean;
}

/** @param hasRoot whether a cluster is still applied: without its root's directory Flux fails, and deletes nothing */
export const createPruning = (head: Graph, hasRoot: (cluster: string) => boolean): Pruning => {
  const gone = new Map<KustomizationView, boolean>();

  /** Whether a Kustomization that is not in the head is deleted from its cluster. */
  const isDeleted = (kustomization: KustomizationView): boolean => {
    const known = gone.get(kustomization);
    if (known !== undefined) return known;
    gone.set(kustomization, false);
    const { parent } = kustomization;
    const result = parent !== undefined && hasRoot(kustomization.cluster) && losesObject(parent, kustomization);
    gone.set(kustomization, result);
    return result;
  };

  const losesObject = (owner: KustomizationView, object: ObjectView): boolean => {
    if (isOptedOut(object)) return false;
    const now = head.clusters.kustomization(owner.cluster, owner.namespace, owner.name);
    // Garbage is collected when it reconciles: not while it is suspended, which a resumption in the same change ends.
    if (now) return prunes(owner) && !(isSuspended(owner) && isSuspended(now));
    return isDeleted(owner) && !isSuspended(owner) && deletesItsObjects(owner);
  };

  return { isPruned: (object, owner) => losesObject(owner, object) };
};

const prunes = ({ spec }: KustomizationView): boolean => readable(() => spec.prune) === true;

export const isSuspended = ({ spec }: KustomizationView): boolean => readable(() => spec.suspend) === true;

const deletesItsObjects = (kustomization: KustomizationView): boolean => {
  const policy = readable(() => kustomization.spec.deletionPolicy) ?? 'MirrorPrune';
  return policy === 'MirrorPrune' ? prunes(kustomization) : policy !== 'Orphan';
};

const isOptedOut = ({ root }: ObjectView): boolean =>
  isSwitched(root, 'prune', 'disabled') || isSwitched(root, 'reconcile', 'disabled') || isSwitched(root, 'ssa', 'ignore');
