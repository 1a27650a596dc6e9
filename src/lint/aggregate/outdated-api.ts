import type { ClusterView } from '../../graph/clusters/cluster-view.ts';
import type { AppliedView } from '../../graph/clusters/views.ts';
import type { Graph } from '../../graph/graph.ts';
import type { ApiVerdict } from '../../graph/schemas/api-verdict.ts';
import { apiVersionOf } from '../../kube/schema/served-versions.ts';
import { grouped } from '../../model/grouped.ts';
import type { Fix, Problem } from '../../model/problem.ts';
import { upgradeFix } from '../fix/upgrade-fix.ts';

/** An object in an API version of Flux that its cluster serves no more, not yet, or not for long. */
export interface Outdated<Verdict extends ApiVerdict> {
  readonly object: AppliedView;
  readonly verdict: Verdict;
}

type Group<Verdict extends ApiVerdict> = readonly [Outdated<Verdict>, ...Outdated<Verdict>[]];
type Replaced = Extract<ApiVerdict, { readonly type: 'deprecated' | 'removed' }>;

/** What a cluster has of it, one group for each API version that is left in the same Flux and has the same successor. */
export const outdatedIn = <Verdict extends ApiVerdict>(
  cluster: ClusterView,
  graph: Graph,
  isMeant: (verdict: ApiVerdict) => verdict is Verdict,
): readonly Group<Verdict>[] => {
  const outdated = cluster.objects.flatMap((object): readonly Outdated<Verdict>[] => {
    const verdict = graph.schemas.apiVerdict(object);
    return verdict && isMeant(verdict) ? [{ object, verdict }] : [];
  });
  return [...grouped(outdated, ({ object, verdict }) => `${object.apiVersion} ${endOf(verdict)} ${successorOf(verdict)}`).values()];
};

const endOf = (verdict: ApiVerdict): string => (verdict.type === 'unserved' ? '' : (verdict.written.removedIn ?? ''));

const successorOf = (verdict: ApiVerdict): string =>
  (verdict.type === 'deprecated' || verdict.type === 'removed') && verdict.newest ? apiVersionOf(verdict.kind, verdict.newest) : '';

const shown = 5;

/** Where a group is told, the next of it beside it, and what mends all of them that can be mended. */
export const placesOf = (group: Group<ApiVerdict>): Pick<Problem, 'at' | 'related'> => {
  const [first, ...others] = group;
  return {
    at: first.object.origin('/apiVersion'),
    related: others.slice(0, shown).map(({ object }) => ({ at: object.origin('/apiVersion'), message: `${object.label} is another` })),
  };
};

/** `helm.toolkit.fluxcd.io/v2beta1 of HelmRelease`, with the count where there are several. */
export const subjectOf = (group: Group<ApiVerdict>): string => {
  const [{ object }] = group;
  const kinds = [...new Set(group.map(({ object: { kind } }) => kind))].join(', ');
  const files = new Set(group.map((one) => one.object.origin('/apiVersion').span.path)).size;
  const count = group.length === 1 ? '' : ` (${group.length} objects in ${files === 1 ? 'one file' : `${files} files`})`;
  return `${object.apiVersion} of ${kinds}${count}`;
};

export const upgradesOf = (group: Group<Replaced>, graph: Graph): Fix | undefined => {
  const fixes = group.flatMap(({ object, verdict }) => upgradeFix(object, verdict, graph) ?? []);
  const [first] = fixes;
  return first && { ...first, edits: distinct(fixes.flatMap(({ edits }) => edits)) };
};

/** An object that is built several times has one line. */
const distinct = (edits: Fix['edits']): Fix['edits'] => {
  const seen = new Set<string>();
  return edits.filter((edit) => {
    if (!('span' in edit)) return true;
    const key = JSON.stringify([edit.span, edit.text]);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
};
