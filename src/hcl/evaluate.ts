/**
 * Expressions → values (hashicorp/hcl: `hclsyntax/expression.go`, `expression_template.go`, `expression_ops.go`). A value
 * that nobody knows is a value; what Terraform refuses is raised (`failure.ts`) at the place that Terraform names.
 */
import type { Origin } from '../model/origin.ts';
import type { Span } from '../model/span.ts';
import { attempt, fail, raise } from './failure.ts';
import { freeNames, hasDirectives } from './free-names.ts';
import type { CallContext, HclFunction, Parameter } from './functions/define.ts';
import { functionNamed, otherFunctions } from './functions/table.ts';
import { type Access, enter, limits, type Scope, spend } from './machine.ts';
import { parseTemplate } from './syntax/parse.ts';
import type {
  Binary,
  Call,
  Conditional,
  Expression,
  For,
  GetAttribute,
  GetIndex,
  ObjectExpression,
  Part,
  Splat,
  Template,
} from './syntax/tree.ts';
import { convert } from './value/convert.ts';
import { isEqual } from './value/equal.ts';
import { isTrueResult } from './value/precision.ts';
import { piecesOf } from './value/text.ts';
import { anyType, boolType, type HclType, listOf, numberType, stringType, typeName } from './value/type.ts';
import {
  asHole,
  type HclUnknown,
  type HclValue,
  hclBool,
  hclNull,
  hclNumber,
  hclObject,
  hclString,
  hclTuple,
  identity,
  isUnknown,
  secretAs,
  sortedEntries,
  type TextPiece,
  tidy,
  typeOf,
  typeOfAll,
  unknownIn,
} from './value/value.ts';

export const evaluate = (expression: Expression, scope: Scope): HclValue => {
  spend(scope.machine, 1, expression.span);
  return enter(scope.machine, expression.span, () => evaluateAny(expression, scope));
};

const evaluateAny = (expression: Expression, scope: Scope): HclValue => {
  const { span } = expression;
  switch (expression.type) {
    case 'literal':
      return literal(expression.value, span);
    case 'template':
      return evaluateTemplate(expression, scope);
    case 'wrap':
      return evaluate(expression.inner, scope);
    case 'parentheses':
      return evaluate(expression.inner, scope);
    case 'variable':
    case 'attribute':
    case 'index':
      return evaluateAccess(expression, scope);
    case 'splat':
      return evaluateSplat(expression, scope);
    case 'splat-item':
      return scope.item ?? fail('Invalid splat: there is nothing to go over', span);
    case 'call':
      return evaluateCall(expression, scope);
    case 'tuple':
      return hclTuple(
        expression.items.map((item) => evaluate(item, scope)),
        at(span),
      );
    case 'object':
      return evaluateObject(expression, scope);
    case 'for':
      return evaluateFor(expression, scope);
    case 'conditional':
      return evaluateConditional(expression, scope);
    case 'binary':
      return evaluateBinary(expression, scope);
    case 'unary':
      return expression.operator === '!'
        ? negated(evaluate(expression.operand, scope), span)
        : minus(evaluate(expression.operand, scope), span);
    default:
      return expression satisfies never;
  }
};

const at = (span: Span): Origin => ({ span, via: [] });

const literal = (value: string | number | boolean | null, span: Span): HclValue => {
  switch (typeof value) {
    case 'string':
      return hclString(value, at(span));
    case 'number': {
      if (!Number.isInteger(value) || Number.isSafeInteger(value)) return hclNumber(value, at(span));
      return { type: 'unknown', of: numberType, why: 'the number is too large to be exact here', key: `number:${value}`, at: at(span) };
    }
    case 'boolean':
      return hclBool(value, at(span));
    default:
      return hclNull(anyType, at(span));
  }
};

// Templates

const evaluateTemplate = (template: Template, scope: Scope): HclValue => {
  const { machine } = scope;
  if (machine.way !== undefined || !hasDirectives(template.parts)) return renderTemplate(template, scope);
  const before = machine.hasForked;
  try {
    machine.hasForked = false;
    machine.way = true;
    const one = renderTemplate(template, scope);
    if (!machine.hasForked) return one;
    machine.way = false;
    const other = attempt(() => renderTemplate(template, scope));
    if (!('value' in other)) return one;
    const key = `template:${template.span.path}:${template.span.start}:${identity(one)}`.slice(0, 400);
    return { type: 'unknown', of: stringType, why: 'it depends on what is unknown', key, ways: [one, other.value], at: at(template.span) };
  } finally {
    machine.way = undefined;
    machine.hasForked = before;
  }
};

