import type { Related } from '../../model/problem.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { KustomizationView } from '../clusters/views.ts';
import type { Pull } from './pulls.ts';

/**
 * The steps from a cluster to a line that takes something in: the path of each Kustomization from the root down, then
 * the entry of each overlay. The first says which environment the cluster is, and how we know. The line itself is where
 * the problem is, so it is no step, unless it is the only place there is.
 */
export const wayTo = (kustomization: KustomizationView, pull: Pull, target: ClusterView | undefined): readonly Related[] => {
  const steps: Omit<Related, 'flow'>[] = [];
  for (let brought = kustomization; brought.parent; brought = brought.parent) {
    steps.unshift({ at: brought.parent.origin('/spec/path'), message: `${brought.parent.id} brings ${brought.id}` });
  }
  const entries: Omit<Related, 'flow'>[] = [];
  for (let here = pull.parent; here; here = here.parent) {
    const builder = here.parent ? here.parent.to : kustomization.id;
    entries.unshift({ at: here.at, message: `${builder} builds ${here.to}` });
  }
  const flow = kustomization.target;
  const written = [...steps, ...entries].filter(({ at }) => at.span.end > at.span.start);
  const verdict = target?.environment;
  const head = verdict === undefined ? undefined : `${flow} is ${verdict.environment}, because ${verdict.because}`;
  if (head === undefined) return written.map((step) => ({ ...step, flow }));
  const [first, ...rest] = written;
  if (!first) return [{ at: pull.at, message: head, flow }];
  return [{ ...first, message: `${head}: ${first.message}` }, ...rest].map((step) => ({ ...step, flow }));
};
