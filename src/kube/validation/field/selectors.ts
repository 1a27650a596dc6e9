import { labelKeyError, labelValueError } from '../../names.ts';
import { entries, field, isAbsent, isEmpty, isFilled, isFilledIn, items, type Place, text } from './place.ts';
import { invalid, missing, type Refusals } from './refusal.ts';

/** ValidateLabelSelector (k8s.io/apimachinery: pkg/apis/meta/v1/validation, validation.go). */
export const validateLabelSelector = function* (selector: Place): Refusals {
  yield* validateLabels(field(selector, 'matchLabels'));
  for (const expression of items(field(selector, 'matchExpressions'))) yield* validateRequirement(expression, 'labels');
};

/** ValidateLabelSelectorRequirement, likewise; node selectors have two operators more (ValidateNodeSelectorRequirement). */
export const validateRequirement = function* (expression: Place, of: 'labels' | 'nodes'): Refusals {
  const operator = text(field(expression, 'operator'));
  const values = field(expression, 'values');
  const known = of === 'nodes' ? ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'] : ['In', 'NotIn', 'Exists', 'DoesNotExist'];
  if (operator === 'In' || operator === 'NotIn') {
    if (isEmpty(values)) yield missing(values, ` where the operator is ${operator}`);
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (isFilled(values)) yield invalid(values, `may not be set where the operator is ${operator}`);
  } else if (operator !== undefined && operator !== '' && !known.includes(operator)) {
    yield invalid(field(expression, 'operator'), `must be one of ${known.join(', ')}; it is ${JSON.stringify(operator)}`);
  } else if ((operator === 'Gt' || operator === 'Lt') && items(values).length !== 1) {
    yield invalid(values, `must have exactly one value where the operator is ${operator}`);
  } else if (isEmpty(field(expression, 'operator'))) {
    yield missing(field(expression, 'operator'));
  }
  const key = field(expression, 'key');
  const keyError = isEmpty(key) ? 'is required' : labelKeyError(text(key) ?? 'unknown');
  if (keyError !== undefined) yield invalid(key, keyError);
  for (const value of items(values)) {
    const error = labelValueError(text(value) ?? '');
    if (error !== undefined) yield invalid(value, error);
  }
};

/** ValidateLabels (k8s.io/apimachinery: pkg/apis/meta/v1/validation, validation.go), of whatever map of labels. */
export const validateLabels = function* (labels: Place): Refusals {
  for (const label of entries(labels)) {
    const name = String(label.key);
    const keyError = isFilledIn(name) ? undefined : labelKeyError(name);
    if (keyError !== undefined) yield invalid(label, `has a key that ${keyError}`);
    const error = labelValueError(text(label) ?? '');
    if (error !== undefined) yield invalid(label, error);
  }
};

/**
 * The part of a selector (LabelSelectorAsSelector) that certainly does not find what has the labels; undefined where it finds
 * them, or may.
 */
export const unmatchedPart = (selector: Place, labels: Place): Place | undefined =>
  entries(field(selector, 'matchLabels')).find((wanted) => differs(wanted, labels)) ??
  items(field(selector, 'matchExpressions')).find((expression) => fails(expression, labels));

/** Whether a label that is asked for is certainly not there with that value. */
export const differs = (wanted: Place, labels: Place): boolean => {
  const actual = field(labels, String(wanted.key));
  if (isEmpty(actual)) return isFilled(wanted) && text(wanted) !== undefined;
  const [one, other] = [text(wanted), text(actual)];
  return one !== undefined && other !== undefined && one !== other;
};

const fails = (expression: Place, labels: Place): boolean => {
  const key = text(field(expression, 'key'));
  if (key === undefined) return false;
  const actual = field(labels, key);
  const isThere = actual.node !== undefined;
  const value = text(actual);
  const listed = field(expression, 'values');
  // What is no list is unknown, or another refusal.
  if (!isAbsent(listed) && listed.node?.type !== 'list') return false;
  const values = items(listed).map(text);
  switch (text(field(expression, 'operator'))) {
    case 'In':
      return !isThere || (value !== undefined && !values.includes(undefined) && !values.includes(value));
    case 'NotIn':
      return value !== undefined && values.includes(value);
    case 'Exists':
      return !isThere;
    case 'DoesNotExist':
      return isThere && value !== undefined;
    default:
      return false;
  }
};
