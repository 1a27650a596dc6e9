import { isCronSchedule } from '../cron.ts';
import { domainPrefixed } from './field/formats.ts';
import { nonNegative } from './field/numbers.ts';
import { field, isAbsent, isEmpty, isFilled, isOn, isPresent, items, number, type Place, text, textOr } from './field/place.ts';
import { duplicates, forbidden, invalid, missing, oneOf, type Refusals, required, unmatched } from './field/refusal.ts';
import { validateLabelSelector, validateLabels } from './field/selectors.ts';
import { validatePodTemplate } from './pod/pod-spec.ts';
import { validateMatch } from './workloads.ts';

/** ValidateJobCreate (pkg/apis/batch/validation/validation.go). Its selector is made for it, unless it says that it brings one. */
export const validateJob = function* (root: Place): Refusals {
  const spec = field(root, 'spec');
  const [selector, template, manual] = [field(spec, 'selector'), field(spec, 'template'), field(spec, 'manualSelector')];
  yield* validateJobSpec(spec);
  yield* validateLabelSelector(selector);
  if (isOn(manual)) {
    if (isAbsent(selector)) yield missing(selector, ' where manualSelector is true');
    yield* validateMatch(selector, template);
  } else if (isFilled(selector) && manual.node?.type !== 'unknown' && selector.node?.type === 'map') {
    yield invalid(selector, 'may not be set unless manualSelector is true: it is made for each Job');
  }
};

/** validateJobSpec, likewise. */
const validateJobSpec = function* (spec: Place): Refusals {
  for (const name of [
    'parallelism',
    'completions',
    'activeDeadlineSeconds',
    'backoffLimit',
    'ttlSecondsAfterFinished',
    'backoffLimitPerIndex',
    'maxFailedIndexes',
  ]) {
    yield* nonNegative(field(spec, name));
  }
  yield* domainPrefixed(field(spec, 'managedBy'));
  yield* validateIndexed(spec);
  yield* validateFailurePolicy(spec);
  yield* oneOf(field(spec, 'podReplacementPolicy'), ['Failed', 'TerminatingOrFailed']);
  yield* validatePodTemplate(field(spec, 'template'));
  yield* validateRestartPolicy(field(spec, 'template', 'spec', 'restartPolicy'), field(spec, 'podFailurePolicy'));
};

