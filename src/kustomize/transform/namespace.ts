/** `namespace` (kustomize: `NamespaceTransformer`, `api/filters/namespace`). */

import type { StepProblem } from '../../model/problem.ts';
import { scalarNode, withEntry } from '../../yaml/edit.ts';
import { child, isList, isMap, isNull, isScalar, type ListNode, type MapNode, type Node, type ScalarNode } from '../../yaml/node.ts';
import { applyFieldSpecs, type FieldSpec } from '../field/field-spec.ts';
import { type Failure, failure } from '../resource/failure.ts';
import { withCurrentId } from '../resource/id-index.ts';
import { currentId, type Resource, renamed } from '../resource/resource.ts';
import { idText } from '../resource/resource-id.ts';
import { isClusterScoped } from '../resource/scope.ts';
import { failedTransformation, type Transformed, transformEach, transformerOrigin } from '../resource/transformation.ts';

export interface NamespaceOptions {
  readonly specs: readonly FieldSpec[];
  /** Only fields without a namespace. */
  readonly isUnsetOnly?: boolean;
  /** Which subjects of role bindings; kustomize's default: those called `default`. */
  readonly subjects?: string | undefined;
}

/**
 * Gives every object that is not known to be cluster-scoped the namespace, whatever it had before; renames objects of
 * kind Namespace; sets it where `specs` say so. Reported: two objects that become one.
 */
export const setNamespace = (resources: readonly Resource[], asked: ScalarNode, options: NamespaceOptions): Transformed => {
  const subjects = options.subjects || 'defaultOnly';
  if (!['defaultOnly', 'allServiceAccounts', 'none'].includes(subjects)) {
    const message = `invalid value "${subjects}" for setRoleBindingSubjects: must be one of "defaultOnly", "none" or "allServiceAccounts"`;
    return { resources, problems: [failedTransformation(asked, message)] };
  }
  const value = scalarNode(asked.text, transformerOrigin(asked, 'namespace'));
  const { resources: changed, problems } = transformEach(resources, asked, (resource) =>
    namespaced(resource.root, value, { ...options, subjects }),
  );
  const moved = changed.map((resource, index) => renamed(resources[index] ?? resource, resource.root));
  return { resources: moved, problems: [...problems, ...conflicts(moved, asked)] };
};

/** Where kustomize sets a namespace besides `metadata/namespace` (`builtinpluginconsts/namespace.go`). */
export const namespaceFieldSpecs: readonly FieldSpec[] = [
  { group: '', version: '', kind: 'Namespace', path: 'metadata/name', create: true },
  { group: 'apiregistration.k8s.io', version: '', kind: 'APIService', path: 'spec/service/namespace', create: true },
  {
    group: 'apiextensions.k8s.io',
    version: '',
    kind: 'CustomResourceDefinition',
    path: 'spec/conversion/webhook/clientConfig/service/namespace',
    create: false,
  },
];

/** One object with the namespace, as a filter of its own sets it: no other fields but the subjects of bindings. */
export const withNamespace = (root: MapNode, value: ScalarNode): MapNode | Failure =>
  namespaced(root, value, { specs: [], subjects: 'defaultOnly' });

