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

/**
 * What all clusters have of it, one group for each API version that is left in the same Flux and has the same successor.
 *
 * @param apart what makes two of them two findings nevertheless
 */
export const outdatedIn = <Verdict extends ApiVerdict>(
  graph: Graph,
  isMeant: (verdict: ApiVerdict) => verdict is Verdict,
  apart: (outdated: Outdated<Verdict>) => string = () => '',
): readonly Group<Verdict>[] => {
  const outdated = graph.clusters.all.flatMap(({ objects }) =>
    objects.flatMap((object): readonly Outdated<Verdict>[] => {
      const verdict = graph.schemas.apiVerdict(object);
      return verdict && isMeant(verdict) ? [{ object, verdict }] : [];
    }),
  );
  return [
    ...grouped(outdated, (one) =>
      [one.object.apiVersion, endOf(one.verdict), successorOf(one.verdict), apart(one)].join('\u0000'),
    ).values(),
  ];
};

const endOf = (verdict: ApiVerdict): string => (verdict.type === 'unserved' ? '' : (verdict.written.removedIn ?? ''));

const successorOf = (verdict: ApiVerdict): string =>
  (verdict.type === 'deprecated' || verdict.type === 'removed') && verdict.newest ? apiVersionOf(verdict.kind, verdict.newest) : '';

const shown = 5;

/** Where a group is told, whom it concerns, and the next of it beside it. */
export const placesOf = (group: Group<ApiVerdict>, graph: Graph): Pick<Problem, 'at' | 'related' | 'clusters' | 'tenants'> => {
  const [first, ...others] = written(group);
  return {
    at: first.object.origin('/apiVersion'),
    clusters: [...new Set(group.map(({ object }) => object.cluster))],
    tenants: [...new Set(group.flatMap(({ object }) => graph.tenants.of(object.owner)?.name ?? []))],
    related: others.slice(0, shown).map(({ object }) => ({ at: object.origin('/apiVersion'), message: `${object.label} is another` })),
  };
};

/** `helm.toolkit.fluxcd.io/v2beta1 of HelmRelease`, with the count where there are several. */
export const subjectOf = (group: Group<ApiVerdict>): string => {
  const places = written(group);
  const [{ object }] = places;
  const kinds = [...new Set(places.map(({ object: { kind } }) => kind))].join(', ');
  const files = new Set(places.map((one) => one.object.origin('/apiVersion').span.path)).size;
  const count = places.length === 1 ? '' : ` (${places.length} objects in ${files === 1 ? 'one file' : `${files} files`})`;
  return `${object.apiVersion} of ${kinds}${count}`;
};

/** Each line once, however many builds and clusters it ends up in; what is written on it is the count that an edit sees. */
const written = <Verdict extends ApiVerdict>([first, ...others]: Group<Verdict>): Group<Verdict> => {
  const placeOf = ({ object }: Outdated<Verdict>) => {
    const { path, start } = object.origin('/apiVersion').span;
    return `${path}:${start}`;
  };
  const seen = new Set([placeOf(first)]);
  const isNew = (one: Outdated<Verdict>) => {
    const place = placeOf(one);
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  };
  return [first, ...others.filter(isNew)];
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
