import { sourceKinds } from '../../flux/kinds.ts';
import { groupOf } from '../../kube/object-view.ts';
import { grouped } from '../../model/grouped.ts';
import { memo } from '../../model/memo.ts';
import type { Related } from '../../model/problem.ts';
import { isSlip, nearest } from '../../model/spelling.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { AppliedView } from '../clusters/views.ts';
import type { Existence } from '../existence/existence.ts';
import type { Wanted } from '../existence/wanted.ts';
import type { Reference, ReferenceRole } from './reference.ts';

/** An object that is referred to and is not there, with all who need it: one cause. */
export interface Missing {
  readonly role: ReferenceRole;
  readonly wanted: Wanted;
  readonly first: Reference;
  readonly others: readonly Reference[];
  /** Nothing could make it, or what is here shows what was meant. */
  readonly isProven: boolean;
  /** Why it may be there all the same; undefined where nothing could make it. */
  readonly why: string | undefined;
  /** Of the same name: in another namespace, sources also of another kind. */
  readonly namesakes: readonly AppliedView[];
  /** A name that is spelt almost the same. */
  readonly meant: string | undefined;
  /** Written under this name, and renamed by a prefix, a suffix or a hash. */
  readonly renamed: AppliedView | undefined;
  /** Namesakes, and who else needs it. */
  readonly related: readonly Related[];
}

export interface MissingInput {
  readonly existence: Existence;
  readonly clusters: Clusters;
  /** Texts of files that a cluster's builds could not read: what is missing may stand there. */
  readonly unread: (cluster: ClusterView) => readonly string[];
}

/** Kinds that people, operators and Terraform make all the time: that git has none proves nothing. */
const madeByPeople: ReadonlySet<string> = new Set(['ConfigMap', 'Secret']);

/** Kinds of which one name seldom stands for two things. */
const ownNames = new Set<ReferenceRole>(['source', 'dependency']);

/**
 * What a cluster's references miss, in their order. Left out: what may be absent, and what cannot be told because of
 * something that is reported already.
 */
export const missingOf = (references: readonly Reference[], { existence, clusters, unread }: MissingInput): readonly Missing[] => {
  const groups = grouped(
    references.filter(({ isOptional }) => !isOptional),
    ({ role, cluster, wanted: { group, kind, namespace, name } }) => [role, cluster, group, kind, namespace, name].join('\u0000'),
  );
  return [...groups.values()].flatMap(([first, ...others]) => {
    const { wanted, role } = first;
    // None of those who need it gets so far as to bring it.
    const verdict = existence.of(first.cluster, wanted, new Set([first, ...others].map(({ referrer }) => referrer.root)));
    if (verdict.answer === 'exists') return [];
    const cluster = clusters.get(first.cluster);
    const evidence = evidenceFor(first, cluster);
    // It is written, and not applied for a reason that is told itself.
    if (evidence.namesakes.some(isHomeless) || (cluster && unread(cluster).some((text) => text.includes(wanted.name)))) return [];
    const isProven = evidence.isStrong || (verdict.answer === 'no' && !madeByPeople.has(wanted.kind));
    if (!isProven && verdict.answer === 'unknown' && verdict.isTold) return [];
    const why = verdict.answer === 'unknown' ? verdict.why : isProven ? undefined : `a ${wanted.kind} is often made outside of git`;
    const related = [
      ...evidence.namesakes.map((object) => ({
        at: object.origin('/metadata/name'),
        message: `${object.kind} ${object.namespace ?? ''}/${object.name} has the same name`,
      })),
      ...others.map(({ referrer, namePointer, by }) => ({ at: referrer.origin(namePointer), message: `${by} needs it, too` })),
    ];
    return [{ role, wanted, first, others, isProven, why, related, ...evidence }];
  });
};

/** Flux refuses it and applies nothing beside it: `references/missing-namespace`. */
const isHomeless = ({ namespace, state }: AppliedView): boolean =>
  namespace === '' || (namespace === undefined && state('/metadata/namespace') === 'absent');

const evidenceFor = ({ wanted, role }: Reference, cluster: ClusterView | undefined) => {
  const index = cluster && namesOf(cluster);
  const sameName = (index?.byName.get(wanted.name) ?? []).filter((object) => isOfKind(object, wanted, role));
  const renamed = (index?.byOriginal.get(wanted.name) ?? []).find(
    (object) => object.kind === wanted.kind && object.namespace === wanted.namespace,
  );
  const neighbours = index?.byPlace.get(`${wanted.kind}/${wanted.namespace ?? ''}`) ?? [];
  const meant = nearest(
    wanted.name,
    neighbours.map(({ name }) => name),
  );
  const hasOtherKind =
    role === 'dependency' && (index?.byName.get(wanted.name) ?? []).some(({ kind }) => kind === 'Kustomization' || kind === 'HelmRelease');
  const isStrong =
    hasOtherKind ||
    renamed !== undefined ||
    ((ownNames.has(role) || madeByPeople.has(wanted.kind)) && sameName.length > 0) ||
    (meant !== undefined && isSlip(wanted.name, meant));
  return { namesakes: sameName, renamed, meant, isStrong };
};

const isOfKind = (object: AppliedView, { kind, group }: Wanted, role: ReferenceRole): boolean => {
  if (group !== undefined && groupOf(object.apiVersion) !== group) return false;
  if (madeByPeople.has(kind) && madeByPeople.has(object.kind)) return true;
  return object.kind === kind || (role === 'source' && sourceKinds.has(kind) && sourceKinds.has(object.kind));
};

/**
 * Where a dependency's name is that of a HelmRelease instead of a Kustomization, or the reverse, in the same namespace or
 * as the only one of its name. Not where an object of the right kind has the name: then its namespace was forgotten.
 */
export const otherKindOf = ({ wanted, namesakes, first }: Missing, clusters: Clusters): AppliedView | undefined => {
  if (namesakes.length > 0) return undefined;
  const view = clusters.get(first.cluster);
  const otherKind = wanted.kind === 'Kustomization' ? 'HelmRelease' : 'Kustomization';
  const others = (view ? (namesOf(view).byName.get(wanted.name) ?? []) : []).filter(({ kind }) => kind === otherKind);
  return others.find(({ namespace }) => namespace === wanted.namespace) ?? (others.length === 1 ? others[0] : undefined);
};

interface Names {
  readonly byName: ReadonlyMap<string, readonly AppliedView[]>;
  /** Objects that have another name than the one written. */
  readonly byOriginal: ReadonlyMap<string, readonly AppliedView[]>;
  /** By `Kind/namespace`. */
  readonly byPlace: ReadonlyMap<string, readonly AppliedView[]>;
}

/** Remembered for each cluster: clusters never change. */
const namesOf = memo(
  ({ objects }: ClusterView): Names => ({
    byName: grouped(objects, ({ name }) => name),
    byOriginal: grouped(
      objects.filter(({ name, original }) => original.name !== name && !original.name.includes('${')),
      ({ original }) => original.name,
    ),
    byPlace: grouped(objects, ({ kind, namespace = '' }) => `${kind}/${namespace}`),
  }),
);
