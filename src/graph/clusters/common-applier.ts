import type { AppliedView, KustomizationView } from './views.ts';

/** A Kustomization is applied by its parent, any other object by its owner. */
type Applied = AppliedView | KustomizationView;

/**
 * The nearest Kustomization through which all of these objects come: one patch there reaches them all. Undefined where
 * they have none in common, or nobody wrote it.
 */
export const commonApplier = (objects: readonly Applied[]): KustomizationView | undefined => {
  const [first, ...others] = objects;
  if (!first) return undefined;
  const chains = others.map((object) => new Set(appliers(object)));
  return appliers(first).find((applier) => applier.isWritten && chains.every((chain) => chain.has(applier)));
};

/** From the one that applies it to the cluster's root. */
const appliers = (object: Applied): readonly KustomizationView[] => {
  const found: KustomizationView[] = [];
  const first = 'owner' in object ? object.owner : object.parent;
  for (let next = first; next && !found.includes(next); next = next.parent) found.push(next);
  return found;
};
