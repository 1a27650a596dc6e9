/** The fields of every type that an object can hold, over all minors. */
import type { Release } from './kinds.ts';
import { type Definition, definitionsById, type Property, referred, type Swagger } from './swagger.ts';

type Fields = Readonly<Record<string, string>>;

/**
 * `kinds`: the type of each `group/version/Kind`. `types`: the fields of each type, as `src/kube/schema/kubernetes/types.ts`
 * reads them:
 *
 *     s text, i int32, l int64, n number, b boolean, y base64, q quantity, x whole number or text, t time,
 *     o any object, * anything, [T list, {T map, else the name of a type;
 *     behind it `by a,b` (the keys of a list that is a map), `set`, `required`, `since 33`, `until 35`
 *
 * A list without `by` and `set` is replaced as a whole. What a controller reports (`status`) is left out: Flux takes it away
 * before it applies an object.
 */
export const typesOf = (
  releases: readonly Release[],
): { readonly kinds: Readonly<Record<string, string>>; readonly types: Readonly<Record<string, Fields>> } => {
  const kinds = new Map<string, string>();
  for (const { swagger } of releases) {
    for (const [id, name] of definitionsById(swagger)) if (isObject(swagger, name)) kinds.set(id, name);
  }
  const reached = new Set<string>();
  for (const { swagger } of releases) for (const name of kinds.values()) reach(name, swagger, reached);
  const names = [...reached].sort();
  return {
    kinds: Object.fromEntries([...kinds].sort().map(([id, name]) => [id, short(name)])),
    types: Object.fromEntries(names.map((name) => [short(name), fieldsOf(name, releases)])),
  };
};

/** Not a list, and nothing that only an API call sends. */
const isObject = ({ definitions }: Swagger, name: string): boolean => {
  const properties = definitions[name]?.properties ?? {};
  return 'metadata' in properties && !('items' in properties && name.endsWith('List'));
};

const reach = (name: string, swagger: Swagger, reached: Set<string>): void => {
  const definition = swagger.definitions[name];
  if (!definition?.properties) return;
  reached.add(name);
  for (const [field, property] of Object.entries(definition.properties)) {
    if (isReported(definition, field)) continue;
    const next = innermost(property).$ref;
    if (next !== undefined && !(referred(next) in simple) && !reached.has(referred(next))) reach(referred(next), swagger, reached);
  }
};

const isReported = ({ properties }: Definition, field: string): boolean => field === 'status' && properties?.metadata !== undefined;

const innermost = (property: Property): Property => {
  const inner = property.items ?? property.additionalProperties;
  return inner ? innermost(inner) : property;
};

const fieldsOf = (name: string, releases: readonly Release[]): Fields => {
  const holding = releases.filter(({ swagger }) => swagger.definitions[name]?.properties);
  const fields = new Set(holding.flatMap(({ swagger }) => Object.keys(swagger.definitions[name]?.properties ?? {})));
  return Object.fromEntries(
    [...fields].sort().map((field) => {
      const minors = holding.filter(({ swagger }) => field in (swagger.definitions[name]?.properties ?? {}));
      const last = minors.at(-1)?.swagger.definitions[name];
      if (!last) throw new Error(`${name} has lost ${field}`);
      // Since and until are those of the field in its type: a type that is new came with whatever holds it.
      const since = minors[0] === holding[0] ? '' : ` since ${minors[0]?.minor}`;
      const until = minors.at(-1) === holding.at(-1) ? '' : ` until ${(minors.at(-1)?.minor ?? 0) + 1}`;
      const isRequired = minors.every(({ swagger }) => swagger.definitions[name]?.required?.includes(field));
      const property = last.properties?.[field] ?? {};
      const type = isReported(last, field) ? 'o' : typeOf(property, releases);
      return [field, `${type}${keysOf(property)}${isRequired ? ' required' : ''}${since}${until}`];
    }),
  );
};

const keysOf = (property: Property): string => {
  const keys = property['x-kubernetes-list-map-keys'];
  if (keys) return ` by ${keys.join(',')}`;
  return property['x-kubernetes-list-type'] === 'set' ? ' set' : '';
};

const typeOf = (property: Property, releases: readonly Release[]): string => {
  if (property.$ref !== undefined) {
    const name = referred(property.$ref);
    const known = simple[name];
    if (known !== undefined) return known;
    return releases.some(({ swagger }) => swagger.definitions[name]?.properties) ? short(name) : 'o';
  }
  if (property.items) return `[${typeOf(property.items, releases)}`;
  if (property.additionalProperties) return `{${typeOf(property.additionalProperties, releases)}`;
  switch (property.type) {
    case 'integer':
      return property.format === 'int32' ? 'i' : 'l';
    case 'number':
      return 'n';
    case 'boolean':
      return 'b';
    case 'string':
      return property.format === 'byte' ? 'y' : 's';
    case 'object':
      return 'o';
    default:
      return '*';
  }
};

const simple: Readonly<Record<string, string>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'q',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'x',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 't',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 't',
  'io.k8s.apimachinery.pkg.runtime.RawExtension': 'o',
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': 'o',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON': '*',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray': '*',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool': '*',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray': '*',
};

/** `core.v1.Pod` */
const short = (name: string): string =>
  name.replace(/^io\.k8s\.(api|apimachinery\.pkg\.apis|apiextensions-apiserver\.pkg\.apis|kube-aggregator\.pkg\.apis)\./, '');