const validateIndexed = function* (spec: Place): Refusals {
  const mode = field(spec, 'completionMode');
  yield* oneOf(mode, ['NonIndexed', 'Indexed']);
  if (text(mode) === 'Indexed') {
    const completions = field(spec, 'completions');
    if (isAbsent(completions)) yield missing(completions, ' where completionMode is Indexed');
    const [failed, all] = [number(field(spec, 'maxFailedIndexes')), number(completions)];
    if (failed !== undefined && all !== undefined && failed > all)
      yield invalid(field(spec, 'maxFailedIndexes'), 'must not be more than completions');
  } else if (textOr(mode, 'NonIndexed') === 'NonIndexed') {
    for (const name of ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy'])
      yield* forbidden(field(spec, name), 'unless completionMode is Indexed');
  }
  if (isPresent(field(spec, 'maxFailedIndexes')) && isAbsent(field(spec, 'backoffLimitPerIndex')))
    yield missing(field(spec, 'backoffLimitPerIndex'), ' beside maxFailedIndexes');
};

/** validatePodFailurePolicy, likewise. */
const validateFailurePolicy = function* (spec: Place): Refusals {
  for (const rule of items(field(spec, 'podFailurePolicy', 'rules'))) {
    const [codes, conditions] = [field(rule, 'onExitCodes'), field(rule, 'onPodConditions')];
    yield* required(field(rule, 'action'));
    yield* oneOf(field(rule, 'action'), ['Count', 'FailIndex', 'FailJob', 'Ignore']);
    if (isPresent(codes) && isFilled(conditions)) yield invalid(conditions, 'may not be set beside onExitCodes');
    if (isAbsent(codes) && isEmpty(conditions)) yield missing(rule, ': one of onExitCodes and onPodConditions');
    if (isPresent(codes)) yield* validateExitCodes(codes, field(spec, 'template', 'spec'));
    for (const condition of items(conditions)) yield* oneOf(field(condition, 'status'), ['True', 'False', 'Unknown']);
  }
};

const validateExitCodes = function* (codes: Place, pod: Place): Refusals {
  const lists = ['containers', 'initContainers'].map((list) => field(pod, list));
  const names = lists.flatMap(items).map((each) => text(field(each, 'name')));
  const container = field(codes, 'containerName');
  const areKnown = !names.includes(undefined) && lists.every((list) => isAbsent(list) || list.node?.type === 'list');
  if (text(container) && areKnown && !names.includes(text(container)))
    yield unmatched(container, 'must be the name of a container of the pod');
  const [operator, values] = [field(codes, 'operator'), field(codes, 'values')];
  yield* required(operator);
  yield* oneOf(operator, ['In', 'NotIn']);
  yield* required(values);
  yield* duplicates(items(values), (value) => number(value)?.toString());
  const numbers = items(values).map(number);
  for (const value of items(values))
    if (number(value) === 0 && text(operator) === 'In') yield invalid(value, 'must not be 0 where the operator is In');
  if (numbers.some((value, index) => value !== undefined && value < (numbers[index - 1] ?? value)))
    yield invalid(values, 'must be in order');
};

/** A pod without a restartPolicy is always restarted (SetDefaults_PodSpec, pkg/apis/core/v1/defaults.go), which no Job takes. */
const validateRestartPolicy = function* (policy: Place, failurePolicy: Place): Refusals {
  if (isEmpty(policy)) yield missing(policy, ': OnFailure or Never');
  else if (text(policy) === 'Always') yield invalid(policy, 'must be OnFailure or Never in a Job');
  else if (text(policy) === 'OnFailure' && isPresent(failurePolicy)) yield invalid(policy, 'must be Never beside a podFailurePolicy');
};

const isTimeZone = (name: string): boolean => {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    // Here the letter case does not count; to Go it does.
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
};

/** ValidateCronJobCreate, likewise. */
export const validateCronJob = function* (root: Place): Refusals {
  const spec = field(root, 'spec');
  yield* required(field(spec, 'schedule'));
  yield* validateSchedule(field(spec, 'schedule'));
  yield* validateTimeZone(field(spec, 'timeZone'));
  yield* oneOf(field(spec, 'concurrencyPolicy'), ['Allow', 'Forbid', 'Replace']);
  for (const name of ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'])
    yield* nonNegative(field(spec, name));
  const jobSpec = field(spec, 'jobTemplate', 'spec');
  yield* validateLabels(field(spec, 'jobTemplate', 'metadata', 'labels'));
  yield* validateJobSpec(jobSpec);
  yield* forbidden(field(jobSpec, 'selector'), 'in the template of a Job: it is made for each');
  if (isOn(field(jobSpec, 'manualSelector'))) yield invalid(field(jobSpec, 'manualSelector'), 'may not be true in the template of a Job');
};

/** validateScheduleFormat, likewise. */
const validateSchedule = function* (schedule: Place): Refusals {
  const written = text(schedule);
  if (!written) return;
  if (written.includes('TZ')) yield invalid(schedule, 'may not name a time zone: timeZone does');
  else if (!isCronSchedule(written))
    yield invalid(schedule, `must be a schedule of five fields such as "0 8 * * 1-5"; it is ${JSON.stringify(written)}`);
};

/** validateTimeZone, likewise. Which zones there are, each machine knows. */
const validateTimeZone = function* (zone: Place): Refusals {
  const written = text(zone);
  if (written === undefined) return;
  const parts = written.split('/');
  const isWellFormed = parts.every((part) => /^[A-Za-z._0-9+][A-Za-z._\-0-9+]{0,13}$/.test(part) && part !== '.' && part !== '..');
  if (!isWellFormed || !isTimeZone(written))
    yield invalid(zone, `must be the name of a time zone such as "Europe/Berlin"; it is ${JSON.stringify(written)}`);
};