const renderTemplate = ({ parts, span }: Template, scope: Scope): HclValue => {
  const output: Output = { pieces: [], length: 0, sources: [] };
  renderParts(parts, scope, output);
  const pieces = output.pieces;
  return secretAs({ type: 'string', value: pieces.map(({ text }) => text).join(''), pieces, at: at(span) }, ...output.sources);
};

interface Output {
  readonly pieces: TextPiece[];
  length: number;
  /** Values that are sensitive. */
  readonly sources: HclValue[];
}

const renderParts = (parts: readonly Part[], scope: Scope, output: Output): void => {
  for (const part of parts) {
    switch (part.type) {
      case 'text':
        add(output, { text: part.text, at: at(part.span), isExact: part.isExact }, scope);
        break;
      case 'interpolation':
        for (const piece of interpolated(evaluate(part.expression, scope), part.span, part.expression.span, scope, output))
          add(output, piece, scope);
        break;
      case 'if':
        if (decide(evaluate(part.condition, scope), part.condition.span, scope)) renderParts(part.then, scope, output);
        else renderParts(part.otherwise, scope, output);
        break;
      case 'for':
        for (const [key, value] of loopItems(evaluate(part.collection, scope), part.collection.span, scope)) {
          renderParts(part.body, withNames(scope, part.keyName, key, part.valueName, value), output);
        }
        break;
      default:
        part satisfies never;
    }
  }
};

const add = (output: Output, piece: TextPiece, { machine }: Scope): void => {
  output.length += piece.text.length;
  spend(machine, 1 + Math.trunc(piece.text.length / 1000), piece.at.span);
  if (output.length > limits.text) raise({ message: 'The text grows longer than is looked at', span: piece.at.span, isLimit: true });
  output.pieces.push(piece);
};

const interpolated = (value: HclValue, span: Span, expressionSpan: Span, scope: Scope, output: Output): readonly TextPiece[] => {
  const { machine } = scope;
  if (value.isSensitive) output.sources.push(value);
  const definition = value.at && !isSameSpan(value.at.span, expressionSpan) ? [{ type: 'reference' as const, at: value.at.span }] : [];
  const place: Origin = { span, via: [...definition, ...(value.at?.via ?? [])] };
  if (value.type === 'unknown') {
    const way = machine.way === undefined ? undefined : value.ways?.[machine.way ? 0 : 1];
    if (way) {
      machine.hasForked = true;
      return interpolated(way, span, expressionSpan, scope, output);
    }
    return [{ text: asHole(value, machine.holes), at: place, isExact: false }];
  }
  if (value.type === 'null')
    return fail(
      'Invalid template interpolation value: The expression result is null. Cannot include a null value in a string template',
      span,
    );
  const converted = convert(value, stringType);
  if (!('value' in converted) || converted.value.type !== 'string') {
    return fail(
      `Invalid template interpolation value: Cannot include the given value in a string template: string is required, not ${typeName(typeOf(value))}`,
      span,
    );
  }
  // Text of several lines keeps its own places: it is what somebody would edit.
  if (value.type === 'string' && value.pieces && value.value.includes('\n')) return piecesOf(value, place);
  return [{ text: converted.value.value, at: place, isExact: false }];
};

const isSameSpan = (a: Span, b: Span): boolean => a.path === b.path && a.start === b.start && a.end === b.end;

/** A condition; one that is unknown goes the way that is tried at present. */
const decide = (value: HclValue, span: Span, { machine }: Scope): boolean => {
  if (value.type === 'unknown') {
    machine.hasForked = true;
    return (machine.way ?? true) !== (value.isNegated ?? false);
  }
  if (value.type === 'null') return fail('Null condition: The condition value is null. Conditions must either be true or false', span);
  const converted = convert(value, boolType);
  if (!('value' in converted))
    return fail(`Incorrect condition type: The condition expression must be of type bool: ${converted.problem}`, span);
  return converted.value.type === 'bool' && converted.value.value;
};

/** What a loop goes over; of something unknown one item or none. */
const loopItems = (collection: HclValue, span: Span, scope: Scope): readonly (readonly [HclValue, HclValue])[] => {
  if (collection.type === 'unknown') {
    const { machine } = scope;
    machine.hasForked = true;
    return (machine.way ?? true) ? [[itemOf(collection, 'key', stringType), itemOf(collection, 'value', anyType)]] : [];
  }
  if (collection.type === 'null')
    return fail("Iteration over null value: A null value cannot be used as the collection in a 'for' expression", span);
  const items = elements(collection, span);
  if ('open' in collection && collection.open) {
    scope.machine.hasForked = true;
    if (scope.machine.way ?? true)
      return [...items, [itemOf(collection.open, 'key', stringType), itemOf(collection.open, 'value', anyType)]];
  }
  return items;
};

