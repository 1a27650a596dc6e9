import { dnsLabel, qualifiedName } from './field/formats.ts';
import { nonNegative } from './field/numbers.ts';
import { entries, field, items, number, type Place, text } from './field/place.ts';
import { duplicates, exactlyOneOf, invalid, type Refusals, required } from './field/refusal.ts';
import { validateLabels } from './field/selectors.ts';
import { containerResourceName, resourceQuantity } from './pod/resources.ts';
import { validateTolerations } from './pod/scheduling.ts';

/** ValidateNamespace (pkg/apis/core/validation/validation.go). */
export const validateNamespace = function* (root: Place): Refusals {
  for (const finalizer of items(field(root, 'spec', 'finalizers'))) {
    yield* qualifiedName(finalizer);
    const name = text(finalizer);
    if (name !== undefined && !name.includes('/') && !['kubernetes', 'orphan', 'foregroundDeletion'].includes(name))
      yield invalid(finalizer, 'must be "kubernetes", or have a domain before a slash');
  }
};

/** ValidatePriorityClass (pkg/apis/scheduling/validation/validation.go). */
export const validatePriorityClass = function* (root: Place): Refusals {
  const name = field(root, 'metadata', 'name');
  if (!text(name)?.startsWith('system-')) yield* userPriority(field(root, 'value'));
  else if (!['system-cluster-critical', 'system-node-critical'].includes(text(name) ?? ''))
    yield invalid(name, 'begins with "system-", which is kept for Kubernetes itself');
  yield* exactlyOneOf(field(root, 'preemptionPolicy'), ['PreemptLowerPriority', 'Never']);
};

/** What is more than 32 bits can hold becomes another number. */
const userPriority = (value: Place): Refusals => {
  const priority = number(value) ?? 0;
  return priority > 1_000_000_000 && priority < 2 ** 31 ? [invalid(value, 'must not be more than 1000000000')] : [];
};

/** ValidateRuntimeClass (pkg/apis/node/validation/validation.go). */
export const validateRuntimeClass = function* (root: Place): Refusals {
  yield* required(field(root, 'handler'));
  yield* dnsLabel(field(root, 'handler'));
  for (const amount of entries(field(root, 'overhead', 'podFixed'))) {
    yield* containerResourceName(amount);
    yield* resourceQuantity(amount);
  }
  yield* validateLabels(field(root, 'scheduling', 'nodeSelector'));
  const tolerations = field(root, 'scheduling', 'tolerations');
  yield* validateTolerations(tolerations);
  yield* duplicates(items(tolerations), tolerationKey);
};

const tolerationKey = (toleration: Place): string | undefined => {
  const parts = ['key', 'operator', 'value', 'effect', 'tolerationSeconds'].map((name) => field(toleration, name));
  const isKnown = parts.every((part) => part.node?.type !== 'unknown');
  return isKnown ? parts.map((part) => text(part) ?? number(part) ?? '').join(' ') : undefined;
};

/** ValidateLeaseSpec (pkg/apis/coordination/validation/validation.go). */
export const validateLease = function* (root: Place): Refusals {
  const seconds = field(root, 'spec', 'leaseDurationSeconds');
  if ((number(seconds) ?? 1) <= 0) yield invalid(seconds, 'must be more than 0');
  yield* nonNegative(field(root, 'spec', 'leaseTransitions'));
};
