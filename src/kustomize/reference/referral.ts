import { child, isScalar, type MapNode, scalarText } from '../../yaml/node.ts';
import type { ResourceId } from '../build.ts';
import { type Gvk, matchesGvk } from '../field/field-spec.ts';
import { type Failure, failure } from '../resource/failure.ts';
import { currentId, originalId, type Resource } from '../resource/resource.ts';
import { effectiveNamespace, idText } from '../resource/resource-id.ts';
import { isClusterScoped } from '../resource/scope.ts';
import { accountNamespacesOf } from './account-namespaces.ts';
import type { ReferenceField } from './held-references.ts';
import type { NameTable } from './name-table.ts';

/** An object that names others, and where it may look for them. */
export interface Referrer {
  readonly type: 'referrer';
  readonly resource: Resource;
  readonly id: ResourceId;
  readonly table: NameTable;
  /** Where else the accounts of a RoleBinding may be. */
  readonly accountNamespaces: ReadonlySet<string>;
}

export const referrerOf = (resource: Resource, table: NameTable): Referrer | Failure => {
  const accountNamespaces = accountNamespacesOf(resource.root);
  return 'type' in accountNamespaces
    ? accountNamespaces
    : { type: 'referrer', resource, id: currentId(resource), table, accountNamespaces };
};

export interface Reference {
  readonly field: ReferenceField;
  readonly name: string;
  /** The map that holds name and namespace, where the reference is one. */
  readonly map?: MapNode | undefined;
}

/**
 * The object that a reference means (kustomize: `nameref.selectReferral`): of the kind, once called so, within reach of
 * the referrer, and of several the one that went through the same prefixes and suffixes. Undefined: none, and the
 * reference stays as it is. A failure: several with different names.
 */
export const selectReferral = (referrer: Referrer, { field, name, map }: Reference): Resource | undefined | Failure => {
  const { resource, id, table } = referrer;
  const roleRef = field.spec.path.endsWith('roleRef/name') ? roleRefGvk(resource) : undefined;
  const isNamespaceMeant = namespaceFilter(referrer, map);
  const candidates = (table.byPreviousName.get(name) ?? []).filter(
    (candidate) =>
      isReachable(candidate, referrer) &&
      isNamespaceMeant(candidate) &&
      wasOf(candidate, field.target) &&
      (roleRef === undefined || wasOf(candidate, roleRef)) &&
      isInNamespaceOf(candidate, id),
  );
  if (candidates.length === 1) return candidates[0];

  const alike = candidates.filter((candidate) => haveSameAffixes(candidate, resource, true));
  const [first, ...others] = alike.length > 1 ? alike.filter((candidate) => haveSameAffixes(candidate, resource, false)) : alike;
  if (!first) return undefined;
  const isSame = (other: Resource): boolean =>
    currentId(other).name === currentId(first).name && (!map || currentId(other).namespace === currentId(first).namespace);
  if (others.every(isSame)) return first;
  return failure(`found multiple possible referrals: ${[first, ...others].map((candidate) => idText(currentId(candidate))).join(', ')}`);
};

/** A namespace in the reference: that of objects which were there originally, or, where there is none, are there now. */
const namespaceFilter = ({ id, table, accountNamespaces }: Referrer, map: MapNode | undefined): ((candidate: Resource) => boolean) => {
  const node = child(map, 'namespace');
  if (!node) return () => true;
  const namespace = scalarText(node);
  const present = table.movedTo().get(namespace) ?? new Set();
  const isOriginal = isClusterScoped(id)
    ? present.size > 0
    : present.has(effectiveNamespace(id)) || [...accountNamespaces].some((account) => present.has(account));
  return (candidate) => {
    const meant = isOriginal ? originalId(candidate) : currentId(candidate);
    return !isClusterScoped(meant) && effectiveNamespace(meant) === namespace;
  };
};

/** kustomize: `SubsetThatCouldBeReferencedByResource`. */
const isReachable = (candidate: Resource, { id, accountNamespaces }: Referrer): boolean => {
  const target = currentId(candidate);
  if (isClusterScoped(id) || isClusterScoped(target)) return true;
  return effectiveNamespace(target) === effectiveNamespace(id) || accountNamespaces.has(target.namespace);
};

const isInNamespaceOf = (candidate: Resource, referrer: ResourceId): boolean => {
  const target = currentId(candidate);
  if (isClusterScoped(referrer) || isClusterScoped(target) || target.kind === 'ServiceAccount') return true;
  return effectiveNamespace(target) === effectiveNamespace(referrer);
};

const wasOf = (candidate: Resource, gvk: Gvk): boolean => candidate.previous.some((id) => matchesGvk(gvk, id));

const roleRefGvk = ({ root }: Resource): Gvk | undefined => {
  const group = child(root, 'roleRef', 'apiGroup');
  const kind = child(root, 'roleRef', 'kind');
  return isScalar(group) && isScalar(kind) ? { group: group.text, version: '', kind: kind.text } : undefined;
};

/** Whether two objects went through the same levels at the end. `allowEmpty`: one that went through none goes with any. */
const haveSameAffixes = (a: Resource, b: Resource, allowEmpty: boolean): boolean =>
  endAlike(a.prefixes, b.prefixes, allowEmpty) && endAlike(a.suffixes, b.suffixes, allowEmpty);

const endAlike = (a: readonly string[], b: readonly string[], allowEmpty: boolean): boolean => {
  const [shortest, longest] = a.length > b.length ? [b, a] : [a, b];
  if (shortest.length === 0) return allowEmpty || longest.length === 0;
  return shortest.every((affix, index) => affix === longest[longest.length - shortest.length + index]);
};