const itemOf = ({ why, key, at: place, isOfApply }: HclUnknown, part: string, of: HclType): HclUnknown => ({
  type: 'unknown',
  of,
  why,
  key: `${key}[${part}]`,
  at: place,
  isOfApply,
});

/** Keys and values, in Terraform's order. */
const elements = (collection: HclValue, span: Span): readonly (readonly [HclValue, HclValue])[] => {
  switch (collection.type) {
    case 'list':
    case 'tuple':
      return collection.items.map((item, index) => [hclNumber(index, item.at), secretAs(item, collection)] as const);
    case 'set':
      return collection.items.map((item) => [item, secretAs(item, collection)] as const);
    case 'map':
    case 'object':
      return sortedEntries(collection).map(([key, item]) => [hclString(key, item.at), secretAs(item, collection)] as const);
    default:
      return fail(
        `Iteration over non-iterable value: A value of type ${typeName(typeOf(collection))} cannot be used as the collection in a 'for' expression`,
        span,
      );
  }
};

const withNames = (scope: Scope, keyName: string | undefined, key: HclValue, valueName: string, value: HclValue): Scope => {
  const names = new Map(scope.names);
  if (keyName !== undefined) names.set(keyName, key);
  names.set(valueName, value);
  return { ...scope, names };
};

// Access

type AccessExpression = GetAttribute | GetIndex | (Expression & { readonly type: 'variable' });

const evaluateAccess = (expression: AccessExpression, scope: Scope): HclValue => {
  const steps: (GetAttribute | GetIndex)[] = [];
  let root: Expression = expression;
  while (root.type === 'attribute' || root.type === 'index') {
    steps.unshift(root);
    root = root.of;
  }
  let value: HclValue;
  let used = 0;
  if (root.type === 'variable') {
    const named = scope.names.get(root.name);
    if (named) value = named;
    else {
      const accesses = steps.map((step): Access => ({ key: step.type === 'attribute' ? step.name : step.key, expression: step }));
      const resolved = scope.resolve(root.name, accesses, root);
      value = resolved.value;
      used = resolved.used;
    }
  } else value = evaluate(root, scope);
  for (const step of steps.slice(used)) value = applyStep(value, step, scope);
  return referred(value, expression.span);
};

/** A single value is told at the place that refers to it, with the way to where it was written. */
const referred = (value: HclValue, span: Span): HclValue => {
  if ('items' in value || 'entries' in value || value.at === undefined || isSameSpan(value.at.span, span)) return value;
  if (value.type === 'string' && value.value.includes('\n')) return value;
  if (value.at.via.length > 8) return value;
  const origin: Origin = { span, via: [{ type: 'reference', at: value.at.span }, ...value.at.via] };
  return value.type === 'string' ? { ...value, at: origin, pieces: undefined } : { ...value, at: origin };
};

const applyStep = (value: HclValue, step: GetAttribute | GetIndex, scope: Scope): HclValue => {
  if (step.type === 'attribute') return getAttribute(value, step.name, step.at);
  return getIndex(value, evaluate(step.key, scope), step.at);
};

const getAttribute = (value: HclValue, name: string, span: Span): HclValue => {
  switch (value.type) {
    case 'unknown': {
      if (value.ways) {
        const [one, other] = [
          attempt(() => getAttribute(value.ways?.[0] ?? value, name, span)),
          attempt(() => getAttribute(value.ways?.[1] ?? value, name, span)),
        ];
        if ('value' in one && 'value' in other) return together(one.value, other.value, { ...value, key: `${value.key}.${name}` }, span);
      }
      return {
        ...value,
        ways: undefined,
        isNegated: undefined,
        of: attributeType(value.of, name),
        key: `${value.key}.${name}`.slice(0, 300),
      };
    }
    case 'null':
      return fail('Attempt to get attribute from null value: This value is null, so it does not have any attributes', span);
    case 'object':
    case 'map': {
      const found = value.entries.get(name);
      if (found) return secretAs(found, value);
      if (value.open) return { ...value.open, of: anyType, key: `${value.open.key}.${name}` };
      return fail(
        value.type === 'object'
          ? `Unsupported attribute: This object does not have an attribute named ${JSON.stringify(name)}`
          : `Invalid index: This map does not have an element with the key ${JSON.stringify(name)}`,
        span,
      );
    }
    default:
      return fail(`Unsupported attribute: Can't access attributes on a ${typeName(typeOf(value))} value`, span);
  }
};

const attributeType = (type: HclType, name: string): HclType => {
  if (type.type === 'object') return type.attributes.get(name) ?? anyType;
  return type.type === 'map' ? type.of : anyType;
};

