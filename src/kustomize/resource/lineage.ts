/**
 * Lists of resources that came from others without a change of ids. An overlay with one patch does not gather the ids of
 * its base again, does not mend its references again, and does not even touch the objects it leaves alone: that an entry
 * carried all of them is noted once for the list.
 */
import type { Step } from '../../model/origin.ts';
import type { Resource } from './resource.ts';

export interface Lineage {
  /** The list it came from, with the same ids at the same positions. */
  readonly origin: readonly Resource[];
  /** Positions whose trees are other ones by now. */
  readonly changed: ReadonlySet<number>;
  /** Steps of every resource of the list that are not yet among its own. */
  readonly steps: readonly Step[];
}

export const lineageOf = (resources: readonly Resource[]): Lineage =>
  lineages.get(resources) ?? { origin: resources, changed: nowhere, steps: noSteps };

/** Tells that `to` has the ids of `from` at the same positions, and at which of them the trees are other ones. */
export const sameIds = (from: readonly Resource[], to: readonly Resource[], changedSince: readonly number[]): readonly Resource[] => {
  if (from === to) return to;
  const { origin, changed, steps } = lineageOf(from);
  lineages.set(to, { origin, changed: changedSince.length === 0 ? changed : new Set([...changed, ...changedSince]), steps });
  return to;
};

/** The list as one entry carries all of it on. Whatever is no patch must have it `settled` before it makes another of it. */
export const carriedOn = (resources: readonly Resource[], step: Step): readonly Resource[] => {
  const { origin, changed, steps } = lineageOf(resources);
  const list = resources.slice();
  lineages.set(list, { origin, changed, steps: [...steps, step] });
  return list;
};

/** The same resources, each with all of its steps. */
export const settled = (resources: readonly Resource[]): readonly Resource[] => {
  const { origin, changed, steps } = lineageOf(resources);
  if (steps.length === 0) return resources;
  const extend = viaExtender(steps);
  const list = resources.map((resource) => ({ ...resource, via: extend(resource.via) }));
  lineages.set(list, { origin, changed, steps: noSteps });
  return list;
};

/** Puts `steps` behind others; resources that came the same way go on sharing theirs. */
export const viaExtender = (steps: readonly Step[]): ((via: readonly Step[]) => readonly Step[]) => {
  if (steps.length === 0) return (via) => via;
  const extended = new Map<readonly Step[], readonly Step[]>();
  let last: readonly Step[] | undefined;
  let lastExtended: readonly Step[] = noSteps;
  return (via) => {
    // Neighbours mostly came the same way.
    if (via === last) return lastExtended;
    last = via;
    lastExtended = extended.get(via) ?? [...via, ...steps];
    extended.set(via, lastExtended);
    return lastExtended;
  };
};

const nowhere: ReadonlySet<number> = new Set();

const noSteps: readonly Step[] = [];

const lineages = new WeakMap<readonly Resource[], Lineage>();
