/** What a provider applies for a composed resource: the manifest inside an `Object` of provider-kubernetes. */
import { groupOf } from '../../kube/object-view.ts';
import { mapNode, withEntry } from '../../yaml/edit.ts';
import { child, isMap, itemsOf, type MapNode, type Node, stringAt, type UnknownNode } from '../../yaml/node.ts';
import { parseFieldPath, withValueAt } from './patch/field-path.ts';

const groups = ['kubernetes.crossplane.io', 'kubernetes.m.crossplane.io'];

export const isObject = (root: MapNode): boolean =>
  stringAt(root, 'kind') === 'Object' && groups.includes(groupOf(stringAt(root, 'apiVersion') ?? ''));

/** undefined where it holds no manifest, or only looks at what others make. */
export const manifestOf = (root: MapNode): MapNode | undefined => {
  const manifest = child(root, 'spec', 'forProvider', 'manifest');
  if (!isMap(manifest) || isObserved(root)) return undefined;
  const name = child(root, 'metadata', 'name');
  const metadata = child(manifest, 'metadata');
  const isNamed = child(metadata, 'name') !== undefined || metadata?.type === 'unknown';
  const inner = isMap(metadata) ? metadata : mapNode([], manifest);
  const withName = isNamed || name === undefined ? manifest : withEntry(manifest, 'metadata', withEntry(inner, 'name', name));
  return itemsOf(child(root, 'spec', 'references')).reduce(withReferenced, withName);
};

/** `managementPolicies` without Create, and `managementPolicy: Observe` of before. */
const isObserved = (root: MapNode): boolean => {
  const policies = itemsOf(child(root, 'spec', 'managementPolicies')).map((policy) => stringAt(policy));
  if (policies.length > 0) return !policies.includes('*') && !policies.includes('Create');
  return ['Observe', 'ObserveDelete'].includes(stringAt(root, 'spec', 'managementPolicy') ?? '');
};

/** What is patched from another object of the cluster is unknown. */
const withReferenced = (manifest: MapNode, reference: Node): MapNode => {
  const from = child(reference, 'patchesFrom');
  const text = stringAt(reference, 'toFieldPath') ?? stringAt(from, 'fieldPath');
  const path = from && text !== undefined ? parseFieldPath(text) : undefined;
  if (!from || path?.type !== 'parsed') return manifest;
  const value: UnknownNode = { type: 'unknown', why: 'it is copied from another object of the cluster', span: from.span, via: from.via };
  const set = withValueAt(manifest, path.path, value);
  return set.type === 'set' ? set.root : manifest;
};

/** The ProviderConfig that says which cluster it lands on; undefined where that is not known. */
export const providerConfigOf = (root: MapNode): string | undefined => {
  const reference = child(root, 'spec', 'providerConfigRef', 'name');
  return reference === undefined ? 'default' : stringAt(reference);
};