const getIndex = (value: HclValue, key: HclValue, span: Span): HclValue => {
  const invalid = (detail: string) => fail(`Invalid index: ${detail}`, span);
  if (value.type === 'null') return fail('Attempt to index null value: This value is null, so it does not have any indices', span);
  if (value.type === 'unknown' && key.type === 'string') return getAttribute(value, key.value, span);
  const hidden = isUnknown(value) ? value : isUnknown(key) ? key : undefined;
  if (hidden) {
    const of = value.type === 'unknown' ? elementType(value.of) : anyType;
    const name = `${value.type === 'unknown' ? value.key : identity(value)}[${identity(key)}]`;
    return { type: 'unknown', of, why: hidden.why, key: name.slice(0, 400), at: value.at, isOfApply: hidden.isOfApply };
  }
  switch (value.type) {
    case 'list':
    case 'tuple': {
      const position = convert(key, numberType);
      if (!('value' in position) || position.value.type !== 'number')
        return invalid('The given key does not identify an element in this collection value: a number is required');
      const found = value.items[position.value.value];
      return found ? secretAs(found, value) : invalid('The given key does not identify an element in this collection value');
    }
    case 'map':
    case 'object': {
      const name = convert(key, stringType);
      if (!('value' in name) || name.value.type !== 'string')
        return invalid('The given key does not identify an element in this collection value: a string is required');
      const found = value.entries.get(name.value.value);
      if (found) return secretAs(found, value);
      if (value.open) return { ...value.open, of: anyType, key: `${value.open.key}.${name.value.value}` };
      return invalid('The given key does not identify an element in this collection value');
    }
    default:
      return invalid(`This value does not have any indices: it is a ${typeName(typeOf(value))}`);
  }
};

const elementType = (type: HclType): HclType => (type.type === 'list' || type.type === 'set' || type.type === 'map' ? type.of : anyType);

const evaluateSplat = ({ of, each, span }: Splat, scope: Scope): HclValue => {
  const source = evaluate(of, scope);
  if (source.type === 'null') return hclTuple([], at(span));
  if (source.type === 'unknown') {
    return {
      type: 'unknown',
      of: listOf(anyType),
      why: source.why,
      key: `${source.key}[*]${span.start}`,
      at: source.at ?? at(span),
      isOfApply: source.isOfApply,
    };
  }
  const isList = source.type === 'list' || source.type === 'set' || source.type === 'tuple';
  const items = (isList ? source.items : [source]).map((item) => evaluate(each, { ...scope, item }));
  if (source.type === 'tuple' || !isList) return secretAs(hclTuple(items, at(span)), source);
  const type = typeOfAll(items);
  return secretAs(type ? { type: 'list', of: type, items, at: at(span) } : hclTuple(items, at(span)), source);
};

// Collections

const evaluateObject = ({ items, span }: ObjectExpression, scope: Scope): HclValue => {
  const entries = new Map<string, HclValue>();
  let open: HclUnknown | undefined;
  for (const { key, value } of items) {
    const name = evaluate(key, scope);
    const made = evaluate(value, scope);
    const text = keyText(name, key.span, scope, "Null value as key: Can't use a null value as a key");
    if (typeof text === 'string') entries.set(text, made);
    else open = text;
  }
  return { ...hclObject(entries, at(span)), open };
};

/** A key as text; one that is unknown, in whole or in part, as itself. */
const keyText = (name: HclValue, span: Span, { machine }: Scope, ofNull: string): string | HclUnknown => {
  if (name.type === 'null') return fail(ofNull, span);
  const hidden = unknownIn(name, machine.holes);
  if (hidden) return hidden;
  const converted = convert(name, stringType);
  if (!('value' in converted) || converted.value.type !== 'string')
    return fail(`Incorrect key type: Can't use this value as a key: string required`, span);
  return converted.value.value;
};

const evaluateFor = (expression: For, scope: Scope): HclValue => {
  const { collection, span } = expression;
  const source = evaluate(collection, scope);
  if (source.type === 'null')
    return fail("Iteration over null value: A null value cannot be used as the collection in a 'for' expression", collection.span);
  if (source.type === 'unknown') {
    if (source.ways) {
      const made = source.ways.map((way) => attempt(() => forOver(expression, way, scope)));
      const [one, other] = made;
      if (one && other && 'value' in one && 'value' in other) return together(one.value, other.value, source, span);
    }
    const { why, key, isOfApply } = source;
    return { type: 'unknown', of: anyType, why, key: `for(${key})${span.start}`.slice(0, 300), at: at(span), isOfApply };
  }
  return forOver(expression, source, scope);
};

