import { labelOf } from '../../kube/object-view.ts';
import { child, isMap, itemsOf, type MapNode, type Node, stringAt } from '../../yaml/node.ts';
import { ofKind } from '../clusters/by-kind.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { AppliedView } from '../clusters/views.ts';
import type { Existence } from '../existence/existence.ts';

/** An event source of an Alert, or a resource of a Receiver, that matches no object. */
export interface DeafSource {
  /** RFC 6901, in the Alert or Receiver. */
  readonly pointer: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly because: 'namespace is *' | 'no labels' | 'no such object' | 'none in the namespace' | 'none with the labels';
  /** Where objects of that kind, or of that name, are. */
  readonly elsewhere: readonly AppliedView[];
}

/** Kinds that somebody writes; HelmCharts and ExternalArtifacts are made by controllers. */
const writtenKinds = new Set([
  'Bucket',
  'GitRepository',
  'HelmRelease',
  'HelmRepository',
  'ImagePolicy',
  'ImageRepository',
  'ImageUpdateAutomation',
  'Kustomization',
  'OCIRepository',
  'ArtifactGenerator',
]);

/**
 * What an Alert or Receiver lists and never hears of. The namespace is compared literally and is its own where it is
 * absent; only the name takes `*` (notification-controller: internal/server/event_handlers.go, eventMatchesAlertSource). A
 * Receiver fails for `*` without matchLabels (internal/server/receiver_handlers.go, notifyDynamicResources).
 */
export const deafSources = (view: AppliedView, cluster: ClusterView, existence: Existence): readonly DeafSource[] => {
  const field = view.kind === 'Alert' ? '/spec/eventSources' : '/spec/resources';
  return itemsOf(view.node(field)).flatMap((item, index) => {
    const asked = askedBy(item, view);
    const found = asked && judge({ ...asked, view, cluster, existence });
    return found ? [{ pointer: `${field}/${index}`, kind: asked.kind, name: asked.name, namespace: asked.namespace, ...found }] : [];
  });
};

interface Asked {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: MapNode | undefined;
}

const askedBy = (item: Node, view: AppliedView): Asked | undefined => {
  const kind = stringAt(item, 'kind');
  const name = stringAt(item, 'name');
  const namespace = child(item, 'namespace') === undefined ? view.namespace : stringAt(item, 'namespace');
  if (kind === undefined || name === undefined || namespace === undefined || /\$\{/.test(`${kind}${name}${namespace}`)) return undefined;
  const labels = child(item, 'matchLabels');
  return { kind, name, namespace, labels: isMap(labels) ? labels : undefined };
};

interface Question extends Asked {
  readonly view: AppliedView;
  readonly cluster: ClusterView;
  readonly existence: Existence;
}

const judge = ({
  kind,
  name,
  namespace,
  labels,
  view,
  cluster,
  existence,
}: Question): Pick<DeafSource, 'because' | 'elsewhere'> | undefined => {
  const all = ofKind(cluster, kind).filter(({ apiVersion }) => apiVersion.includes('.fluxcd.io/'));
  if (namespace === '*') return { because: 'namespace is *', elsewhere: all };
  if (view.kind === 'Receiver' && name === '*' && !labels) return { because: 'no labels', elsewhere: [] };
  if (!writtenKinds.has(kind) || existence.mayAlsoCome(cluster.name, { kind, namespace, name }) !== undefined) return undefined;
  const own = all.filter((object) => object.namespace === namespace);
  if (name !== '*') {
    if (existence.of(cluster.name, { kind, namespace, name }).answer !== 'no') return undefined;
    return { because: 'no such object', elsewhere: all.filter((object) => object.name === name) };
  }
  const { sync } = cluster.cluster.root;
  // The root and its source are there, written down or not.
  const isOfRoot = namespace === sync.namespace && !labels && /^(Kustomization|GitRepository|OCIRepository|Bucket)$/.test(kind);
  if (isOfRoot || existence.of(cluster.name, { kind, namespace, name: '*' }).answer !== 'no') return undefined;
  if (own.length === 0) return all.length === 0 ? undefined : { because: 'none in the namespace', elsewhere: all };
  const isMatch = ({ root }: AppliedView) =>
    labels?.entries.every(({ key, value }) => value.type !== 'scalar' || labelOf(root, key.text) === value.text) !== false;
  return own.some((object) => isMatch(object) || object.state('/metadata/labels') === 'unknown')
    ? undefined
    : { because: 'none with the labels', elsewhere: [] };
};
