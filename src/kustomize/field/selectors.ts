import { matchesLabels, parseLabelSelector } from '../../kube/label-selector.ts';
import { child, isMap, type MapNode, type Node, scalarText, textAt } from '../../yaml/node.ts';
import type { ResourceId } from '../build.ts';
import type { Failure } from '../resource/failure.ts';
import { currentId, originalId, type Resource } from '../resource/resource.ts';
import { effectiveNamespace } from '../resource/resource-id.ts';
import { type Gvk, matchesGvk } from './field-spec.ts';
import { wholeMatch } from './go-regexp.ts';

/** What a `target`, `select` or `reject` asks for, ready to be asked of many objects. What it does not name matches anything. */
export interface ObjectSelector {
  readonly type: 'selector';
  /** Only labels or annotations are asked for, or nothing at all. */
  readonly namesNoId: boolean;
  /** Labels or annotations are asked for. */
  readonly namesMetadata: boolean;
  readonly matchesGvk: (gvk: Gvk) => boolean;
  readonly matchesName: (name: string) => boolean;
  readonly matchesNamespace: (namespace: string) => boolean;
  /** labelSelector and annotationSelector. */
  readonly matchesMetadata: (root: MapNode) => boolean;
}

/**
 * The objects that the `target` of a patch selects (kustomize: `resWrangler.Select`): group, version, kind, name and
 * namespace are regular expressions for the whole text; name and namespace may be the original or the present one, and
 * an object without a namespace is in `default`.
 */
export const selectResources = (resources: readonly Resource[], target: Node): readonly Resource[] | Failure => {
  const selector = objectSelector(target);
  return selector.type === 'failure' ? selector : resources.filter((resource) => isTarget(selector, resource));
};

/** A failure where an expression or a label selector cannot be read. */
export const objectSelector = (node: Node): ObjectSelector | Failure => {
  const known = selectors.get(node);
  if (known) return known;
  const selector = compile(node);
  selectors.set(node, selector);
  return selector;
};

/**
 * Kind, name and the like that must be equal to the texts of `selector`, on one id (kustomize: `ResId.IsSelectedBy`). No
 * namespace is `default` here even for what is cluster-scoped.
 */
export const isSelectedBy = (id: ResourceId, selector: ResourceId): boolean =>
  (selector.name === '' || selector.name === id.name) &&
  (selector.namespace === '' || selector.namespace === (id.namespace || 'default')) &&
  matchesGvk(selector, id);

/** The id that a map names with group, version, kind, name and namespace; what is missing is empty. */
export const idAt = (node: Node | undefined): ResourceId => ({
  group: text(node, 'group'),
  version: text(node, 'version'),
  kind: text(node, 'kind'),
  name: text(node, 'name'),
  namespace: text(node, 'namespace'),
});

const selectors = new WeakMap<Node, ObjectSelector | Failure>();

const compile = (node: Node): ObjectSelector | Failure => {
  const id = idAt(node);
  const group = wholeMatch(id.group);
  if (group.type === 'failure') return group;
  const version = wholeMatch(id.version);
  if (version.type === 'failure') return version;
  const kind = wholeMatch(id.kind);
  if (kind.type === 'failure') return kind;
  const name = wholeMatch(id.name);
  if (name.type === 'failure') return name;
  const namespace = wholeMatch(id.namespace);
  if (namespace.type === 'failure') return namespace;
  const labels = parseLabelSelector(text(node, 'labelSelector'));
  if (labels.type === 'failure') return labels;
  const annotations = parseLabelSelector(text(node, 'annotationSelector'));
  if (annotations.type === 'failure') return annotations;
  return {
    type: 'selector',
    namesNoId: Object.values(id).every((part) => part === ''),
    namesMetadata: labels.requirements.length + annotations.requirements.length > 0,
    matchesGvk: (gvk) => group.test(gvk.group) && version.test(gvk.version) && kind.test(gvk.kind),
    matchesName: name.test,
    matchesNamespace: namespace.test,
    matchesMetadata: (root) =>
      (labels.requirements.length === 0 || matchesLabels(labels, textsAt(root, 'labels'))) &&
      (annotations.requirements.length === 0 || matchesLabels(annotations, textsAt(root, 'annotations'))),
  };
};

const isTarget = (selector: ObjectSelector, resource: Resource): boolean => {
  const current = currentId(resource);
  const original = originalId(resource);
  return (
    selector.matchesGvk(current) &&
    (selector.matchesName(original.name) || selector.matchesName(current.name)) &&
    (selector.matchesNamespace(effectiveNamespace(original)) || selector.matchesNamespace(effectiveNamespace(current))) &&
    selector.matchesMetadata(resource.root)
  );
};

const text = (node: Node | undefined, key: string): string => textAt(node, key) ?? '';

const textsAt = (root: MapNode, field: 'labels' | 'annotations'): ReadonlyMap<string, string> => {
  const map = child(root, 'metadata', field);
  if (!isMap(map)) return new Map();
  return new Map(map.entries.map(({ key, value }) => [key.text, scalarText(value)] as const));
};