const forOver = (
  { keyName, valueName, collection, key, value, condition, isGrouped, span }: For,
  source: HclValue,
  scope: Scope,
): HclValue => {
  const { machine } = scope;
  const kept: Scope[] = [];
  let hidden: HclUnknown | undefined = 'open' in source ? source.open : undefined;
  for (const [name, item] of elements(source, collection.span)) {
    spend(machine, 1, span);
    const inner = withNames(scope, keyName, name, valueName, item);
    if (condition) {
      const answer = evaluate(condition, inner);
      if (answer.type === 'unknown') {
        hidden ??= answer;
        continue;
      }
      if (!decide(answer, condition.span, scope)) continue;
    }
    kept.push(inner);
  }
  if (key === undefined) {
    const items = kept.map((inner) => evaluate(value, inner));
    // Which items there are is unknown then.
    return hidden ? { ...itemOf(hidden, `for${span.start}`, listOf(anyType)) } : hclTuple(items, at(span));
  }
  const entries = new Map<string, HclValue>();
  for (const inner of kept) {
    const text = keyText(
      evaluate(key, inner),
      key.span,
      scope,
      "Invalid object key: Key expression in 'for' expression must not produce a null value",
    );
    const made = evaluate(value, inner);
    if (typeof text !== 'string') {
      hidden ??= text;
      continue;
    }
    const known = entries.get(text);
    if (isGrouped) entries.set(text, hclTuple([...(known?.type === 'tuple' ? known.items : []), made], at(span)));
    else if (known) {
      fail(
        `Duplicate object key: Two different items produced the key ${JSON.stringify(text)} in this 'for' expression. If duplicates are expected, use the ellipsis (...) after the value expression to enable grouping by key`,
        key.span,
      );
    } else entries.set(text, made);
  }
  return { ...hclObject(entries, at(span)), open: hidden };
};

// Operators

const evaluateConditional = ({ condition, then, otherwise, span }: Conditional, scope: Scope): HclValue => {
  const { machine } = scope;
  const test = evaluate(condition, scope);
  if (test.type === 'unknown' && machine.way === undefined) {
    const one = attempt(() => evaluate(then, scope));
    const other = attempt(() => evaluate(otherwise, scope));
    if ('value' in one && 'value' in other)
      return together(...(test.isNegated ? ([other.value, one.value] as const) : ([one.value, other.value] as const)), test, span);
    // One of them fails where it is not asked for: what it is guarded by is no more than a guess.
    const { why, key, isOfApply } = test;
    return { type: 'unknown', of: anyType, why, key: `${key}?${span.start}`, at: at(span), isOfApply };
  }
  const isTrue = decide(test, condition.span, scope);
  const chosen = evaluate(isTrue ? then : otherwise, scope);
  const other = attempt(() => evaluate(isTrue ? otherwise : then, scope));
  if (!('value' in other)) return secretAs(chosen, test);
  return secretAs(asCommonType(chosen, other.value, span), test);
};

/** Both arms of a conditional take the type that they have together. */
const asCommonType = (chosen: HclValue, other: HclValue, span: Span): HclValue => {
  const type = typeOfAll([chosen, other]);
  if (type === undefined) {
    return fail('Inconsistent conditional result types: The true and false result expressions must have consistent types', span);
  }
  const converted = convert(chosen, type);
  return 'value' in converted ? converted.value : chosen;
};

/** A value that is one of two, by a condition that nobody knows. */
const together = (one: HclValue, other: HclValue, condition: HclUnknown, span: Span): HclValue => {
  const type = typeOfAll([one, other]) ?? anyType;
  const [first, second] = [one, other].map((value) => {
    const converted = convert(value, type);
    return 'value' in converted ? converted.value : value;
  });
  if (first === undefined || second === undefined || isEqual(first, second) === true) return first ?? one;
  const { why, key, isOfApply } = condition;
  const name = `${key}?${span.path}:${span.start}`.slice(-400);
  return { type: 'unknown', of: type, why, key: name, ways: [first, second], at: at(span), isOfApply };
};

const evaluateBinary = (expression: Binary, scope: Scope): HclValue => {
  const { operator, left, right, span } = expression;
  const a = evaluate(left, scope);
  if (operator === '&&' || operator === '||') return logical(operator, a, () => evaluate(right, scope), expression, scope);
  const b = evaluate(right, scope);
  if (operator === '==' || operator === '!=') {
    const answer = isEqual(a, b);
    if (answer !== undefined) return secretAs(hclBool(answer === (operator === '=='), at(span)), a, b);
    const key = `(${[identity(a), identity(b)].sort().join('==')})`.slice(0, 400);
    return { type: 'unknown', of: boolType, why: whyOf(scope, a, b), key, isNegated: operator === '!=' ? true : undefined, at: at(span) };
  }
  return arithmetic(expression, a, b, scope);
};

