/** Names that refer to objects, both ways: from the field to the object, and from the object to those that name it. */
import { isFluxObject } from '../../flux/kinds.ts';
import type { ClusterView } from '../../graph/clusters/cluster-view.ts';
import type { AppliedView, ObjectView } from '../../graph/clusters/views.ts';
import type { Reference } from '../../graph/references/reference.ts';
import { groupOf } from '../../kube/object-view.ts';
import type { Span } from '../../model/span.ts';
import { child, isMap, type Node, stringAt, toPointer } from '../../yaml/node.ts';
import type { Analysis } from '../session/session.ts';
import type { Subject } from './subject.ts';

/** A field that names an object: one that Flux must find, or any map with a kind and a name. */
export interface Naming extends Pick<Reference, 'referrer' | 'pointer' | 'namePointer' | 'cluster'> {
  readonly wanted: Pick<Reference['wanted'], 'kind' | 'namespace' | 'name'>;
}

/** What the field under the cursor refers to, in every cluster that gets it. */
export const referencesAt = ({ graph }: Analysis, { objects, pointer, keys }: Subject): readonly Naming[] =>
  objects.flatMap((object) => {
    const cluster = graph.clusters.get(object.cluster);
    if (!cluster) return [];
    const isHere = (reference: Naming) => pointer === reference.pointer || pointer.startsWith(`${reference.pointer}/`);
    const known = graph.references.of(cluster).filter((reference) => reference.referrer.root === object.root && isHere(reference));
    return known.length > 0 ? known : namingIn(object, keys.slice(0, -1));
  });

/** The objects that a reference means. */
export const targetsOf = ({ graph }: Analysis, { wanted, cluster }: Naming): readonly AppliedView[] =>
  (graph.clusters.get(cluster)?.objects ?? []).filter((object) => isMeant(object, wanted));

/** Where what a reference means is written: the objects, or the line of an ArtifactGenerator that makes it. */
export const targetSpans = (analysis: Analysis, naming: Naming): readonly Span[] => {
  const objects = targetsOf(analysis, naming).map(({ root }) => root.span);
  if (objects.length > 0 || naming.wanted.kind !== 'ExternalArtifact') return objects;
  const generators = (analysis.graph.clusters.get(naming.cluster)?.objects ?? []).filter(
    ({ kind, namespace }) => kind === 'ArtifactGenerator' && namespace === naming.wanted.namespace,
  );
  return generators.flatMap(({ root }) => {
    const artifacts = child(root, 'spec', 'artifacts');
    const items = artifacts?.type === 'list' ? artifacts.items : [];
    return items.flatMap((item) => (stringAt(item, 'name') === naming.wanted.name ? [item.span] : []));
  });
};

/** Every field that names one of these objects. */
export const referrersOf = ({ graph }: Analysis, objects: readonly AppliedView[]): readonly Naming[] =>
  graph.clusters.all.flatMap((cluster) => {
    const here = objects.filter((object) => object.cluster === cluster.name);
    if (here.length === 0) return [];
    const isNamed = ({ wanted }: Naming) => here.some((object) => isMeant(object, wanted));
    const known = graph.references.of(cluster).filter(isNamed);
    const seen = new Set(known.map(({ referrer, pointer }) => `${referrer.label} ${pointer}`));
    const others = namings(cluster).filter((naming) => isNamed(naming) && !seen.has(`${naming.referrer.label} ${naming.pointer}`));
    return [...known, ...others];
  });

const isMeant = ({ kind, namespace, name }: AppliedView, wanted: Naming['wanted']): boolean =>
  kind === wanted.kind && name === wanted.name && (wanted.namespace === undefined || namespace === wanted.namespace);

/** What the objects of Flux and of RBAC name by kind and name: event sources, health checks, subjects. */
const namings = ({ objects }: ClusterView): readonly Naming[] =>
  objects.flatMap((object) =>
    isFluxObject(object.root) || groupOf(object.apiVersion) === 'rbac.authorization.k8s.io'
      ? mapsIn(object.root, []).flatMap((keys) => namingIn(object, keys))
      : [],
  );

const mapsIn = (node: Node, keys: readonly (string | number)[]): readonly (readonly (string | number)[])[] => {
  if (node.type === 'list') return node.items.flatMap((item, index) => mapsIn(item, [...keys, index]));
  if (!isMap(node)) return [];
  return [keys, ...node.entries.flatMap(({ key, value }) => mapsIn(value, [...keys, key.text]))];
};

/** A map with a kind and a name, other than the object itself. */
const namingIn = (referrer: ObjectView, keys: readonly (string | number)[]): readonly Naming[] => {
  const map = keys.length === 0 ? undefined : child(referrer.root, ...keys);
  const [kind, name] = [stringAt(map, 'kind'), stringAt(map, 'name')];
  if (kind === undefined || name === undefined) return [];
  const pointer = toPointer(keys);
  const namespace = stringAt(map, 'namespace') ?? (clusterWide.has(kind) ? undefined : referrer.namespace);
  return [{ referrer, pointer, namePointer: `${pointer}/name`, wanted: { kind, namespace, name }, cluster: referrer.cluster }];
};

const clusterWide: ReadonlySet<string> = new Set(['ClusterRole', 'Namespace', 'CustomResourceDefinition']);
