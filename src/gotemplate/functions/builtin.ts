/** The functions that Go's text/template has by itself (`funcs.go`). */
import { failCall } from '../failure.ts';
import { sprint, sprintf, sprintln } from '../format.ts';
import { derived, type GoFunction, goFunction } from '../function.ts';
import { type Context, hasHole, holesIn } from '../hole.ts';
import { byBytes, type GoValue, goBool, goInt, goNil, goString, truth, typeName, type Unknown, wellFormed } from '../value.ts';

const indexOf = (index: GoValue, length: number): number => {
  if (index.type === 'nil') return failCall('cannot index slice/array with nil');
  if (index.type !== 'int') return failCall(`cannot index slice/array with type ${typeName(index)}`);
  const position = Number(index.value);
  return position < 0 || position >= length ? failCall(`index out of range: ${position}`) : position;
};

const indexed = (item: GoValue, index: GoValue, { holes }: Context): GoValue => {
  if (item.type === 'unknown') return derived(item, 'element of');
  if (index.type === 'unknown') return derived(index, 'element at');
  switch (item.type) {
    case 'list':
      return item.items[indexOf(index, item.items.length)] ?? goNil;
    case 'string': {
      const [hole] = holesIn(item.value, holes);
      if (hole) return derived(hole, 'letter of');
      const bytes = Buffer.from(item.value);
      return goInt(bytes[indexOf(index, bytes.length)] ?? 0, 'uint8');
    }
    case 'map': {
      if (index.type === 'nil') return failCall('value is nil; should be of type string');
      if (index.type !== 'string') return failCall(`value has type ${typeName(index)}; should be string`);
      const absent = item.of === 'string' ? goString('') : goNil;
      return item.entries.get(index.value) ?? (item.open ? derived(item.open, `${index.value} of`) : absent);
    }
    case 'nil':
      return failCall('index of nil pointer');
    default:
      return failCall(`can't index item of type ${typeName(item)}`);
  }
};

const lengthOf = (item: GoValue, { holes }: Context): GoValue => {
  switch (item.type) {
    case 'unknown':
      return derived(item, 'len');
    case 'list':
      return goInt(item.items.length);
    case 'map':
      return item.open ? derived(item.open, 'len') : goInt(item.entries.size);
    case 'string': {
      const [hole] = holesIn(item.value, holes);
      return hole ? derived(hole, 'len') : goInt(Buffer.byteLength(item.value));
    }
    case 'nil':
      return failCall('len of nil pointer');
    default:
      return failCall(`len of type ${typeName(item)}`);
  }
};

/** What may be compared, and by what. */
const kindOf = (value: GoValue): 'bool' | 'int' | 'uint' | 'float' | 'string' | undefined => {
  switch (value.type) {
    case 'bool':
    case 'string':
      return value.type;
    case 'int':
      return value.of === 'uint8' ? 'uint' : 'int';
    case 'float64':
      return 'float';
    default:
      return undefined;
  }
};

const isInteger = (kind: ReturnType<typeof kindOf>): boolean => kind === 'int' || kind === 'uint';

const equals = (a: GoValue, b: GoValue): boolean => {
  const [kindA, kindB] = [kindOf(a), kindOf(b)];
  if (kindA !== kindB && !(isInteger(kindA) && isInteger(kindB))) {
    if (a.type === 'nil' || b.type === 'nil') return false;
    return failCall(`incompatible types for comparison: ${typeName(a)} and ${typeName(b)}`);
  }
  if (kindA !== undefined) return 'value' in a && 'value' in b && a.value === b.value;
  if (a.type === 'nil' || b.type === 'nil') return isNil(a) === isNil(b);
  if (a.type !== b.type) return failCall(`non-comparable types ${typeName(a)} and ${typeName(b)}`);
  if (isNil(a) || isNil(b)) return isNil(a) === isNil(b);
  return failCall(`non-comparable type ${typeName(b)}`);
};

const isNil = (value: GoValue): boolean => value.type === 'nil' || (value.type === 'list' && value.isNil === true);

const isLess = (a: GoValue, b: GoValue): boolean => {
  const [kindA, kindB] = [kindOf(a), kindOf(b)];
  if (kindA === undefined || kindB === undefined) return failCall('invalid type for comparison');
  if (kindA !== kindB && !(isInteger(kindA) && isInteger(kindB))) {
    return failCall(`incompatible types for comparison: ${typeName(a)} and ${typeName(b)}`);
  }
  if (a.type === 'string' && b.type === 'string') return byBytes(a.value, b.value) < 0;
  if (a.type === 'int' && b.type === 'int') return a.value < b.value;
  if (a.type === 'float64' && b.type === 'float64') return a.value < b.value;
  return failCall('invalid type for comparison');
};