const whyOf = ({ machine }: Scope, ...values: readonly HclValue[]): string => {
  for (const value of values) {
    const hidden = unknownIn(value, machine.holes);
    if (hidden) return hidden.why;
  }
  return 'it is unknown';
};

const logical = (operator: '&&' | '||', a: HclValue, second: () => HclValue, { left, right, span }: Binary, scope: Scope): HclValue => {
  const decisive = operator === '||';
  const first = asBool(a, left.span);
  if (first.type === 'bool' && first.value === decisive) return secretAs(hclBool(decisive, at(span)), a);
  const answer = attempt(second);
  if (!('value' in answer)) return first.type === 'unknown' ? first : raise(answer.failure);
  const b = asBool(answer.value, right.span);
  if (b.type === 'bool' && b.value === decisive) return secretAs(hclBool(decisive, at(span)), a, b);
  if (first.type === 'bool' && b.type === 'bool') return secretAs(hclBool(!decisive, at(span)), a, b);
  if (first.type === 'bool') return b;
  if (b.type === 'bool') return first;
  const key = `(${identity(first)}${operator}${identity(b)})`.slice(0, 400);
  return { type: 'unknown', of: boolType, why: whyOf(scope, first, b), key, at: at(span) };
};

const asBool = (value: HclValue, span: Span): HclValue => {
  if (value.type === 'null') return fail('Invalid operand: Unsuitable value for operand: argument must not be null', span);
  const converted = convert(value, boolType);
  return 'value' in converted ? converted.value : fail('Invalid operand: Unsuitable value for operand: a bool is required', span);
};

const asNumber = (value: HclValue, span: Span): HclValue => {
  if (value.type === 'null') return fail('Invalid operand: Unsuitable value for operand: argument must not be null', span);
  const converted = convert(value, numberType);
  return 'value' in converted ? converted.value : fail('Invalid operand: Unsuitable value for operand: a number is required', span);
};

const arithmetic = ({ operator, left, right, span }: Binary, leftValue: HclValue, rightValue: HclValue, scope: Scope): HclValue => {
  const a = asNumber(leftValue, left.span);
  const b = asNumber(rightValue, right.span);
  const isComparison = operator === '<' || operator === '>' || operator === '<=' || operator === '>=';
  if (a.type !== 'number' || b.type !== 'number') {
    const key = `(${identity(a)}${operator}${identity(b)})`.slice(0, 400);
    return { type: 'unknown', of: isComparison ? boolType : numberType, why: whyOf(scope, a, b), key, at: at(span) };
  }
  if (isComparison) {
    const answer =
      operator === '<'
        ? a.value < b.value
        : operator === '>'
          ? a.value > b.value
          : operator === '<='
            ? a.value <= b.value
            : a.value >= b.value;
    return secretAs(hclBool(answer, at(span)), a, b);
  }
  const result = calculated(operator, a.value, b.value, right.span);
  return secretAs(result, a, b);

  function calculated(sign: Binary['operator'], x: number, y: number, place: Span): HclValue {
    if (sign === '/' && y === 0) return fail('Division by zero: Cannot divide by zero', place);
    if (sign === '%' && y === 0) return fail('Operation failed: Error during operation: division by zero', place);
    const value = sign === '+' ? x + y : sign === '-' ? x - y : sign === '*' ? x * y : sign === '/' ? x / y : (x % y) + 0;
    const isExact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
    const rounded = tidy(value);
    if (isExact && (sign === '%' || isTrueResult(sign, x, y, rounded))) return hclNumber(rounded, at(span));
    return { type: 'unknown', of: numberType, why: 'the number has more digits than are kept here', key: `${x}${sign}${y}`, at: at(span) };
  }
};

const negated = (value: HclValue, span: Span): HclValue => {
  const found = asBool(value, span);
  if (found.type === 'bool') return secretAs(hclBool(!found.value, at(span)), value);
  return found.type === 'unknown' ? { ...found, isNegated: found.isNegated ? undefined : true, ways: undefined } : found;
};

const minus = (value: HclValue, span: Span): HclValue => {
  const found = asNumber(value, span);
  if (found.type === 'number') return secretAs(hclNumber(-found.value, at(span)), value);
  return found.type === 'unknown' ? { ...found, key: `-${found.key}`, ways: undefined } : found;
};

// Calls

