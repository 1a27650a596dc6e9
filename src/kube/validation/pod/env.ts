import { dataKey, dnsSubdomain, variableName } from '../field/formats.ts';
import { field, isAbsent, isFilled, isPresent, items, type Place, text } from '../field/place.ts';
import { invalid, missing, oneOf, type Refusals, required } from '../field/refusal.ts';

/** ValidateEnv (pkg/apis/core/validation/validation.go). */
export const validateEnv = function* (variables: Place): Refusals {
  for (const variable of items(variables)) {
    yield* required(field(variable, 'name'));
    yield* variableName(field(variable, 'name'));
    const valueFrom = field(variable, 'valueFrom');
    if (!isAbsent(valueFrom)) yield* validateValueFrom(valueFrom, field(variable, 'value'));
  }
};

const sources = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'] as const;

/** validateEnvVarValueFrom, likewise. */
const validateValueFrom = function* (valueFrom: Place, value: Place): Refusals {
  const given = sources.filter((source) => isPresent(field(valueFrom, source)));
  const names = sources.slice(0, 4).join(', ');
  if (sources.every((source) => isAbsent(field(valueFrom, source)))) yield missing(valueFrom, `: one of ${names}`);
  else if (isFilled(value) && text(value) !== undefined) yield invalid(valueFrom, 'may not be set beside a value');
  else if (given.length > 1) yield invalid(valueFrom, `may have only one of ${names}; it has ${given.join(' and ')}`);
  yield* validateFieldReference(field(valueFrom, 'fieldRef'), fieldsOfVariables);
  yield* validateResourceReference(field(valueFrom, 'resourceFieldRef'), 'variable');
  for (const source of ['configMapKeyRef', 'secretKeyRef'] as const) {
    const reference = field(valueFrom, source);
    if (isAbsent(reference)) continue;
    yield* required(field(reference, 'name'));
    yield* dnsSubdomain(field(reference, 'name'));
    yield* required(field(reference, 'key'));
    yield* dataKey(field(reference, 'key'));
  }
};

/** ValidateEnvFrom, likewise. */
export const validateEnvFrom = function* (origins: Place): Refusals {
  for (const origin of items(origins)) {
    yield* variableName(field(origin, 'prefix'));
    const all = [field(origin, 'configMapRef'), field(origin, 'secretRef')];
    const references = all.filter(isPresent);
    if (all.every(isAbsent)) yield missing(origin, ': one of configMapRef or secretRef');
    if (references.length > 1) yield invalid(origin, 'may have only one of configMapRef and secretRef');
    for (const reference of references) {
      yield* required(field(reference, 'name'));
      yield* dnsSubdomain(field(reference, 'name'));
    }
  }
};

const fieldsOfVariables: readonly string[] = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

/** validVolumeDownwardAPIFieldPathExpressions, likewise. */
export const fieldsOfVolumes: readonly string[] = [
  'metadata.name',
  'metadata.namespace',
  'metadata.labels',
  'metadata.annotations',
  'metadata.uid',
];

/** validateObjectFieldSelector, likewise. */
export const validateFieldReference = function* (reference: Place, paths: readonly string[]): Refusals {
  if (isAbsent(reference)) return;
  const fieldPath = field(reference, 'fieldPath');
  yield* required(fieldPath);
  const path = text(fieldPath);
  if (!path || /^metadata\.(labels|annotations)\['.+'\]$/.test(path)) return;
  yield* oneOf(fieldPath, paths);
};

/** validateContainerResourceFieldSelector, likewise. */
export const validateResourceReference = function* (reference: Place, of: 'variable' | 'volume'): Refusals {
  if (isAbsent(reference)) return;
  const resource = field(reference, 'resource');
  if (of === 'volume') yield* required(field(reference, 'containerName'));
  yield* required(resource);
  if (/^(limits|requests)\.hugepages-/.test(text(resource) ?? '')) return;
  yield* oneOf(
    resource,
    ['limits', 'requests'].flatMap((kind) => ['cpu', 'memory', 'ephemeral-storage'].map((name) => `${kind}.${name}`)),
  );
};
