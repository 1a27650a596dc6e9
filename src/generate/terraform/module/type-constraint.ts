/** Type constraints of variables: which type a value is converted to, and what `optional` fills in before (hcl: `ext/typeexpr`). */
import { evaluate } from '../../../hcl/evaluate.ts';
import { fail } from '../../../hcl/failure.ts';
import type { Scope } from '../../../hcl/machine.ts';
import type { Expression } from '../../../hcl/syntax/tree.ts';
import { convert } from '../../../hcl/value/convert.ts';
import { anyType, boolType, type HclType, numberType, stringType } from '../../../hcl/value/type.ts';
import type { HclValue } from '../../../hcl/value/value.ts';

export interface Constraint {
  readonly type: HclType;
  readonly defaults: Defaults | undefined;
}

/** What is filled in where a value is absent or null, at its own level and below. */
export interface Defaults {
  readonly values: ReadonlyMap<string, HclValue>;
  /** By attribute, by position, or of all elements (the empty name). */
  readonly below: ReadonlyMap<string, Defaults>;
}

export const readConstraint = (expression: Expression, scope: Scope, depth = 0): Constraint => {
  const wrong = (): never =>
    fail(
      'Invalid type specification: This is no type: string, number, bool, any, list(…), set(…), map(…), tuple([…]) or object({…})',
      expression.span,
    );
  if (depth > 50) return wrong();
  const inner = (part: Expression) => readConstraint(part, scope, depth + 1);
  if (expression.type === 'parentheses') return inner(expression.inner);
  if (expression.type === 'template' && expression.parts.length === 1) return readQuoted(expression, scope, wrong);
  if (expression.type === 'variable')
    return { type: primitives.get(expression.name) ?? legacy(expression.name) ?? wrong(), defaults: undefined };
  if (expression.type !== 'call') return wrong();
  const [arg] = expression.args;
  if (arg === undefined) return wrong();
  switch (expression.name) {
    case 'list':
    case 'set':
    case 'map': {
      const { type: of, defaults } = inner(arg);
      return { type: { type: expression.name, of }, defaults: defaults && { values: new Map(), below: new Map([['', defaults]]) } };
    }
    case 'tuple': {
      if (arg.type !== 'tuple') return wrong();
      const items = arg.items.map(inner);
      const below = new Map(items.flatMap(({ defaults }, index) => (defaults ? [[String(index), defaults] as const] : [])));
      return {
        type: { type: 'tuple', items: items.map(({ type }) => type) },
        defaults: below.size > 0 ? { values: new Map(), below } : undefined,
      };
    }
    case 'object':
      return arg.type === 'object' ? readObject(arg, scope, depth, wrong) : wrong();
    default:
      return wrong();
  }
};

const primitives: ReadonlyMap<string, HclType> = new Map<string, HclType>([
  ['any', anyType],
  ['string', stringType],
  ['number', numberType],
  ['bool', boolType],
]);

/** Bare `list` and `map`, as they were written before 0.12. */
const legacy = (name: string): HclType | undefined =>
  name === 'list' || name === 'map' || name === 'set' ? { type: name, of: anyType } : undefined;

const readQuoted = (expression: Expression & { readonly type: 'template' }, scope: Scope, wrong: () => never): Constraint => {
  const value = evaluate(expression, scope);
  const name = value.type === 'string' ? value.value : '';
  return { type: primitives.get(name) ?? legacy(name) ?? wrong(), defaults: undefined };
};

const readObject = (object: Expression & { readonly type: 'object' }, scope: Scope, depth: number, wrong: () => never): Constraint => {
  const attributes = new Map<string, HclType>();
  const optional = new Set<string>();
  const values = new Map<string, HclValue>();
  const below = new Map<string, Defaults>();
  for (const { key, value } of object.items) {
    const name = key.type === 'literal' && typeof key.value === 'string' ? key.value : textOf(evaluate(key, scope));
    if (name === undefined) return wrong();
    const isOptional = value.type === 'call' && value.name === 'optional';
    const constraint = isOptional ? value.args[0] : value;
    if (constraint === undefined) return wrong();
    const { type, defaults } = readConstraint(constraint, scope, depth + 1);
    attributes.set(name, type);
    if (defaults) below.set(name, defaults);
    if (!isOptional) continue;
    optional.add(name);
    const fallback = value.args[1];
    if (fallback) values.set(name, converted(evaluate(fallback, scope), type, fallback));
  }
  return { type: { type: 'object', attributes, optional }, defaults: values.size + below.size > 0 ? { values, below } : undefined };
};

const textOf = (value: HclValue): string | undefined => (value.type === 'string' ? value.value : undefined);

const converted = (value: HclValue, type: HclType, { span }: Expression): HclValue => {
  const made = convert(value, type);
  return 'value' in made
    ? made.value
    : fail(
        `Invalid default value for optional attribute: This default value is not compatible with the attribute's type constraint: ${made.problem}`,
        span,
      );
};

/** A value with what its defaults fill in. */
export const withDefaults = (value: HclValue, defaults: Defaults | undefined): HclValue => {
  if (defaults === undefined) return value;
  const { values, below } = defaults;
  const each = below.get('');
  if ('items' in value) return { ...value, items: value.items.map((item, index) => withDefaults(item, each ?? below.get(String(index)))) };
  if (!('entries' in value)) return value;
  const entries = new Map<string, HclValue>();
  for (const [name, item] of value.entries) entries.set(name, withDefaults(item, each ?? below.get(name)));
  for (const [name, fallback] of values) {
    const known = entries.get(name);
    if (known !== undefined && known.type !== 'null') continue;
    if (known === undefined && value.open) continue;
    entries.set(name, withDefaults(fallback, below.get(name)));
  }
  return { type: 'object', entries, at: value.at, isSensitive: value.isSensitive, open: value.open };
};
