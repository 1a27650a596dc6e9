/** Names that refer to objects, both ways: from the field to the object, and from the object to those that name it. */
import type { AppliedView } from '../../graph/clusters/views.ts';
import type { Reference } from '../../graph/references/reference.ts';
import type { Analysis } from '../session/session.ts';
import type { Subject } from './subject.ts';

/** What the field under the cursor refers to, in every cluster that gets it. */
export const referencesAt = ({ graph }: Analysis, { objects, pointer }: Subject): readonly Reference[] =>
  objects.flatMap((object) => {
    const cluster = graph.clusters.get(object.cluster);
    if (!cluster) return [];
    const isHere = (reference: Reference) => pointer === reference.pointer || pointer.startsWith(`${reference.pointer}/`);
    return graph.references.of(cluster).filter((reference) => reference.referrer.root === object.root && isHere(reference));
  });

/** The objects that a reference means. */
export const targetsOf = ({ graph }: Analysis, { wanted, cluster }: Reference): readonly AppliedView[] =>
  (graph.clusters.get(cluster)?.objects ?? []).filter(
    ({ kind, namespace, name }) =>
      kind === wanted.kind && name === wanted.name && (wanted.namespace === undefined || namespace === wanted.namespace),
  );

/** Every field that names one of these objects. */
export const referrersOf = ({ graph }: Analysis, objects: readonly AppliedView[]): readonly Reference[] =>
  graph.clusters.all.flatMap((cluster) => {
    const here = objects.filter((object) => object.cluster === cluster.name);
    if (here.length === 0) return [];
    const isMeant = ({ wanted }: Reference) =>
      here.some(
        ({ kind, namespace, name }) =>
          kind === wanted.kind && name === wanted.name && (wanted.namespace === undefined || namespace === wanted.namespace),
      );
    return graph.references.of(cluster).filter(isMeant);
  });
