import { dnsLabel, dnsSubdomain } from './field/formats.ts';
import { between, nonNegative } from './field/numbers.ts';
import { field, isAbsent, isEmpty, isFilled, isOn, isPresent, items, number, numberOr, type Place, text, textOr } from './field/place.ts';
import { forbidden, invalid, missing, oneOf, type Refusals, required } from './field/refusal.ts';

/** ValidateFlowSchemaSpec (pkg/apis/flowcontrol/validation/validation.go). */
export const validateFlowSchema = function* (root: Place): Refusals {
  const spec = field(root, 'spec');
  const [precedence, method, level] = [
    field(spec, 'matchingPrecedence'),
    field(spec, 'distinguisherMethod'),
    field(spec, 'priorityLevelConfiguration', 'name'),
  ];
  yield* between(precedence, 1, 10000);
  if (number(precedence) === 1 && text(field(root, 'metadata', 'name')) !== 'exempt')
    yield invalid(precedence, 'may be 1 in the schema "exempt" only');
  if (isPresent(method)) yield* required(field(method, 'type'));
  yield* oneOf(field(method, 'type'), ['ByNamespace', 'ByUser']);
  yield* required(level);
  yield* dnsSubdomain(level);
  for (const rule of items(field(spec, 'rules'))) yield* validateRule(rule);
};

const validateRule = function* (rule: Place): Refusals {
  const [resources, others] = [field(rule, 'resourceRules'), field(rule, 'nonResourceRules')];
  yield* required(field(rule, 'subjects'));
  for (const subject of items(field(rule, 'subjects'))) yield* validateSubject(subject);
  if (isEmpty(resources) && isEmpty(others)) yield missing(rule, ', with resourceRules or nonResourceRules');
  for (const resource of items(resources)) yield* validateResourceRule(resource);
  for (const other of items(others)) {
    yield* validateVerbs(field(other, 'verbs'));
    yield* alone(field(other, 'nonResourceURLs'));
    for (const url of items(field(other, 'nonResourceURLs'))) {
      if (text(url) !== '*' && text(url)?.startsWith('/') === false) yield invalid(url, 'must begin with "/"');
    }
  }
};

const subjects = [
  ['ServiceAccount', 'serviceAccount'],
  ['User', 'user'],
  ['Group', 'group'],
] as const;

/** ValidateFlowSchemaSubject, likewise. */
const validateSubject = function* (subject: Place): Refusals {
  const kind = field(subject, 'kind');
  yield* required(kind);
  yield* oneOf(
    kind,
    subjects.map(([name]) => name),
  );
  const chosen = subjects.find(([name]) => name === text(kind));
  if (!chosen) return;
  for (const [, name] of subjects) if (name !== chosen[1]) yield* forbidden(field(subject, name), `where the kind is ${chosen[0]}`);
  const place = field(subject, chosen[1]);
  if (isAbsent(place)) yield missing(place, ` where the kind is ${chosen[0]}`);
  else yield* required(field(place, 'name'));
  if (chosen[0] !== 'ServiceAccount' || isAbsent(place)) return;
  if (text(field(place, 'name')) !== '*') yield* dnsSubdomain(field(place, 'name'));
  yield* required(field(place, 'namespace'));
  yield* dnsLabel(field(place, 'namespace'));
};

/** ValidateFlowSchemaResourcePolicyRule, likewise. */
const validateResourceRule = function* (rule: Place): Refusals {
  const namespaces = field(rule, 'namespaces');
  yield* validateVerbs(field(rule, 'verbs'));
  for (const name of ['apiGroups', 'resources']) yield* alone(field(rule, name));
  const isOfCluster = field(rule, 'clusterScope');
  if (isEmpty(namespaces) && !isOn(isOfCluster) && isOfCluster.node?.type !== 'unknown')
    yield missing(namespaces, ' unless clusterScope is true');
  if (isFilled(namespaces)) yield* alone(namespaces);
  for (const namespace of items(namespaces)) if (text(namespace) !== '*') yield* dnsLabel(namespace);
};

const verbs: readonly string[] = ['get', 'list', 'create', 'update', 'delete', 'deletecollection', 'patch', 'watch', 'proxy'];

const validateVerbs = function* (place: Place): Refusals {
  yield* alone(place);
  for (const verb of items(place)) yield* oneOf(verb, [...verbs, '*']);
};

/** A list of at least one, in which nothing stands beside `*`. */
const alone = function* (list: Place): Refusals {
  yield* required(list);
  if (items(list).length > 1 && items(list).some((item) => text(item) === '*')) yield invalid(list, 'must have nothing beside "*"');
};

/** ValidatePriorityLevelConfigurationSpec, likewise. */
export const validatePriorityLevel = function* (root: Place): Refusals {
  const [spec, name] = [field(root, 'spec'), text(field(root, 'metadata', 'name'))];
  const [type, limited] = [field(spec, 'type'), field(spec, 'limited')];
  yield* required(type);
  yield* oneOf(type, ['Exempt', 'Limited']);
  if (text(type) === 'Exempt') {
    yield* forbidden(limited, 'where the type is Exempt');
    if (name !== undefined && name !== 'exempt') yield invalid(type, 'may be Exempt in the level "exempt" only');
  } else if (text(type) === 'Limited') {
    yield* forbidden(field(spec, 'exempt'), 'where the type is Limited');
    if (isAbsent(limited)) yield missing(limited, ' where the type is Limited');
    else yield* validateLimited(limited);
  }
};

/** ValidateLimitedPriorityLevelConfiguration, likewise. */
const validateLimited = function* (limited: Place): Refusals {
  const response = field(limited, 'limitResponse');
  const [type, queuing] = [field(response, 'type'), field(response, 'queuing')];
  yield* nonNegative(field(limited, 'nominalConcurrencyShares'));
  yield* between(field(limited, 'lendablePercent'), 0, 100);
  yield* nonNegative(field(limited, 'borrowingLimitPercent'));
  yield* required(type);
  yield* oneOf(type, ['Queue', 'Reject']);
  if (text(type) === 'Reject') yield* forbidden(queuing, 'where the type is Reject');
  if (textOr(type, '') !== 'Queue') return;
  if (isAbsent(queuing)) yield missing(queuing, ' where the type is Queue');
  else yield* validateQueuing(queuing);
};

/** ValidatePriorityLevelQueuingConfiguration, likewise, with the defaults of pkg/apis/flowcontrol/v1/defaults.go. */
const validateQueuing = function* (queuing: Place): Refusals {
  const [queues, hand] = [field(queuing, 'queues'), field(queuing, 'handSize')];
  yield* nonNegative(field(queuing, 'queueLengthLimit'));
  yield* between(queues, 0, 10_000_000);
  yield* nonNegative(hand);
  const [deck, dealt] = [numberOr(queues, 64), numberOr(hand, 8)];
  if (deck && dealt && dealt > deck)
    yield invalid(
      isAbsent(hand) ? queues : hand,
      `must not be ${isAbsent(hand) ? 'less than handSize, which is 8 where it is not set' : 'more than queues'}`,
    );
};
