import { validateClaimSpec } from './claims.ts';
import { intOrPercent, isZero, nonNegative, notMoreThanAll } from './field/numbers.ts';
import { entries, field, isAbsent, isEmpty, isPresent, items, numberOr, type Place, pathOf, text, textOr } from './field/place.ts';
import { exactlyOneOf, forbidden, invalid, missing, oneOf, type Refusals, refusedSince, required, unmatched } from './field/refusal.ts';
import { differs, unmatchedPart, validateLabelSelector } from './field/selectors.ts';
import { type PodContext, validatePodTemplate } from './pod/pod-spec.ts';

/** ValidateDeploymentSpec (pkg/apis/apps/validation/validation.go). */
export const validateDeployment = function* (root: Place): Refusals {
  const spec = field(root, 'spec');
  yield* nonNegative(field(spec, 'replicas'));
  yield* validateOwnedPods(spec);
  yield* validateDeploymentStrategy(field(spec, 'strategy'));
  yield* nonNegative(field(spec, 'minReadySeconds'));
  yield* nonNegative(field(spec, 'revisionHistoryLimit'));
  const [deadline, ready] = [field(spec, 'progressDeadlineSeconds'), numberOr(field(spec, 'minReadySeconds'), 0)];
  yield* nonNegative(deadline);
  const seconds = numberOr(deadline, 600);
  if (seconds !== undefined && ready !== undefined && seconds <= ready) {
    yield isAbsent(deadline)
      ? invalid(field(spec, 'minReadySeconds'), 'must be less than progressDeadlineSeconds, which is 600 where it is not set')
      : invalid(deadline, 'must be more than minReadySeconds');
  }
};

/** ValidateDeploymentStrategy, likewise. */
const validateDeploymentStrategy = function* (strategy: Place): Refusals {
  const [type, rolling] = [field(strategy, 'type'), field(strategy, 'rollingUpdate')];
  yield* oneOf(type, ['Recreate', 'RollingUpdate']);
  if (text(type) === 'Recreate') yield* forbidden(rolling, 'where the type is Recreate');
  if (textOr(type, 'RollingUpdate') !== 'RollingUpdate') return;
  const [unavailable, surge] = [field(rolling, 'maxUnavailable'), field(rolling, 'maxSurge')];
  yield* intOrPercent(unavailable);
  yield* intOrPercent(surge);
  yield* notMoreThanAll(unavailable);
  if (isZero(unavailable) && isZero(surge)) yield invalid(unavailable, 'must not be 0 where maxSurge is 0');
};

/** ValidateReplicaSetSpec, likewise. */
export const validateReplicaSet = function* (root: Place): Refusals {
  const spec = field(root, 'spec');
  yield* nonNegative(field(spec, 'replicas'));
  yield* nonNegative(field(spec, 'minReadySeconds'));
  yield* validateOwnedPods(spec);
};

/** ValidateReplicationControllerSpec (pkg/apis/core/validation/validation.go): its selector is that of the pods where none is written. */
export const validateReplicationController = function* (root: Place): Refusals {
  const spec = field(root, 'spec');
  const template = field(spec, 'template');
  yield* nonNegative(field(spec, 'replicas'));
  yield* nonNegative(field(spec, 'minReadySeconds'));
  if (isAbsent(template)) yield missing(template);
  else {
    const selector = field(spec, 'selector');
    const labels = field(template, 'metadata', 'labels');
    const failing = entries(selector).find((wanted) => differs(wanted, labels));
    if (failing) yield unmatched(field(labels, String(failing.key)), `does not match ${pathOf(failing)}`);
    if (isEmpty(selector) && isEmpty(labels)) yield missing(selector);
    yield* validatePodTemplate(template);
    yield* validateLongRunning(field(template, 'spec'));
  }
};

/** ValidateDaemonSetSpec (pkg/apis/apps/validation/validation.go). */
export const validateDaemonSet = function* (root: Place): Refusals {
  const spec = field(root, 'spec');
  yield* validateOwnedPods(spec);
  yield* nonNegative(field(spec, 'minReadySeconds'));
  yield* nonNegative(field(spec, 'revisionHistoryLimit'));
  const strategy = field(spec, 'updateStrategy');
  const [type, rolling] = [field(strategy, 'type'), field(strategy, 'rollingUpdate')];
  yield* oneOf(type, ['RollingUpdate', 'OnDelete']);
  if (textOr(type, 'RollingUpdate') !== 'RollingUpdate') return;
  const [unavailable, surge] = [field(rolling, 'maxUnavailable'), field(rolling, 'maxSurge')];
  for (const place of [unavailable, surge]) {
    yield* intOrPercent(place);
    yield* notMoreThanAll(place);
  }
  // One pod may be unavailable where nothing else is written (SetDefaults_DaemonSet, pkg/apis/apps/v1/defaults.go).
  const isSurging = isPresent(surge) && surge.node?.type === 'scalar' && !isZero(surge);
  if (isSurging && (isAbsent(unavailable) || (unavailable.node?.type === 'scalar' && !isZero(unavailable))))
    yield invalid(surge, 'may not be set unless maxUnavailable is 0');
  if (isZero(unavailable) && (isAbsent(surge) || isZero(surge))) yield invalid(unavailable, 'must not be 0 where maxSurge is 0');
};