const namespaced = (root: MapNode, value: ScalarNode, options: NamespaceOptions): MapNode | Failure => {
  const id = currentId({ root });
  const isBinding = id.kind === 'RoleBinding' || id.kind === 'ClusterRoleBinding';
  const old = child(root, 'metadata', 'namespace');
  if (!isClusterScoped(id) && (isMap(old) || isList(old))) {
    return failure(`considering field 'metadata/namespace' of object ${idText(id)}: wrong node kind: expected ScalarNode`);
  }
  let changed = isClusterScoped(id) ? root : inMetadata(root, value, options);
  if (isBinding) {
    const bound = withSubjects(changed, value, options);
    if (bound.type === 'failure') return bound;
    changed = bound;
  }
  const isCore = id.group === '' && id.version === 'v1';
  const specs = options.specs.filter(
    ({ path, kind }) =>
      path !== 'metadata/namespace' &&
      (path !== 'metadata/name' || isCore) &&
      !(isBinding && path === 'subjects/namespace' && (kind === 'RoleBinding' || kind === 'ClusterRoleBinding')),
  );
  const set = (node: Node): Node | Failure => {
    if (!isScalar(node)) return failure(`wrong node kind: expected ScalarNode but got ${isMap(node) ? 'MappingNode' : 'SequenceNode'}`);
    return keeps(node, options) ? node : sameOr(node, value);
  };
  const result = applyFieldSpecs(changed, specs, { set, createType: 'scalar', origin: value });
  if (result.type === 'map') return result;
  const prefix = result.message.includes('wrong node kind')
    ? 'namespace field specs must target scalar nodes'
    : 'namespace transformation failed';
  return failure(`${prefix}: ${result.message}`);
};

const inMetadata = (root: MapNode, value: ScalarNode, options: NamespaceOptions): MapNode => {
  const metadata = child(root, 'metadata');
  const map: MapNode = isMap(metadata) ? metadata : { type: 'map', entries: [], span: value.span, via: value.via };
  return withEntry(root, 'metadata', namespaceIn(map, value, options));
};

const namespaceIn = (map: MapNode, value: ScalarNode, options: NamespaceOptions): MapNode => {
  const old = child(map, 'namespace');
  return old && keeps(old, options) ? map : withEntry(map, 'namespace', old ? sameOr(old, value) : value);
};

const keeps = (old: Node, { isUnsetOnly }: NamespaceOptions): boolean =>
  isUnsetOnly === true && isScalar(old) && !isNull(old) && old.text !== '';

/** What is the same already was written where it stands; another one gets the quotes of the one before it. */
const sameOr = (old: Node, value: ScalarNode): Node => {
  if (!isScalar(old)) return value;
  if (old.value !== value.value) return old.style === 'plain' ? value : { ...value, style: old.style };
  const { tag, ...text } = old;
  return tag === undefined ? old : text;
};

const withSubjects = (root: MapNode, value: ScalarNode, options: NamespaceOptions): MapNode | Failure => {
  const subjects = child(root, 'subjects');
  if (!isList(subjects) || options.subjects === 'none') return root;
  const wrong = subjects.items.find((subject) => subject.type === 'scalar' && !isNull(subject));
  if (wrong)
    return failure('setting namespace on (cluster)role binding subjects: wrong node kind: expected MappingNode but got ScalarNode');
  const items = subjects.items.map((subject) =>
    isMap(subject) && isMeant(subject, options) ? namespaceIn(subject, value, options) : subject,
  );
  if (items.every((item, index) => item === subjects.items[index])) return root;
  const changed: ListNode = { ...subjects, items };
  return withEntry(root, 'subjects', changed);
};

const isMeant = (subject: MapNode, { subjects }: NamespaceOptions): boolean => {
  const [field, wanted] = subjects === 'allServiceAccounts' ? (['kind', 'ServiceAccount'] as const) : (['name', 'default'] as const);
  const found = child(subject, field);
  return isScalar(found) && found.text === wanted;
};

const conflicts = (resources: readonly Resource[], asked: ScalarNode): readonly StepProblem[] => {
  for (const resource of resources) {
    const found = withCurrentId(resources, currentId(resource));
    if (found.length < 2) continue;
    const names = found.map(({ previous, root }) => idText(previous.at(-1) ?? currentId({ root }))).join(' and ');
    const message = `namespace transformation produces ID conflict: ${names} both become ${idText(currentId(resource))}, and kustomize rejects the build.`;
    const related = found.map(({ root }) => ({ at: placeOf(root), message: 'One of them.' }));
    return [{ ruleId: 'build/duplicate-object', at: asked, message, related }];
  }
  return [];
};

const placeOf = (root: MapNode) => {
  const { span, via } = child(root, 'metadata', 'name') ?? root;
  return { span, via };
};
