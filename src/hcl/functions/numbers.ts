/** Functions of numbers, and the conversions to a type (go-cty: `function/stdlib/number.go`; terraform: `funcs/conversion.go`). */
import { convert } from '../value/convert.ts';
import { anyType, boolType, type HclType, listOf, mapOf, numberType, setOf, stringType } from '../value/type.ts';
import { hclBool, hclNull, hclNumber, isSecret, tidy } from '../value/value.ts';
import { everything, failArgument, failCall, type HclFunction, nullable, number, numberOf, text, textOf } from './define.ts';

const ofNumbers = (apply: (...numbers: readonly number[]) => number, count = 1): HclFunction => ({
  parameters: Array.from({ length: count }, () => number),
  returns: numberType,
  call: (args, context) => {
    const value = apply(...args.map(numberOf));
    return Number.isFinite(value) ? hclNumber(tidy(value), context.at) : failCall(context, 'the result is no finite number');
  },
});

const most = (choose: (...numbers: readonly number[]) => number): HclFunction => ({
  parameters: [number],
  rest: number,
  returns: numberType,
  call: (args, { at }) => hclNumber(choose(...args.map(numberOf)), at),
});

const to = (name: string, type: HclType): HclFunction => ({
  parameters: [{ type: anyType, isNullable: true, mayHoldUnknown: true }],
  returns: type,
  call: ([value = hclNull()], context) => {
    const converted = convert(value, type);
    return 'value' in converted ? converted.value : failArgument(context, 0, `cannot convert to ${name.slice(2)}: ${converted.problem}`);
  },
});

export const numberFunctions: ReadonlyMap<string, HclFunction> = new Map<string, HclFunction>(
  Object.entries({
    abs: ofNumbers(Math.abs),
    ceil: ofNumbers((value) => Math.ceil(value) + 0),
    floor: ofNumbers((value) => Math.floor(value) + 0),
    signum: ofNumbers(Math.sign),
    pow: ofNumbers((base = 0, exponent = 0) => base ** exponent, 2),
    log: ofNumbers((value = 1, base = 10) => Math.log(value) / Math.log(base), 2),
    max: most(Math.max),
    min: most(Math.min),
    parseint: {
      parameters: [text, number],
      returns: numberType,
      call: ([digits, base], context) => {
        const written = textOf(digits);
        const value = Number.parseInt(written, numberOf(base));
        const isWhole = /^[+-]?[0-9A-Za-z]+$/.test(written) && !Number.isNaN(value) && Number.isSafeInteger(value);
        const isAll = isWhole && value.toString(numberOf(base)).replace('-', '') === written.toLowerCase().replace(/^[+-]?0*(?=.)/, '');
        return isAll
          ? hclNumber(value, context.at)
          : failArgument(context, 0, `cannot parse ${JSON.stringify(written)} as a base ${numberOf(base)} integer`);
      },
    },
    tostring: to('tostring', stringType),
    tonumber: to('tonumber', numberType),
    tobool: to('tobool', boolType),
    tolist: to('tolist', listOf(anyType)),
    toset: to('toset', setOf(anyType)),
    tomap: to('tomap', mapOf(anyType)),
    sensitive: {
      parameters: [everything],
      returns: anyType,
      call: ([value = hclNull()]) => ({ ...value, isSensitive: true }),
    },
    nonsensitive: {
      parameters: [everything],
      returns: anyType,
      call: ([value = hclNull()]) => ({ ...value, isSensitive: false }),
    },
    issensitive: {
      parameters: [nullable],
      returns: boolType,
      call: ([value = hclNull()], { at }) => hclBool(isSecret(value), at),
    },
  }),
);
