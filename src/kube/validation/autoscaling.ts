import { dnsLabel, pathSegment } from './field/formats.ts';
import { between, positive } from './field/numbers.ts';
import { field, fields, isAbsent, isEmpty, isPresent, items, number, type Place, text } from './field/place.ts';
import { positiveQuantity } from './field/quantity.ts';
import { invalid, missing, oneOf, type Refusals, required } from './field/refusal.ts';

/** validateHorizontalPodAutoscalerSpec (pkg/apis/autoscaling/validation/validation.go), of version 1, which has no metrics, too. */
export const validateAutoscaler = function* (root: Place): Refusals {
  const spec = field(root, 'spec');
  const [least, most] = [field(spec, 'minReplicas'), field(spec, 'maxReplicas')];
  if (isAbsent(most) || number(most) === 0) yield missing(most);
  else yield* positive(most);
  if ((number(least) ?? 0) < 0) yield invalid(least, 'must not be less than 0');
  const [from, to] = [number(least), number(most)];
  if (from !== undefined && to !== undefined && to > 0 && to < from) yield invalid(most, 'must not be less than minReplicas');
  yield* validateReference(field(spec, 'scaleTargetRef'));
  for (const metric of items(field(spec, 'metrics'))) yield* validateMetric(metric);
  for (const direction of ['scaleUp', 'scaleDown']) yield* validateScalingRules(field(spec, 'behavior', direction));
};

/** ValidateCrossVersionObjectReference, likewise. */
const validateReference = function* (reference: Place): Refusals {
  for (const name of ['kind', 'name']) {
    yield* required(field(reference, name));
    yield* pathSegment(field(reference, name));
  }
};

const sources: ReadonlyMap<string, string> = new Map([
  ['Object', 'object'],
  ['Pods', 'pods'],
  ['Resource', 'resource'],
  ['ContainerResource', 'containerResource'],
  ['External', 'external'],
]);

/** validateMetricSpec, likewise. */
const validateMetric = function* (metric: Place): Refusals {
  const type = field(metric, 'type');
  yield* required(type);
  yield* oneOf(type, [...sources.keys()]);
  const expected = sources.get(text(type) ?? '');
  for (const name of sources.values()) {
    const source = field(metric, name);
    if (expected === undefined) continue;
    if (name === expected && isAbsent(source)) yield missing(source, ` where the type is ${text(type)}`);
    else if (name === expected) yield* validateMetricSource(source);
    else if (isPresent(source)) yield invalid(source, `may not be set where the type is ${text(type)}`);
  }
};

const validateMetricSource = function* (source: Place): Refusals {
  const target = field(source, 'target');
  if (source.key === 'resource' || source.key === 'containerResource') yield* required(field(source, 'name'));
  else {
    yield* required(field(source, 'metric', 'name'));
    yield* pathSegment(field(source, 'metric', 'name'));
  }
  if (source.key === 'containerResource') {
    yield* required(field(source, 'container'));
    yield* dnsLabel(field(source, 'container'));
  }
  if (source.key === 'object') yield* validateReference(field(source, 'describedObject'));
  yield* required(field(target, 'type'));
  yield* oneOf(field(target, 'type'), ['Utilization', 'Value', 'AverageValue']);
  yield* validateTarget(source, target);
};

const validateTarget = function* (source: Place, target: Place): Refusals {
  const { value, averageValue: average, averageUtilization: utilization } = fields(target, 'value', 'averageValue', 'averageUtilization');
  yield* positiveQuantity(value);
  yield* positiveQuantity(average);
  yield* positive(utilization);
  switch (source.key) {
    case 'object':
      if (isAbsent(value) && isAbsent(average)) yield missing(average, ', or a value');
      return;
    case 'external':
      if (isAbsent(value) && isAbsent(average)) yield missing(average, ', or a value');
      if (isPresent(value) && isPresent(average)) yield invalid(value, 'may not be set beside averageValue');
      return;
    case 'pods':
      if (isAbsent(average)) yield missing(average);
      return;
    default:
      if (isAbsent(utilization) && isAbsent(average)) yield missing(utilization, ', or an averageValue');
      if (isPresent(utilization) && isPresent(average)) yield invalid(average, 'may not be set beside averageUtilization');
  }
};

/** validateScalingRules, likewise. Rules without policies have those of the default (pkg/apis/autoscaling/v2/defaults.go). */
const validateScalingRules = function* (rules: Place): Refusals {
  yield* between(field(rules, 'stabilizationWindowSeconds'), 0, 3600);
  yield* oneOf(field(rules, 'selectPolicy'), ['Max', 'Min', 'Disabled']);
  for (const policy of items(field(rules, 'policies'))) {
    yield* required(field(policy, 'type'));
    yield* oneOf(field(policy, 'type'), ['Pods', 'Percent']);
    for (const [name, most] of [
      ['value', 2 ** 31],
      ['periodSeconds', 1800],
    ] as const) {
      if (isEmpty(field(policy, name))) yield missing(field(policy, name));
      yield* between(field(policy, name), 1, most);
    }
  }
};