const isAtMost = (a: GoValue, b: GoValue): boolean => isLess(a, b) || equals(a, b);

const comparison = (gives: (a: GoValue, b: GoValue) => boolean): GoFunction =>
  goFunction({ takes: ['any', 'any'], gives: ([a, b]) => goBool(gives(a, b)) });

/** The arguments as one text, as the escaping functions take them. */
const joined = (values: readonly GoValue[], context: Context): string =>
  sprint(
    values.map((value) => (value.type === 'nil' ? goString('<no value>') : value)),
    context,
  );

const escaping = (gives: (text: string) => string): GoFunction =>
  goFunction({ takes: [], rest: 'any', unknowns: 'text', gives: (_, context, values) => goString(gives(joined(values, context))) });

const htmlEscapes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '\0': '\ufffd',
    '"': '&#34;',
    "'": '&#39;',
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
  }),
);

const jsEscapes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '\\': '\\\\',
    "'": "\\'",
    '"': '\\"',
    '<': '\\u003C',
    '>': '\\u003E',
    '&': '\\u0026',
    '=': '\\u003D',
  }),
);

const jsEscaped = (letter: string): string => {
  const known = jsEscapes.get(letter);
  if (known !== undefined) return known;
  const code = letter.codePointAt(0) ?? 0;
  return code < 0x20 || !/[\p{L}\p{M}\p{N}\p{P}\p{S}\ue000\ue001]/u.test(letter)
    ? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`
    : letter;
};

const queryEscaped = (text: string): string =>
  encodeURIComponent(wellFormed(text))
    .replaceAll('%20', '+')
    .replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

const truthOf = (value: GoValue): GoValue => {
  const known = truth(value);
  if (known !== undefined) return goBool(!known);
  const unknown: Unknown | undefined = value.type === 'unknown' ? value : value.type === 'map' ? value.open : undefined;
  return unknown ? { ...unknown, isNegated: !unknown.isNegated } : goBool(true);
};

export const builtinFunctions: ReadonlyMap<string, GoFunction> = new Map(
  Object.entries({
    // `and` and `or` are the evaluator's, since they need not look at all their arguments.
    and: goFunction({ takes: [], rest: 'any', gives: () => goNil }),
    or: goFunction({ takes: [], rest: 'any', gives: () => goNil }),
    not: goFunction({ takes: ['any'], unknowns: 'structure', gives: ([value]) => truthOf(value) }),
    call: goFunction({ takes: ['any'], rest: 'any', gives: ([value]) => failCall(`non-function of type ${typeName(value)}`) }),
    index: goFunction({
      takes: ['any'],
      rest: 'any',
      unknowns: 'structure',
      gives: ([item], context, indexes) => {
        if (item.type === 'nil') return failCall('index of untyped nil');
        return indexes.reduce<GoValue>((here, index) => indexed(here, index, context), item);
      },
    }),
    len: goFunction({ takes: ['any'], unknowns: 'structure', gives: ([item], context) => lengthOf(item, context) }),
    print: goFunction({ takes: [], rest: 'any', unknowns: 'text', gives: (_, context, values) => goString(sprint(values, context)) }),
    println: goFunction({ takes: [], rest: 'any', unknowns: 'text', gives: (_, context, values) => goString(sprintln(values, context)) }),
    printf: goFunction({
      takes: ['string'],
      rest: 'any',
      unknowns: 'text',
      gives: ([format], context, values) => goString(hasHole(format) ? format : sprintf(format, values, context)),
    }),
    html: escaping((text) => text.replace(/[\0"'&<>]/g, (letter) => htmlEscapes.get(letter) ?? letter)),
    js: escaping((text) => text.replace(/[\\'"<>&=]|[^ -~]/gu, jsEscaped)),
    urlquery: goFunction({ takes: [], rest: 'any', gives: (_, context, values) => goString(queryEscaped(joined(values, context))) }),
    eq: goFunction({
      takes: ['any'],
      rest: 'any',
      gives: ([value], _, others) => {
        if (others.length === 0) return failCall('missing argument for comparison');
        return goBool(others.some((other) => equals(value, other)));
      },
    }),
    ne: comparison((a, b) => !equals(a, b)),
    lt: comparison(isLess),
    le: comparison(isAtMost),
    gt: comparison((a, b) => !isAtMost(a, b)),
    ge: comparison((a, b) => !isLess(a, b)),
  }),
);
