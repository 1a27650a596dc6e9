import { qualifiedName } from './field/formats.ts';
import { entries, field, fields, isAbsent, isEmpty, isFilled, items, type Place, pathOf, text } from './field/place.ts';
import { isMore, quantity } from './field/quantity.ts';
import { duplicates, forbidden, invalid, missing, oneOf, type Refusals, required } from './field/refusal.ts';
import { containerResourceName, resourceName, resourceQuantity } from './pod/resources.ts';

/** ValidateLimitRange (pkg/apis/core/validation/validation.go). */
export const validateLimitRange = function* (root: Place): Refusals {
  const limits = items(field(root, 'spec', 'limits'));
  for (const limit of limits) yield* validateLimit(limit);
  yield* duplicates(
    limits,
    (limit) => text(field(limit, 'type')),
    (limit) => field(limit, 'type'),
  );
};

const bounds = ['min', 'max', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;

const validateLimit = function* (limit: Place): Refusals {
  const type = field(limit, 'type');
  const { min, max, default: most, defaultRequest: asked, maxLimitRequestRatio: ratio } = fields(limit, ...bounds);
  yield* required(type);
  yield* qualifiedName(type);
  if (!text(type)?.includes('/')) yield* oneOf(type, ['Pod', 'Container', 'PersistentVolumeClaim']);
  const isOfPods = text(type) === 'Pod' || text(type) === 'Container';
  for (const amount of bounds.flatMap((bound) => entries(field(limit, bound)))) {
    yield* isOfPods ? containerResourceName(amount) : resourceName(amount, standardResources, 'a resource that Kubernetes knows');
  }
  if (text(type) === 'Pod') for (const place of [most, asked]) if (isFilled(place)) yield* forbidden(place, 'where the type is Pod');
  if (text(type) === 'PersistentVolumeClaim' && isAbsent(field(min, 'storage')) && isAbsent(field(max, 'storage')))
    yield missing(limit, ': with min or max of storage');
  yield* inOrder(min, max, min);
  yield* inOrder(min, asked, asked);
  yield* inOrder(asked, max, asked);
  yield* inOrder(asked, most, asked);
  yield* inOrder(min, most, most);
  yield* inOrder(most, max, most);
  for (const amount of entries(ratio)) yield* validateRatio(amount, field(min, String(amount.key)), field(max, String(amount.key)));
};

const validateRatio = function* (ratio: Place, min: Place, max: Place): Refusals {
  const [value, least, most] = [quantity(ratio), quantity(min), quantity(max)];
  if (value === undefined) return;
  if (value < 1) yield invalid(ratio, 'must be at least 1');
  if (least && most !== undefined && isMore(value, most / least))
    yield invalid(ratio, `must not be more than ${pathOf(max)} divided by ${pathOf(min)}`);
};

/** What both name must not be more in the one than in the other. */
const inOrder = function* (less: Place, more: Place, blamed: Place): Refusals {
  for (const amount of entries(less)) {
    const other = field(more, String(amount.key));
    const [least, most] = [quantity(amount), quantity(other)];
    if (least === undefined || most === undefined || !isMore(least, most)) continue;
    yield invalid(
      field(blamed, String(amount.key)),
      blamed === less ? `must not be more than ${pathOf(other)}` : `must not be less than ${pathOf(amount)}`,
    );
  }
};

/** IsStandardResourceName (pkg/apis/core/helper/helpers.go). */
const standardResources = (name: string): boolean =>
  counted.has(name) ||
  /^((requests|limits)\.)?(cpu|memory|ephemeral-storage)$/.test(name) ||
  /^(requests\.)?(storage|hugepages-.+)$/.test(name);

const counted: ReadonlySet<string> = new Set([
  'pods',
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);

/** ValidateResourceQuotaSpec (pkg/apis/core/validation/validation.go). */
export const validateResourceQuota = function* (root: Place): Refusals {
  const spec = field(root, 'spec');
  for (const amount of entries(field(spec, 'hard'))) {
    yield* resourceName(amount, (name) => standardResources(name) && name !== 'storage', 'a resource that a quota can count');
    yield* resourceQuantity(amount);
  }
  const known = [
    'Terminating',
    'NotTerminating',
    'BestEffort',
    'NotBestEffort',
    'PriorityClass',
    'CrossNamespacePodAffinity',
    'VolumeAttributesClass',
  ];
  for (const scope of items(field(spec, 'scopes'))) yield* oneOf(scope, known);
  const scopes = items(field(spec, 'scopes')).map(text);
  for (const scope of ['Terminating', 'BestEffort']) {
    if (scopes.includes(scope) && scopes.includes(`Not${scope}`))
      yield invalid(field(spec, 'scopes'), `may not have both ${scope} and Not${scope}`);
  }
  for (const expression of items(field(spec, 'scopeSelector', 'matchExpressions'))) {
    const [operator, values] = [field(expression, 'operator'), field(expression, 'values')];
    yield* required(field(expression, 'scopeName'));
    yield* oneOf(field(expression, 'scopeName'), known);
    yield* required(operator);
    yield* oneOf(operator, ['In', 'NotIn', 'Exists', 'DoesNotExist']);
    const how = text(operator) ?? '';
    if (['In', 'NotIn'].includes(how) && isEmpty(values)) yield missing(values, ` where the operator is ${how}`);
    if (['Exists', 'DoesNotExist'].includes(how) && isFilled(values)) yield invalid(values, `may not be set where the operator is ${how}`);
  }
};
