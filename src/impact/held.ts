import type { Graph } from '../graph/graph.ts';
import type { KustomizationPair } from './causes.ts';
import { isSuspended } from './pruning.ts';

/**
 * Whether what a Kustomization renders waits: it is suspended, or its own new version is not applied because the one that
 * applies it waits.
 */
export const holdsBack = (head: Graph): ((pair: KustomizationPair) => boolean) => {
  const isHeld = ({ base, head: now }: KustomizationPair): boolean => {
    const current = now ?? base;
    if (!current) return false;
    if (now && isSuspended(now)) return true;
    const { parent } = current;
    // Unchanged itself, it goes on by itself.
    if (!parent || (base && now && base.root === now.root)) return false;
    return isHeld({ base: undefined, head: head.clusters.kustomization(parent.cluster, parent.namespace, parent.name) });
  };
  return isHeld;
};
