import type { RelatedLocation } from '../../model/finding.ts';
import { addToGroup } from '../../model/grouped.ts';

/** One way from a cluster to the finding. */
export interface RelatedPath {
  readonly name: string;
  readonly steps: readonly RelatedLocation[];
}

/** Related places sorted into the paths they are steps of, and those that stand alone; both in the order given. */
export const pathsOf = (related: readonly RelatedLocation[]) => {
  const steps = new Map<string, [RelatedLocation, ...RelatedLocation[]]>();
  const others: RelatedLocation[] = [];
  for (const place of related) {
    if (place.flow === undefined) others.push(place);
    else addToGroup(steps, place.flow, place);
  }
  const paths: readonly RelatedPath[] = [...steps].map(([name, places]) => ({ name, steps: places }));
  return { paths, others };
};
