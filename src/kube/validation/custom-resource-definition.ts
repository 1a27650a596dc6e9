import { dnsLabel, kindName, versionLabel } from './field/formats.ts';
import { entries, field, isAbsent, isOff, isOn, items, type Place, text } from './field/place.ts';
import { duplicates, invalid, missing, oneOf, type Refusals, required } from './field/refusal.ts';

/**
 * ValidateCustomResourceDefinition (k8s.io/apiextensions-apiserver: pkg/apis/apiextensions/validation, validation.go), but for
 * the schemas themselves.
 */
export const validateCustomResourceDefinition = function* (root: Place): Refusals {
  const spec = field(root, 'spec');
  const [group, names, versions] = [field(spec, 'group'), field(spec, 'names'), field(spec, 'versions')];
  yield* validateGroup(group);
  yield* required(field(spec, 'scope'));
  yield* oneOf(field(spec, 'scope'), ['Cluster', 'Namespaced']);
  for (const name of ['plural', 'kind']) yield* required(field(names, name));
  yield* dnsLabel(field(names, 'plural'));
  yield* dnsLabel(field(names, 'singular'));
  for (const name of ['kind', 'listKind']) yield* kindName(field(names, name));
  for (const name of ['shortNames', 'categories']) for (const item of items(field(names, name))) yield* versionLabel(item);
  const [plural, domain, called] = [text(field(names, 'plural')), text(group), text(field(root, 'metadata', 'name'))];
  if (plural && domain && called !== undefined && called !== `${plural}.${domain}`)
    yield invalid(field(root, 'metadata', 'name'), `must be ${plural}.${domain}`);
  yield* required(versions);
  yield* validateVersions(items(versions), versions);
};

const validateGroup = function* (group: Place): Refusals {
  yield* required(group);
  const written = text(group);
  if (written && !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/.test(written))
    yield invalid(group, 'must be a domain with a dot in it');
};

const validateVersions = function* (list: readonly Place[], versions: Place): Refusals {
  yield* duplicates(
    list,
    (version) => text(field(version, 'name')),
    (version) => field(version, 'name'),
  );
  const isKnown = list.every(
    (version) => isOn(field(version, 'storage')) || isOff(field(version, 'storage')) || isAbsent(field(version, 'storage')),
  );
  const stored = list.filter((version) => isOn(field(version, 'storage')));
  if (isKnown && list.length > 0 && stored.length !== 1)
    yield invalid(versions, `must have exactly one with "storage: true"; ${stored.length} have it`);
  for (const version of list) {
    const schema = field(version, 'schema', 'openAPIV3Schema');
    yield* required(field(version, 'name'));
    yield* dnsLabel(field(version, 'name'));
    if (isAbsent(schema)) yield missing(schema);
    else {
      yield* required(field(schema, 'type'));
      yield* oneOf(field(schema, 'type'), ['object']);
      yield* validateTypes(schema);
    }
    for (const column of items(field(version, 'additionalPrinterColumns'))) {
      for (const name of ['name', 'type', 'jsonPath']) yield* required(field(column, name));
      if (text(field(column, 'jsonPath'))?.startsWith('.') === false) yield invalid(field(column, 'jsonPath'), 'must begin with "."');
      yield* oneOf(field(column, 'type'), ['boolean', 'date', 'integer', 'number', 'string']);
    }
  }
};

/** The types in a schema and in those below it. */
const validateTypes = function* (schema: Place): Refusals {
  // What lies in something unknown is unknown without end.
  if (schema.node?.type !== 'map') return;
  yield* oneOf(field(schema, 'type'), ['array', 'boolean', 'integer', 'number', 'object', 'string']);
  for (const part of [...entries(field(schema, 'properties')), field(schema, 'items'), field(schema, 'additionalProperties')]) {
    if (part.node?.type !== 'map') continue;
    const isOfAnyType = [intOrString, anyFields].some((name) => field(part, name).node !== undefined);
    if (!isOfAnyType) yield* required(field(part, 'type'));
    yield* validateTypes(part);
  }
};

const intOrString = 'x-kubernetes-int-or-string';
const anyFields = 'x-kubernetes-preserve-unknown-fields';
