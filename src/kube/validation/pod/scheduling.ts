import { labelKeyError, labelValueError } from '../../names.ts';
import { dnsLabel } from '../field/formats.ts';
import { between, positive } from '../field/numbers.ts';
import { field, fields, isAbsent, isEmpty, isPresent, items, type Place, text } from '../field/place.ts';
import { duplicates, invalid, missing, oneOf, type Refusals, required } from '../field/refusal.ts';
import { validateLabelSelector, validateRequirement } from '../field/selectors.ts';

/** ValidateTolerations (pkg/apis/core/validation/validation.go). */
export const validateTolerations = function* (tolerations: Place): Refusals {
  for (const toleration of items(tolerations)) {
    const { key, operator, value, effect } = fields(toleration, 'key', 'operator', 'value', 'effect');
    const keyError = text(key) ? labelKeyError(text(key) ?? '') : undefined;
    if (keyError !== undefined) yield invalid(key, keyError);
    yield* oneOf(operator, ['Equal', 'Exists', 'Lt', 'Gt']);
    yield* oneOf(effect, effects);
    const how = isEmpty(operator) ? 'Equal' : text(operator);
    if (isEmpty(key) && how !== undefined && how !== 'Exists') yield invalid(operator, 'must be Exists where no key is given');
    if (how === 'Exists' && text(value)) yield invalid(operator, 'may not be Exists beside a value');
    const valueError = how === 'Equal' ? labelValueError(text(value) ?? '') : undefined;
    if (valueError !== undefined) yield invalid(value, valueError);
    const isExecuting = isEmpty(effect) ? false : text(effect) === undefined || text(effect) === 'NoExecute';
    if (isPresent(field(toleration, 'tolerationSeconds')) && !isExecuting)
      yield invalid(effect, 'must be NoExecute where tolerationSeconds is set');
  }
};

const effects: readonly string[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** validateTopologySpreadConstraints, likewise. */
export const validateTopologySpread = function* (constraints: Place): Refusals {
  for (const constraint of items(constraints)) {
    const when = field(constraint, 'whenUnsatisfiable');
    if (isAbsent(field(constraint, 'maxSkew'))) yield missing(field(constraint, 'maxSkew'));
    yield* positive(field(constraint, 'maxSkew'));
    yield* required(field(constraint, 'topologyKey'));
    yield* required(when);
    yield* oneOf(when, ['DoNotSchedule', 'ScheduleAnyway']);
    yield* positive(field(constraint, 'minDomains'));
    if (isPresent(field(constraint, 'minDomains')) && text(when) === 'ScheduleAnyway')
      yield invalid(field(constraint, 'minDomains'), 'may be set only where whenUnsatisfiable is DoNotSchedule');
    for (const name of ['nodeAffinityPolicy', 'nodeTaintsPolicy']) yield* oneOf(field(constraint, name), ['Ignore', 'Honor']);
    yield* validateLabelSelector(field(constraint, 'labelSelector'));
  }
  yield* duplicates(items(constraints), (constraint) => {
    const [key, when] = [text(field(constraint, 'topologyKey')), text(field(constraint, 'whenUnsatisfiable'))];
    return key === undefined || when === undefined ? undefined : `${key} ${when}`;
  });
};

/** validateAffinity, likewise. */
export const validateAffinity = function* (affinity: Place): Refusals {
  yield* validateNodeAffinity(field(affinity, 'nodeAffinity'));
  for (const kind of ['podAffinity', 'podAntiAffinity']) {
    const place = field(affinity, kind);
    for (const term of items(field(place, mandatory))) yield* validatePodAffinityTerm(term);
    for (const preferred of items(field(place, optional))) {
      yield* validateWeight(field(preferred, 'weight'));
      yield* validatePodAffinityTerm(field(preferred, 'podAffinityTerm'));
    }
  }
};

const mandatory = 'requiredDuringSchedulingIgnoredDuringExecution';
const optional = 'preferredDuringSchedulingIgnoredDuringExecution';

const validateWeight = (weight: Place): Refusals => (isAbsent(weight) ? [missing(weight)] : between(weight, 1, 100));

const validatePodAffinityTerm = function* (term: Place): Refusals {
  yield* required(field(term, 'topologyKey'));
  yield* validateLabelSelector(field(term, 'labelSelector'));
  yield* validateLabelSelector(field(term, 'namespaceSelector'));
  for (const namespace of items(field(term, 'namespaces'))) yield* dnsLabel(namespace);
};

const validateNodeAffinity = function* (affinity: Place): Refusals {
  const must = field(affinity, mandatory);
  if (isPresent(must)) yield* validateNodeSelector(must);
  for (const preferred of items(field(affinity, optional))) {
    yield* validateWeight(field(preferred, 'weight'));
    yield* validateNodeSelectorTerm(field(preferred, 'preference'));
  }
};

/** ValidateNodeSelector, likewise. */
export const validateNodeSelector = function* (selector: Place): Refusals {
  yield* required(field(selector, 'nodeSelectorTerms'));
  for (const term of items(field(selector, 'nodeSelectorTerms'))) yield* validateNodeSelectorTerm(term);
};

const validateNodeSelectorTerm = function* (term: Place): Refusals {
  for (const expression of items(field(term, 'matchExpressions'))) yield* validateRequirement(expression, 'nodes');
  for (const expression of items(field(term, 'matchFields'))) {
    yield* required(field(expression, 'key'));
    yield* oneOf(field(expression, 'key'), ['metadata.name']);
    yield* oneOf(field(expression, 'operator'), ['In', 'NotIn']);
    if (items(field(expression, 'values')).length !== 1) yield invalid(field(expression, 'values'), 'must have exactly one value');
  }
};