const evaluateCall = (call: Call, scope: Scope): HclValue => {
  const { name, nameSpan, span } = call;
  if (name === 'try') return evaluateTry(call, scope);
  if (name === 'can') return evaluateCan(call, scope);
  const known = functionNamed(name);
  const { args, spans, hidden } = argumentsOf(call, scope);
  const place = at(span);
  if (hidden)
    return { type: 'unknown', of: anyType, why: hidden.why, key: `${name}(${hidden.key}...)`, at: place, isOfApply: hidden.isOfApply };
  if (known === undefined) {
    if (!name.includes('::') && !otherFunctions.has(name))
      fail(`Call to unknown function: There is no function named ${JSON.stringify(name)}`, nameSpan);
    return {
      type: 'unknown',
      of: anyType,
      why: `the function ${name} is not known here`,
      key: `${name}(${args.map(identity).join()})`.slice(0, 300),
      at: place,
    };
  }
  if (scope.isInTemplate && (name === 'templatefile' || name === 'templatestring')) {
    fail(`Error in function call: cannot recursively call ${name} from inside another template function`, span);
  }
  if (args.length < known.parameters.length)
    fail(`Not enough function arguments: Function ${JSON.stringify(name)} expects ${known.parameters.length} argument(s)`, span);
  if (!known.rest && args.length > known.parameters.length) {
    fail(
      `Too many function arguments: Function ${JSON.stringify(name)} expects only ${known.parameters.length} argument(s)`,
      spans[known.parameters.length] ?? span,
    );
  }
  const context: CallContext = {
    machine: scope.machine,
    at: place,
    spans,
    render: (template, variables, index) => renderText(template, variables, { scope, call, span: spans[index] ?? span }),
  };
  return applied(known, name, args, context);
};

interface Arguments {
  readonly args: readonly HclValue[];
  readonly spans: readonly Span[];
  /** Where the list of arguments itself is unknown. */
  readonly hidden: HclUnknown | undefined;
}

const argumentsOf = ({ args: expressions, isExpanded }: Call, scope: Scope): Arguments => {
  const args: HclValue[] = [];
  const spans: Span[] = [];
  for (const [index, expression] of expressions.entries()) {
    const value = evaluate(expression, scope);
    if (!isExpanded || index < expressions.length - 1) {
      args.push(value);
      spans.push(expression.span);
      continue;
    }
    if (value.type === 'unknown') return { args, spans, hidden: value };
    if (!('items' in value))
      return fail(
        'Invalid expanding argument value: The expanding argument (indicated by ...) must be of a tuple, list, or set type',
        expression.span,
      );
    for (const item of value.items) {
      args.push(item);
      spans.push(expression.span);
    }
  }
  return { args, spans, hidden: undefined };
};

const applied = (known: HclFunction, name: string, given: readonly HclValue[], context: CallContext): HclValue => {
  const { machine } = context;
  const args: HclValue[] = [];
  let hidden: HclUnknown | undefined;
  for (const [index, value] of given.entries()) {
    const parameter = known.parameters[index] ?? known.rest;
    if (parameter === undefined) continue;
    const span = context.spans[index] ?? context.at.span;
    if (value.type === 'null' && !parameter.isNullable)
      fail(`Invalid function argument: Invalid value for an argument of ${JSON.stringify(name)}: argument must not be null`, span);
    const converted = convert(value, parameter.type);
    if (!('value' in converted))
      return fail(`Invalid function argument: Invalid value for an argument of ${JSON.stringify(name)}: ${converted.problem}`, span);
    args.push(converted.value);
    hidden ??= hiddenIn(converted.value, parameter, machine.holes);
  }
  spend(machine, args.length, context.at.span);
  const split = splitByWays(known, name, args, context);
  if (split) return split;
  if (hidden) {
    const of = typeof known.returns === 'function' ? known.returns(args) : known.returns;
    const { why, isOfApply } = hidden;
    const key = `${name}(${args.map(identity).join()})`;
    return secretAs(
      { type: 'unknown', of, why, key: key.length > 400 ? `${key.slice(0, 380)}:${key.length}` : key, at: context.at, isOfApply },
      ...args,
    );
  }
  const result = known.call(args, context);
  if ('items' in result) spend(machine, result.items.length, context.at.span);
  return name === 'nonsensitive' || name === 'sensitive' || name === 'issensitive' ? result : secretAs(result, ...args);
};

