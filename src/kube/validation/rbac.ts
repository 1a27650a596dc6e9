import { dnsSubdomain, pathSegment } from './field/formats.ts';
import { field, isEmpty, isFilled, isPresent, items, type Place, text, textOr } from './field/place.ts';
import { invalid, missing, oneOf, type Refusals, required } from './field/refusal.ts';
import { validateLabelSelector } from './field/selectors.ts';

/** ValidateRole (pkg/apis/rbac/validation/validation.go). */
export const validateRole = function* (root: Place): Refusals {
  for (const rule of items(field(root, 'rules'))) yield* validatePolicyRule(rule, 'Role');
};

/** ValidateClusterRole, likewise. */
export const validateClusterRole = function* (root: Place): Refusals {
  for (const rule of items(field(root, 'rules'))) yield* validatePolicyRule(rule, 'ClusterRole');
  const aggregation = field(root, 'aggregationRule');
  if (isPresent(aggregation)) yield* required(field(aggregation, 'clusterRoleSelectors'));
  for (const selector of items(field(aggregation, 'clusterRoleSelectors'))) yield* validateLabelSelector(selector);
};

/** ValidatePolicyRule, likewise. */
const validatePolicyRule = function* (rule: Place, kind: 'Role' | 'ClusterRole'): Refusals {
  yield* required(field(rule, 'verbs'));
  const urls = field(rule, 'nonResourceURLs');
  if (isEmpty(urls)) for (const name of ['apiGroups', 'resources']) yield* required(field(rule, name));
  if (!isFilled(urls)) return;
  if (kind === 'Role') yield invalid(urls, 'may be in ClusterRoles only');
  const other = ['apiGroups', 'resources', 'resourceNames'].find((name) => isFilled(field(rule, name)));
  if (other !== undefined) yield invalid(urls, `may not be in a rule that has ${other}`);
};

const group = 'rbac.authorization.k8s.io';

/** ValidateRoleBinding, likewise. */
export const validateRoleBinding = (root: Place): Refusals => validateBinding(root, 'RoleBinding');

/** ValidateClusterRoleBinding, likewise. */
export const validateClusterRoleBinding = (root: Place): Refusals => validateBinding(root, 'ClusterRoleBinding');

/** The group of a role, of a user and of a group is filled in where it is not written (pkg/apis/rbac/v1/defaults.go). */
const validateBinding = function* (root: Place, kind: 'RoleBinding' | 'ClusterRoleBinding'): Refusals {
  const role = field(root, 'roleRef');
  yield* oneOf(field(role, 'apiGroup'), [group]);
  yield* required(field(role, 'kind'));
  yield* oneOf(field(role, 'kind'), kind === 'RoleBinding' ? ['Role', 'ClusterRole'] : ['ClusterRole']);
  yield* required(field(role, 'name'));
  yield* pathSegment(field(role, 'name'));
  for (const subject of items(field(root, 'subjects'))) yield* validateSubject(subject, kind);
};

/** ValidateRoleBindingSubject, likewise. */
const validateSubject = function* (subject: Place, kind: 'RoleBinding' | 'ClusterRoleBinding'): Refusals {
  const of = field(subject, 'kind');
  yield* required(field(subject, 'name'));
  yield* required(of);
  yield* oneOf(of, ['ServiceAccount', 'User', 'Group']);
  const apiGroup = textOr(field(subject, 'apiGroup'), '');
  if (text(of) === 'ServiceAccount') {
    yield* dnsSubdomain(field(subject, 'name'));
    if (apiGroup) yield invalid(field(subject, 'apiGroup'), 'must be empty for a ServiceAccount');
    if (kind === 'ClusterRoleBinding' && isEmpty(field(subject, 'namespace')))
      yield missing(field(subject, 'namespace'), ' for a ServiceAccount');
  } else if (text(of) === 'User' || text(of) === 'Group') yield* oneOf(field(subject, 'apiGroup'), [group]);
};
