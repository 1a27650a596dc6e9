/**
 * Values against the `values.schema.json` of a chart, as far as both are known: nothing is compiled or run, patterns are those of
 * Go (helm: pkg/chart/common/util/jsonschema.go, with santhosh-tekuri/jsonschema), and what is not understood is not judged.
 */
import { isGoPattern, matchesGoPattern } from '../../pattern/go-pattern.ts';
import {
  at,
  child,
  isList,
  isMap,
  isScalar,
  itemsOf,
  type MapNode,
  type Node,
  scalarText,
  stringAt,
  textAt,
  toValue,
} from '../../yaml/node.ts';
import { holdsUnknown } from '../../yaml/unknown.ts';

export interface ValueError {
  /** What is wrong, or the map in which something is missing. */
  readonly node: Node;
  /** As `image.tag`; empty for all of the values. */
  readonly path: string;
  /** To be read behind the path. */
  readonly says: string;
}

export interface SchemaInput {
  readonly schema: Node;
  readonly values: Node;
  /** More values may come from where nothing is known: what is missing is not judged, nor what would be combined with it. */
  readonly isOpen: boolean;
}

/** In the order of the values. Empty where a schema asks for more than this follows. */
export const valueErrors = ({ schema, values, isOpen }: SchemaInput): readonly ValueError[] => {
  const errors: ValueError[] = [];
  const check: Check = { root: schema, isOpen, path: '', depth: 0, steps: { left: maxSteps }, errors };
  checkNode(values, schema, check);
  return check.steps.left < 0 ? [] : errors;
};

interface Check {
  readonly root: Node;
  readonly isOpen: boolean;
  readonly path: string;
  readonly depth: number;
  /** Schemas refer to themselves, and each alternative walks the values again (docs/limits.md). */
  readonly steps: { left: number };
  readonly errors: ValueError[];
}

const maxSteps = 200_000;
const maxDepth = 64;

const checkNode = (node: Node, schema: Node, check: Check): void => {
  check.steps.left -= 1;
  if (check.steps.left < 0 || check.depth > maxDepth || node.type === 'unknown') return;
  if (isScalar(schema)) {
    if (schema.value === false) report(node, 'is not allowed', check);
    return;
  }
  // Helm takes a null for a value that is to be left out.
  if (!isMap(schema) || (isScalar(node) && node.value === null)) return;
  const inner = { ...check, depth: check.depth + 1 };
  const reference = stringAt(schema, '$ref');
  if (reference !== undefined) {
    const target = reference === '#' ? check.root : reference.startsWith('#/') ? at(check.root, reference.slice(1)) : undefined;
    if (target) checkNode(node, target, inner);
  }
  if (!hasType(node, schema)) {
    report(node, `must be ${typesOf(schema).join(' or ')}; it is ${described(node)}`, check);
    return;
  }
  checkEnum(node, schema, check);
  if (isScalar(node)) checkScalar(node, schema, check);
  else if (isList(node)) checkList(node, schema, inner);
  else checkMap(node, schema, inner);
  checkCombinations(node, schema, inner);
};

const report = (node: Node, says: string, { errors, path }: Check): void => {
  if (!errors.some((other) => other.path === path && other.says === says)) errors.push({ node, path, says });
};

const typesOf = (schema: MapNode): readonly string[] => {
  const type = child(schema, 'type');
  return isList(type) ? type.items.map(scalarText) : type === undefined ? [] : [scalarText(type)];
};

const hasType = (node: Node, schema: MapNode): boolean => {
  const types = typesOf(schema);
  return types.length === 0 || types.some((type) => isOfType(node, type));
};

const isOfType = (node: Node, type: string): boolean => {
  const value = isScalar(node) ? node.value : undefined;
  switch (type) {
    case 'object':
      return isMap(node);
    case 'array':
      return isList(node);
    case 'string':
      return typeof value === 'string' || isUnfilled(node);
    case 'boolean':
      return typeof value === 'boolean' || isUnfilled(node);
    case 'integer':
      return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value)) || isUnfilled(node);
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint' || isUnfilled(node);
    case 'null':
      return value === null;
    default:
      return true;
  }
};

/** A variable that somebody else may fill in. */
const isUnfilled = (node: Node): boolean => isScalar(node) && typeof node.value === 'string' && node.value.includes('${');

const described = (node: Node): string => {
  if (isMap(node)) return 'a map';
  if (isList(node)) return 'a list';
  return isScalar(node) ? (typeof node.value === 'string' ? 'a text' : `a ${node.value === null ? 'null' : typeof node.value}`) : 'unknown';
};

const same = (a: Node, b: Node): boolean => JSON.stringify(plain(a)) === JSON.stringify(plain(b));
const plain = (node: Node): unknown => {
  const value = toValue(node);
  return typeof value === 'bigint' ? Number(value) : value;
};

const checkEnum = (node: Node, schema: MapNode, check: Check): void => {
  if (holdsUnknown(node) || isUnfilled(node) || (check.isOpen && !isScalar(node))) return;
  const [all, only] = [child(schema, 'enum'), child(schema, 'const')];
  if (isList(all) && !all.items.some((item) => same(item, node))) {
    report(node, `must be one of ${all.items.slice(0, 8).map(scalarText).join(', ')}${all.items.length > 8 ? ', ...' : ''}`, check);
  }
  if (only && !same(only, node)) report(node, `must be ${scalarText(only) || 'what its schema says'}`, check);
};

