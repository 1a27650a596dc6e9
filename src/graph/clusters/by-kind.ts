import { grouped } from '../../model/grouped.ts';
import { memo } from '../../model/memo.ts';
import type { ClusterView } from './cluster-view.ts';
import type { AppliedView } from './views.ts';

/** The objects of a cluster by kind, in the order of the cluster. */
const kindsOf = memo((cluster: ClusterView) => grouped(cluster.objects, ({ kind }) => kind));

/** The objects of a cluster of a kind, of whatever group. */
export const ofKind = (cluster: ClusterView, kind: string): readonly AppliedView[] => kindsOf(cluster).get(kind) ?? none;

/** Objects of a kind by name: made of the kinds that somebody asks for, since most objects are never looked up. */
const namesOf = memo((objects: readonly AppliedView[]) => grouped(objects, ({ name }) => name));

/** Objects of a kind and name, in whatever namespace. */
export const namesakesIn = (cluster: ClusterView, kind: string, name: string): readonly AppliedView[] =>
  namesOf(ofKind(cluster, kind)).get(name) ?? none;

const none: readonly AppliedView[] = [];
