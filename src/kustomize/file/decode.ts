/**
 * Reads a node tree as one of kustomize's Go structs: YAML 1.1 types, keys in any case, unknown keys and wrong types
 * rejected. Out comes the same tree under the fields' own names, every scalar of the type that its field has.
 */
import type { Origin } from '../../model/origin.ts';
import { didYouMean, nearest } from '../../model/spelling.ts';
import type { Entry, ListNode, MapNode, Node, ScalarNode } from '../../yaml/node.ts';
import { goNumber } from '../../yaml/print-as-go.ts';
import { resolvePlain } from '../../yaml/scalar.ts';
import type { MapShape, Shape, StructShape } from './kustomization-fields.ts';

export interface DecodeProblem {
  readonly at: Origin;
  readonly message: string;
  readonly hint?: string | undefined;
  /** What Flux lets pass in the root kustomization: the key is dropped and kustomize never sees it. */
  readonly isTolerable: boolean;
}

export interface Decoded {
  readonly root: MapNode;
  readonly problems: readonly DecodeProblem[];
}

export interface DecodeOptions {
  /** The controller's reader of the root: unknown keys are dropped, numbers and booleans become strings where one is due. */
  readonly isLoose?: boolean;
  /** Unknown keys are not looked at (configurations of plugins). */
  readonly allowUnknown?: boolean;
  /** It was read as a manifest before, in which y, yes and on are texts (configurations of plugins). */
  readonly isManifest?: boolean;
}

/** @param root must be a map; anything in it that has the wrong type is left out of the result and reported. */
export const decode = (root: MapNode, shape: StructShape, options: DecodeOptions = {}): Decoded => {
  const problems: DecodeProblem[] = [];
  const decoded = decodeStruct(root, shape, { options, path: [], owner: shape.struct, problems });
  return { root: decoded, problems };
};

/** The tree with its scalars typed as YAML 1.1, which is how kustomize turns YAML into JSON. */
export const asYaml11 = (node: Node): Node => {
  switch (node.type) {
    case 'scalar':
      return yaml11(node);
    case 'list':
      return { ...node, items: node.items.map(asYaml11) };
    case 'map':
      return { ...node, entries: node.entries.map(({ key, value }) => ({ key: yaml11Key(key), value: asYaml11(value) })) };
    case 'unknown':
      return node;
    default:
      return node satisfies never;
  }
};

interface Place {
  readonly options: DecodeOptions;
  readonly path: readonly string[];
  /** The struct that the field is of, for kustomize's words. */
  readonly owner: string;
  readonly problems: DecodeProblem[];
}

const decodeNode = (node: Node, shape: Shape, place: Place): Node | undefined => {
  if (node.type === 'unknown') return node;
  const typed = node.type === 'scalar' && place.options.isManifest !== true ? yaml11(node) : node;
  if (typed.type === 'scalar' && typed.value === null) return undefined;
  if (shape === 'any') return place.options.isManifest === true ? typed : asYaml11(typed);
  if (typeof shape === 'string') return typed.type === 'scalar' ? decodeScalar(typed, shape, place) : mismatch(typed, shape, place);
  if ('list' in shape) return typed.type === 'list' ? decodeList(typed, shape.list, place) : mismatch(typed, shape, place);
  if (typed.type !== 'map') return mismatch(typed, shape, place);
  return 'struct' in shape ? decodeStruct(typed, shape, { ...place, owner: shape.struct }) : decodeMap(typed, shape, place);
};

const decodeScalar = (scalar: ScalarNode, shape: 'string' | 'boolean' | 'integer', place: Place): Node | undefined => {
  const type = typeof scalar.value;
  if (shape === 'string') {
    if (type === 'string') return scalar;
    if (place.options.isLoose === true) return asText(scalar);
    return mismatch(scalar, shape, place);
  }
  if (shape === 'boolean') return type === 'boolean' ? scalar : mismatch(scalar, shape, place);
  return type === 'bigint' || Number.isInteger(scalar.value) ? scalar : mismatch(scalar, shape, place);
};

/** As sigs.k8s.io/yaml turns a number or a boolean into the text that a field wants. */
const asText = (scalar: ScalarNode): ScalarNode => {
  const text = typeof scalar.value === 'number' ? goNumber(scalar.value) : String(scalar.value);
  return { ...scalar, value: text, text };
};

/** A null element is kept as Go's zero value would be: an empty string. */
const decodeList = (list: ListNode, shape: Shape, place: Place): ListNode => {
  const items: Node[] = [];
  for (const item of list.items) {
    const decoded = decodeNode(item, shape, place);
    if (decoded !== undefined) items.push(decoded);
    else if (shape === 'string' && item.type === 'scalar' && item.value === null) items.push({ ...item, value: '', text: '' });
  }
  return { ...list, items };
};

