import { dnsSubdomainError } from '../names.ts';
import { portNumber, versionLabel } from './field/formats.ts';
import { between } from './field/numbers.ts';
import { field, isAbsent, isPresent, items, type Place, text } from './field/place.ts';
import { duplicates, exactlyOneOf, invalid, missing, oneOf, type Refusals, required } from './field/refusal.ts';
import { validateLabelSelector } from './field/selectors.ts';

/** ValidateValidatingWebhookConfiguration and ValidateMutatingWebhookConfiguration (pkg/apis/admissionregistration/validation/validation.go). */
export const validateWebhooks = function* (root: Place): Refusals {
  const webhooks = items(field(root, 'webhooks'));
  for (const webhook of webhooks) yield* validateWebhook(webhook);
  yield* duplicates(
    webhooks,
    (webhook) => text(field(webhook, 'name')) || undefined,
    (webhook) => field(webhook, 'name'),
  );
};

const validateWebhook = function* (webhook: Place): Refusals {
  yield* validateName(field(webhook, 'name'));
  for (const rule of items(field(webhook, 'rules'))) yield* validateRule(rule);
  yield* oneOf(field(webhook, 'failurePolicy'), ['Fail', 'Ignore']);
  yield* oneOf(field(webhook, 'matchPolicy'), ['Exact', 'Equivalent']);
  yield* oneOf(field(webhook, 'reinvocationPolicy'), ['Never', 'IfNeeded']);
  yield* required(field(webhook, 'sideEffects'));
  yield* oneOf(field(webhook, 'sideEffects'), ['None', 'NoneOnDryRun']);
  yield* between(field(webhook, 'timeoutSeconds'), 1, 30);
  for (const name of ['namespaceSelector', 'objectSelector']) yield* validateLabelSelector(field(webhook, name));
  yield* validateClient(field(webhook, 'clientConfig'));
  yield* validateVersions(field(webhook, 'admissionReviewVersions'));
};

/** IsFullyQualifiedName (k8s.io/apimachinery: pkg/util/validation). */
const validateName = function* (name: Place): Refusals {
  yield* required(name);
  const written = text(name);
  if (!written) return;
  const error =
    dnsSubdomainError(written) ??
    (written.split('.').length < 3 ? 'must have at least three parts, such as policy.example.com' : undefined);
  if (error !== undefined) yield invalid(name, error);
};

/** validateRuleWithOperations, likewise. */
const validateRule = function* (rule: Place): Refusals {
  const operations = field(rule, 'operations');
  for (const name of ['operations', 'apiGroups', 'apiVersions', 'resources']) yield* required(field(rule, name));
  for (const operation of items(operations)) yield* exactlyOneOf(operation, ['*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT']);
  for (const name of ['operations', 'apiGroups', 'apiVersions']) {
    const list = items(field(rule, name));
    if (list.length > 1 && list.some((item) => text(item) === '*')) yield invalid(field(rule, name), 'must have nothing beside "*"');
  }
  for (const version of items(field(rule, 'apiVersions'))) yield* required(version);
  yield* exactlyOneOf(field(rule, 'scope'), ['*', 'Cluster', 'Namespaced']);
};

const validateClient = function* (client: Place): Refusals {
  const [url, service] = [field(client, 'url'), field(client, 'service')];
  if (isAbsent(url) && isAbsent(service)) yield missing(client, ', with a url or a service');
  else if (isPresent(url) && isPresent(service)) yield invalid(client, 'may have only one of url and service');
  else if (isPresent(url)) {
    if (text(url) !== undefined && !/^https:\/\/[^/?#@]+/i.test(text(url) ?? ''))
      yield invalid(url, 'must begin with "https://" and name a host');
  } else if (isPresent(service)) {
    for (const name of ['name', 'namespace']) yield* required(field(service, name));
    yield* portNumber(field(service, 'port'));
    const path = text(field(service, 'path'));
    if (path !== undefined && !path.startsWith('/')) yield invalid(field(service, 'path'), 'must begin with "/"');
  }
};

/** validateAdmissionReviewVersions, likewise. */
const validateVersions = function* (versions: Place): Refusals {
  yield* required(versions);
  const known = items(versions).map(text);
  if (known.length > 0 && known.every((version) => version !== undefined && version !== 'v1' && version !== 'v1beta1'))
    yield invalid(versions, 'must have "v1" or "v1beta1"');
  for (const version of items(versions)) yield* versionLabel(version);
  yield* duplicates(items(versions), text);
};