const checkScalar = (node: Node & { readonly type: 'scalar' }, schema: MapNode, check: Check): void => {
  if (isUnfilled(node)) return;
  const limit = (key: string): number | undefined => {
    const value = child(schema, key);
    return isScalar(value) && typeof value.value === 'number'
      ? value.value
      : isScalar(value) && typeof value.value === 'bigint'
        ? Number(value.value)
        : undefined;
  };
  if (typeof node.value === 'string') {
    const [least, most, pattern] = [limit('minLength'), limit('maxLength'), stringAt(schema, 'pattern')];
    const length = [...node.value].length;
    if (least !== undefined && length < least) report(node, `must have at least ${least} characters`, check);
    if (most !== undefined && length > most) report(node, `must have at most ${most} characters`, check);
    if (pattern !== undefined && isGoPattern(pattern) && !matchesGoPattern(node.value, pattern))
      report(node, `must match ${pattern}`, check);
    return;
  }
  if (typeof node.value !== 'number' && typeof node.value !== 'bigint') return;
  const value = Number(node.value);
  const [least, most, above, below] = [limit('minimum'), limit('maximum'), limit('exclusiveMinimum'), limit('exclusiveMaximum')];
  if (least !== undefined && value < least) report(node, `must be at least ${least}`, check);
  if (most !== undefined && value > most) report(node, `must be at most ${most}`, check);
  if (above !== undefined && value <= above) report(node, `must be above ${above}`, check);
  if (below !== undefined && value >= below) report(node, `must be below ${below}`, check);
};

const checkList = (node: Node & { readonly type: 'list' }, schema: MapNode, check: Check): void => {
  const [least, most] = [textAt(schema, 'minItems'), textAt(schema, 'maxItems')].map((text) =>
    text === undefined ? undefined : Number(text),
  );
  if (least !== undefined && node.items.length < least) report(node, `must have at least ${least} items`, check);
  if (most !== undefined && node.items.length > most) report(node, `must have at most ${most} items`, check);
  const items = child(schema, 'items');
  if (!isMap(items)) return;
  for (const [index, item] of node.items.entries()) checkNode(item, items, { ...check, path: `${check.path}[${index}]` });
};

const checkMap = (node: Node, schema: MapNode, check: Check): void => {
  if (!isMap(node)) return;
  const [properties, patterns, others] = [
    child(schema, 'properties'),
    child(schema, 'patternProperties'),
    child(schema, 'additionalProperties'),
  ];
  for (const { key, value } of node.entries) {
    const inside = { ...check, path: check.path === '' ? key.text : `${check.path}.${key.text}` };
    const own = isMap(properties) ? properties.entries.find((entry) => entry.key.text === key.text)?.value : undefined;
    const byPattern = isMap(patterns)
      ? patterns.entries.filter((entry) => !isGoPattern(entry.key.text) || matchesGoPattern(key.text, entry.key.text))
      : [];
    for (const part of [own, ...byPattern.map((entry) => entry.value)]) if (part) checkNode(value, part, inside);
    if (own || byPattern.length > 0 || others === undefined) continue;
    if (isScalar(others) && others.value === false) report(key, 'is no value that the schema knows', inside);
    else checkNode(value, others, inside);
  }
  if (check.isOpen) return;
  for (const name of itemsOf(child(schema, 'required')).map(scalarText)) {
    if (!node.entries.some(({ key }) => key.text === name)) report(node, `must have ${name}`, check);
  }
};

const checkCombinations = (node: Node, schema: MapNode, check: Check): void => {
  for (const part of itemsOf(child(schema, 'allOf'))) checkNode(node, part, check);
  // An unknown part meets every alternative, and so would tell nothing.
  if (check.isOpen || holdsUnknown(node)) return;
  const accepts = (part: Node): boolean => {
    const errors: ValueError[] = [];
    checkNode(node, part, { ...check, errors });
    return errors.length === 0;
  };
  const [anyOf, oneOf, not] = [child(schema, 'anyOf'), child(schema, 'oneOf'), child(schema, 'not')];
  if (isList(anyOf) && !anyOf.items.some(accepts)) report(node, 'has none of the forms that its schema allows', check);
  if (isList(oneOf) && oneOf.items.every(isJudged) && oneOf.items.filter(accepts).length === 0) {
    report(node, 'has none of the forms that its schema allows', check);
  }
  if (not && isJudged(not) && accepts(not)) report(node, 'has a form that its schema excludes', check);
  const condition = child(schema, 'if');
  const branch = condition && isJudged(condition) ? child(schema, accepts(condition) ? 'then' : 'else') : undefined;
  if (branch) checkNode(node, branch, check);
};

/** Keywords that are judged here in full: where a schema has others, that it accepts a value means nothing. */
const known: ReadonlySet<string> = new Set(
  '$id $schema $ref title description default examples type properties required additionalProperties items enum const minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength pattern minItems maxItems allOf'.split(
    ' ',
  ),
);

const isJudged = (schema: Node): boolean => {
  if (!isMap(schema)) return true;
  const isLocal = stringAt(schema, '$ref')?.startsWith('#') !== false;
  const isKnown = isLocal && schema.entries.every(({ key }) => known.has(key.text));
  const properties = child(schema, 'properties');
  return isKnown && (!isMap(properties) || properties.entries.every(({ value }) => isJudged(value)));
};