/** An argument that is one of two, of a function that wants to know it: the result is one of two. */
const splitByWays = (known: HclFunction, name: string, args: readonly HclValue[], context: CallContext): HclValue | undefined => {
  const index = args.findIndex(
    (arg, position) => arg.type === 'unknown' && arg.ways && !(known.parameters[position] ?? known.rest)?.mayBeUnknown,
  );
  const arg = args[index];
  if (arg?.type !== 'unknown' || arg.ways === undefined) return undefined;
  const made = arg.ways.map((way) =>
    way.type === 'null' ? undefined : attempt(() => applied(known, name, args.with(index, way), context)),
  );
  const [one, other] = made;
  if (!one || !other || !('value' in one) || !('value' in other)) return undefined;
  return together(one.value, other.value, arg, context.at.span);
};

const hiddenIn = (
  value: HclValue,
  { mayBeUnknown, mayHoldUnknown }: Parameter,
  holes: Scope['machine']['holes'],
): HclUnknown | undefined => {
  if (mayBeUnknown) return undefined;
  if (mayHoldUnknown) return value.type === 'unknown' ? value : undefined;
  return unknownIn(value, holes);
};

const evaluateTry = ({ args, span }: Call, scope: Scope): HclValue => {
  if (args.length === 0) fail('Error in function call: at least one argument is required', span);
  for (const [index, arg] of args.entries()) {
    const result = attempt(() => evaluate(arg, scope));
    if ('value' in result) return result.value;
    if (result.failure.isLimit) raise(result.failure);
    if (index === args.length - 1) {
      fail(`Error in function call: Call to function "try" failed: no expression succeeded: ${result.failure.message}`, span, [
        { at: at(result.failure.span), message: 'the last of them fails here' },
      ]);
    }
  }
  return hclNull();
};

const evaluateCan = ({ args, span }: Call, scope: Scope): HclValue => {
  const [arg] = args;
  if (arg === undefined) return fail('Not enough function arguments: Function "can" expects 1 argument(s)', span);
  const result = attempt(() => evaluate(arg, scope));
  if (!('value' in result)) return result.failure.isLimit ? raise(result.failure) : hclBool(false, at(span));
  const hidden = unknownIn(result.value, scope.machine.holes);
  return hidden
    ? { type: 'unknown', of: boolType, why: hidden.why, key: `can(${identity(result.value)})`.slice(0, 400), at: at(span) }
    : hclBool(true, at(span));
};

interface Rendering {
  readonly scope: Scope;
  readonly call: Call;
  /** Of the argument that holds the variables. */
  readonly span: Span;
}

/** A template with variables of its own. */
const renderText = (
  { text, path, at: origin }: { readonly text: string; readonly path: string | undefined; readonly at: Origin },
  variables: HclValue,
  { scope, call, span }: Rendering,
): HclValue => {
  const place = (start: number, end: number): Span => (path === undefined ? origin.span : { path, start, end });
  const parsed = parseTemplate(text, place);
  if ('failure' in parsed) {
    const { message, span: where } = parsed.failure;
    return fail(`Invalid function argument: ${message}`, call.args[0]?.span ?? call.span, [
      { at: at(where), message: 'the template cannot be read' },
    ]);
  }
  const names = 'entries' in variables ? variables.entries : new Map<string, HclValue>();
  const open = 'open' in variables ? variables.open : undefined;
  for (const { name, span: where } of freeNames(parsed.value)) {
    if (names.has(name) || open) continue;
    fail(`Invalid function argument: Invalid value for "vars" parameter: vars map does not contain key ${JSON.stringify(name)}`, span, [
      { at: at(where), message: 'the template reads it here' },
    ]);
  }
  const inner: Scope = {
    machine: scope.machine,
    names,
    item: undefined,
    isInTemplate: true,
    resolve: (name, _, expression) => {
      if (open) return { value: { ...open, of: anyType, key: `${open.key}.${name}` }, used: 0 };
      return fail(`Unknown variable: There is no variable named ${JSON.stringify(name)}`, expression.span);
    },
  };
  const value = evaluate(parsed.value, inner);
  const via = path === undefined ? [] : [{ type: 'template' as const, at: call.span }];
  return secretAs(withSteps(asText(value), via), variables);
};

/** A template that is one interpolation alone gives its value. */
const asText = (value: HclValue): HclValue => {
  const converted = convert(value, stringType);
  return 'value' in converted ? converted.value : value;
};

const withSteps = (value: HclValue, via: Origin['via']): HclValue => {
  if (via.length === 0) return value;
  if (value.type === 'unknown' && value.ways) {
    const [one, other] = value.ways;
    return { ...value, ways: [withSteps(one, via), withSteps(other, via)] };
  }
  if (value.type !== 'string' || value.pieces === undefined) return value;
  const pieces = value.pieces.map((piece) => ({ ...piece, at: { span: piece.at.span, via: [...piece.at.via, ...via] } }));
  return { ...value, pieces };
};