/** ValidateStatefulSetSpec, likewise. */
export const validateStatefulSet = function* (root: Place): Refusals {
  const spec = field(root, 'spec');
  const claims = field(spec, 'volumeClaimTemplates');
  for (const name of ['replicas', 'minReadySeconds', 'revisionHistoryLimit']) yield* nonNegative(field(spec, name));
  yield* nonNegative(field(spec, 'ordinals', 'start'));
  yield* oneOf(field(spec, 'podManagementPolicy'), ['OrderedReady', 'Parallel']);
  for (const name of ['whenDeleted', 'whenScaled'])
    yield* oneOf(field(spec, 'persistentVolumeClaimRetentionPolicy', name), ['Retain', 'Delete']);
  yield* validateStatefulSetStrategy(field(spec, 'updateStrategy'));
  for (const claim of items(claims)) {
    yield* refusedSince('1.34', required(field(claim, 'metadata', 'name')));
    yield* refusedSince('1.34', validateClaimSpec(field(claim, 'spec')));
  }
  const [selector, template] = [field(spec, 'selector'), field(spec, 'template')];
  yield* validateSelector(selector, template);
  // Before, a comment stood in the place of both (ValidatePodTemplateSpecForStatefulSet).
  yield* refusedSince('1.34', validatePodTemplate(template, { claims, isNamedByOwner: true }));
  yield* validateLongRunning(field(template, 'spec'));
};

const validateStatefulSetStrategy = function* (strategy: Place): Refusals {
  const [type, rolling] = [field(strategy, 'type'), field(strategy, 'rollingUpdate')];
  yield* oneOf(type, ['RollingUpdate', 'OnDelete', 'Recreate']);
  if (text(type) === 'OnDelete') yield* forbidden(rolling, 'where the type is OnDelete');
  if (textOr(type, 'RollingUpdate') !== 'RollingUpdate') return;
  yield* nonNegative(field(rolling, 'partition'));
};

/** The selector and the pods of what keeps pods running. */
const validateOwnedPods = function* (spec: Place, context: PodContext = {}): Refusals {
  const [selector, template] = [field(spec, 'selector'), field(spec, 'template')];
  yield* validateSelector(selector, template);
  yield* validatePodTemplate(template, context);
  yield* validateLongRunning(field(template, 'spec'));
};

const validateSelector = function* (selector: Place, template: Place): Refusals {
  if (isAbsent(selector)) yield missing(selector);
  else if (isEmptySelector(selector)) yield missing(selector, ', with a label at least');
  yield* validateLabelSelector(selector);
  yield* validateMatch(selector, template);
};

const isEmptySelector = (selector: Place): boolean =>
  isEmpty(field(selector, 'matchLabels')) && isEmpty(field(selector, 'matchExpressions'));

/** The blame is with the labels: those of the selector cannot be changed. */
export const validateMatch = function* (selector: Place, template: Place): Refusals {
  const labels = field(template, 'metadata', 'labels');
  const failing = unmatchedPart(selector, labels);
  if (!failing) return;
  const key = failing.parent?.key === 'matchLabels' ? String(failing.key) : (text(field(failing, 'key')) ?? '');
  yield unmatched(field(labels, key), `does not match ${pathOf(failing)}`);
};

const validateLongRunning = function* (spec: Place): Refusals {
  const policy = field(spec, 'restartPolicy');
  if (['OnFailure', 'Never'].includes(text(policy) ?? '')) yield invalid(policy, 'must be Always: the pods run for ever');
  yield* forbidden(field(spec, 'activeDeadlineSeconds'), 'for pods that run for ever');
};

/** ValidatePodDisruptionBudgetSpec (pkg/apis/policy/validation/validation.go). */
export const validateDisruptionBudget = function* (root: Place): Refusals {
  const spec = field(root, 'spec');
  const [least, most] = [field(spec, 'minAvailable'), field(spec, 'maxUnavailable')];
  if (isPresent(least) && isPresent(most)) yield invalid(most, 'may not be set beside minAvailable');
  for (const place of [least, most]) {
    yield* intOrPercent(place);
    yield* notMoreThanAll(place);
  }
  yield* validateLabelSelector(field(spec, 'selector'));
  yield* exactlyOneOf(field(spec, 'unhealthyPodEvictionPolicy'), ['IfHealthyBudget', 'AlwaysAllow']);
};