const decodeMap = (map: MapNode, shape: MapShape, place: Place): MapNode => {
  const entries: Entry[] = [];
  for (const { key, value } of map.entries) {
    const isNull = value.type === 'scalar' && value.value === null;
    const decoded = isNull && shape.map === 'string' ? { ...value, value: '', text: '' } : decodeNode(value, shape.map, place);
    if (decoded !== undefined) entries.push({ key: place.options.isManifest === true ? key : yaml11Key(key), value: decoded });
  }
  return { ...map, entries };
};

const decodeStruct = (map: MapNode, shape: StructShape, place: Place): MapNode => {
  const fields = new Map<string, { readonly entry: Entry; readonly isExact: boolean }>();
  for (const entry of map.entries) {
    const written = (place.options.isManifest === true ? entry.key : yaml11Key(entry.key)).text;
    const name = fieldNamed(written, shape);
    if (name === undefined) {
      if (place.options.allowUnknown !== true) place.problems.push(unknownField(entry.key, written, shape));
      continue;
    }
    const isExact = name === written;
    if (fields.get(name)?.isExact !== true || isExact) fields.set(name, { entry, isExact });
  }
  const entries: Entry[] = [];
  for (const [name, { entry, isExact }] of fields) {
    const fieldShape = shape.fields[name];
    const value = fieldShape && decodeNode(entry.value, fieldShape, { ...place, path: [...place.path, name] });
    if (value !== undefined) entries.push({ key: isExact ? entry.key : { ...entry.key, value: name, text: name }, value });
  }
  return { ...map, entries };
};

const lowerCased = new WeakMap<StructShape, ReadonlyMap<string, string>>();

const fieldNamed = (written: string, shape: StructShape): string | undefined => {
  if (Object.hasOwn(shape.fields, written)) return written;
  let names = lowerCased.get(shape);
  if (!names) {
    names = new Map(Object.keys(shape.fields).map((name) => [name.toLowerCase(), name]));
    lowerCased.set(shape, names);
  }
  return names.get(written.toLowerCase());
};

const unknownField = (key: ScalarNode, written: string, shape: StructShape): DecodeProblem => {
  return {
    at: key,
    message: `A ${shape.struct} has no field "${written}". kustomize: invalid Kustomization: json: unknown field "${written}".`,
    hint: didYouMean(nearest(written, Object.keys(shape.fields))),
    isTolerable: true,
  };
};

const mismatch = (node: Exclude<Node, { type: 'unknown' }>, shape: Shape, { path, owner, problems }: Place): undefined => {
  const field = path.join('.');
  const found = foundType(node);
  const quoted = shape === 'string' && node.type === 'scalar' ? ` Put it in quotes: "${node.text}".` : '';
  problems.push({
    at: node,
    message: `${field} cannot be ${wordOf.get(found) ?? found}.${quoted} kustomize: invalid Kustomization: json: cannot unmarshal ${found} into Go struct field ${owner}.${field} of type ${goType(shape)}.`,
    isTolerable: false,
  });
  return undefined;
};

/** What Go calls `object`, people call a map. */
const wordOf: ReadonlyMap<string, string> = new Map([
  ['object', 'a map'],
  ['array', 'a list'],
  ['string', 'a text'],
  ['number', 'a number'],
  ['bool', 'true or false'],
]);

const foundType = (node: Exclude<Node, { type: 'unknown' }>): string => {
  if (node.type === 'map') return 'object';
  if (node.type === 'list') return 'array';
  if (typeof node.value === 'boolean') return 'bool';
  return typeof node.value === 'string' ? 'string' : 'number';
};

const goType = (shape: Shape): string => {
  switch (shape) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'integer':
      return 'int64';
    case 'any':
      return 'interface {}';
    default:
      if ('list' in shape) return `[]${goType(shape.list)}`;
      return 'map' in shape ? `map[string]${goType(shape.map)}` : `types.${shape.struct}`;
  }
};

/** go-yaml v2 takes dates for strings. */
const yaml11 = (scalar: ScalarNode): ScalarNode => {
  if (scalar.style !== 'plain' || scalar.value === null) return scalar;
  const value = resolvePlain(scalar.text, 'yaml-1.1');
  const typed = typeof value === 'string' ? scalar.text : value;
  return typed === scalar.value ? scalar : { ...scalar, value: typed };
};

const yaml11Key = (key: ScalarNode): ScalarNode => {
  if (key.style !== 'plain') return key;
  const value = resolvePlain(key.text, 'yaml-1.1');
  return typeof value === 'boolean' ? { ...key, value: String(value), text: String(value) } : key;
};
