/**
 * What Flux deletes of what a cluster has, as kustomize-controller 1.9 decides it. The cluster has the base's objects, so
 * opt-outs count there: one that comes with the removal comes too late.
 */
import { isSwitched } from '../flux/object-switches.ts';
import type { AppliedView, KustomizationView, ObjectView } from '../graph/clusters/views.ts';
import type { Graph } from '../graph/graph.ts';
import { readable } from '../kube/view.ts';
import { memo } from '../model/memo.ts';

export interface Pruning {
  /** An object that its Kustomization renders no more, or that went with it. */
  readonly isPruned: (object: AppliedView, owner: KustomizationView) => boolean;
  /** Why an object stays for ever that the Kustomization would prune, as a sentence without its period; undefined where it does not. */
  readonly leaves: (object: AppliedView, owner: KustomizationView) => string | undefined;
}

/**
 * @param base what the cluster has
 * @param hasRoot whether a cluster is still applied: without its root's directory Flux fails, and deletes nothing
 */
export const createPruning = ({ base, head }: PruningInput, hasRoot: (cluster: string) => boolean): Pruning => {
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

  /** Whether Flux deletes an object from a cluster, and nothing of that name comes in its place. */
  const isGone = (cluster: string, kind: string, namespace: string | undefined, name: string): boolean => {
    const isIt = (object: AppliedView) => object.namespace === namespace;
    if (head.clusters.namesakes(cluster, kind, name).some(isIt)) return false;
    return base.clusters.namesakes(cluster, kind, name).some((object) => isIt(object) && losesObject(object.owner, object));
  };

  /**
   * kustomize-controller (`finalize`): where the account to impersonate is gone, it logs "skipping pruning" and takes the
   * finalizer off (fluxcd/pkg `Impersonator.CanImpersonate` asks for the ServiceAccount alone).
   */
  const lostAccount = memo((owner: KustomizationView): string | undefined => {
    const { cluster, namespace, id, target } = owner;
    if (head.clusters.kustomization(cluster, namespace, owner.name) || target !== cluster) return undefined;
    const account = readable(() => owner.spec.serviceAccountName);
    return account !== undefined && isGone(cluster, 'ServiceAccount', namespace, account)
      ? `Kustomization ${id} goes together with the account ${account} that it acts as, and without that Flux skips the pruning`
      : undefined;
  });

  /** Where it applies to another cluster now, it compares inventories that say the same, and deletes nothing (`prune`). */
  const movedAway = ({ cluster, namespace, name, target, id }: KustomizationView): string | undefined => {
    const now = head.clusters.kustomization(cluster, namespace, name);
    return now && now.target !== target
      ? `Kustomization ${id} applies to ${now.target} now, and Flux deletes nothing in ${target}`
      : undefined;
  };

  const leaves = (object: AppliedView, owner: KustomizationView): string | undefined => {
    if (!losesObject(owner, object)) return undefined;
    const why = movedAway(owner) ?? lostAccount(owner);
    if (why === undefined) return undefined;
    return object.namespace !== undefined && isGone(owner.target, 'Namespace', undefined, object.namespace) ? undefined : why;
  };

  return {
    isPruned: (object, owner) => losesObject(owner, object) && leaves(object, owner) === undefined,
    leaves,
  };
};

interface PruningInput {
  readonly base: Graph;
  readonly head: Graph;
}

const prunes = ({ spec }: KustomizationView): boolean => readable(() => spec.prune) === true;

export const isSuspended = ({ spec }: KustomizationView): boolean => readable(() => spec.suspend) === true;

export const deletesItsObjects = (kustomization: KustomizationView): boolean => {
  const policy = readable(() => kustomization.spec.deletionPolicy) ?? 'MirrorPrune';
  return policy === 'MirrorPrune' ? prunes(kustomization) : policy !== 'Orphan';
};

const isOptedOut = ({ root }: ObjectView): boolean =>
  isSwitched(root, 'prune', 'disabled') || isSwitched(root, 'reconcile', 'disabled') || isSwitched(root, 'ssa', 'ignore');
