/** The transform `convert` (function-patch-and-transform, `ResolveConvert`): one type of JSON made another. */

import { formatFloat } from '../../../gotemplate/format-number.ts';
import { fromJson } from '../../../gotemplate/functions/json.ts';
import { parseGoFloat } from '../../../gotemplate/parse-number.ts';
import { type GoValue, goBool, goFloat, goInt, goString } from '../../../gotemplate/value.ts';
import { type Node, stringAt } from '../../../yaml/node.ts';
import type { Failure } from './field-path.ts';

type Converted = { readonly type: 'value'; readonly value: GoValue } | Failure;

const types = ['string', 'bool', 'int', 'int64', 'float64', 'object', 'array'];

export const converted = (input: GoValue, settings: Node): Converted => {
  const format = stringAt(settings, 'format') ?? 'none';
  const wanted = stringAt(settings, 'toType') ?? '';
  if (!['none', 'quantity', 'json'].includes(format)) return failed(`invalid format ${format}`);
  if (!types.includes(wanted)) return failed(`invalid type ${wanted}`);
  const to = wanted === 'int' ? 'int64' : wanted;
  const from = input.type === 'int' ? 'int64' : input.type;
  if (!types.includes(from)) return failed(`invalid input type ${from}`);
  if (from === to) return { type: 'value', value: input };
  const result = convert(input, to, format);
  if (result === undefined) return failed(`conversion from ${from} to ${wanted} is not supported with format ${format}`);
  return 'message' in result ? result : { type: 'value', value: { ...result, at: input.at } };
};

const failed = (message: string): Failure => ({ type: 'failed', message });

/** undefined where `getConversion` has no such pair. */
const convert = (input: GoValue, to: string, format: string): GoValue | Failure | undefined => {
  if (input.type === 'string' && format === 'json') return to === 'object' || to === 'array' ? parsedAs(input.value, to) : undefined;
  if (input.type === 'string' && format === 'quantity') return to === 'float64' ? quantity(input.value) : undefined;
  if (format !== 'none') return undefined;
  switch (input.type) {
    case 'string':
      return fromString(input.value, to);
    case 'int':
      return fromNumber(Number(input.value), String(input.value), to);
    case 'float64':
      return fromNumber(input.value, formatFloat(input.value, 'f'), to);
    case 'bool':
      return fromBool(input.value, to);
    default:
      return undefined;
  }
};

const fromString = (text: string, to: string): GoValue | Failure | undefined => {
  const invalid = (by: string) => failed(`strconv.${by}: parsing ${JSON.stringify(text)}: invalid syntax`);
  switch (to) {
    case 'int64': {
      if (!/^[+-]?[0-9]+$/.test(text)) return invalid('ParseInt');
      const whole = BigInt(text.replace(/^\+/, ''));
      return BigInt.asIntN(64, whole) === whole ? goInt(whole, 'int64') : failed(`strconv.ParseInt: parsing "${text}": value out of range`);
    }
    case 'bool':
      if (/^(?:1|t|T|TRUE|true|True)$/.test(text)) return goBool(true);
      return /^(?:0|f|F|FALSE|false|False)$/.test(text) ? goBool(false) : invalid('ParseBool');
    case 'float64': {
      const number = parseGoFloat(text);
      return number === undefined ? invalid('ParseFloat') : goFloat(number);
    }
    default:
      return undefined;
  }
};

const fromNumber = (number: number, text: string, to: string): GoValue | undefined => {
  if (to === 'string') return goString(text);
  if (to === 'bool') return goBool(number === 1);
  if (to === 'float64') return goFloat(number);
  return to === 'int64' ? goInt(Math.trunc(number), 'int64') : undefined;
};

const fromBool = (flag: boolean, to: string): GoValue | undefined => {
  if (to === 'string') return goString(String(flag));
  if (to === 'int64') return goInt(flag ? 1 : 0, 'int64');
  return to === 'float64' ? goFloat(flag ? 1 : 0) : undefined;
};

const parsedAs = (text: string, to: 'object' | 'array'): GoValue | Failure => {
  const parsed = fromJson(text);
  if (parsed === undefined) return failed('the text is no JSON');
  const fits = parsed.type === 'nil' || (to === 'object' ? parsed.type === 'map' : parsed.type === 'list');
  return fits ? parsed : failed(`json: cannot unmarshal ${parsed.type} into an ${to}`);
};

const suffixes: ReadonlyMap<string, number> = new Map(
  Object.entries({
    n: 1e-9,
    u: 1e-6,
    m: 1e-3,
    '': 1,
    k: 1e3,
    M: 1e6,
    G: 1e9,
    T: 1e12,
    P: 1e15,
    E: 1e18,
    Ki: 2 ** 10,
    Mi: 2 ** 20,
    Gi: 2 ** 30,
    Ti: 2 ** 40,
    Pi: 2 ** 50,
    Ei: 2 ** 60,
  }),
);

/** `AsApproximateFloat64` of apimachinery's Quantity. */
const quantity = (text: string): GoValue | Failure => {
  const [, digits, exponent, suffix] = /^([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(?:([eE][+-]?[0-9]+)|([A-Za-z]{0,2}))$/.exec(text) ?? [];
  const factor = suffixes.get(suffix ?? '');
  if (digits === undefined || factor === undefined) return failed('quantities must match the regular expression of Kubernetes');
  return goFloat(Number(`${digits}${exponent ?? ''}`) * factor);
};
