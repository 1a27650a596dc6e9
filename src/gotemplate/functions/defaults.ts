/** slim-sprig's functions of defaults and of types (`defaults.go`, `reflect.go`). */
import { deepEqual } from '../deep-equal.ts';
import { failCall } from '../failure.ts';
import { derived, type GoFunction, goFunction } from '../function.ts';
import { type GoValue, goBool, goNil, goString, kindName, truth, typeName } from '../value.ts';

/** Whether a value is the zero of its type; what is unknown is taken for none. */
export const isEmpty = (value: GoValue): boolean => truth(value) === false;

/** The first that is not empty, or what cannot be known before. */
const firstFull = (values: readonly GoValue[]): GoValue => {
  for (const value of values) {
    const isFull = truth(value);
    if (isFull === true) return value;
    if (isFull === undefined) return unknownOf(value);
  }
  return goNil;
};

const unknownOf = (value: GoValue): GoValue => {
  if (value.type === 'unknown') return derived(value, 'default');
  return value.type === 'map' && value.open ? derived(value.open, 'default') : value;
};

export const defaultFunctions: ReadonlyMap<string, GoFunction> = new Map(
  Object.entries({
    default: goFunction({
      takes: ['any'],
      rest: 'any',
      unknowns: 'structure',
      gives: ([preset], _, [given]) => {
        if (given === undefined || isEmpty(given)) return preset;
        return truth(given) === undefined ? unknownOf(given) : given;
      },
    }),
    empty: goFunction({ takes: ['any'], gives: ([value]) => goBool(isEmpty(value)) }),
    coalesce: goFunction({ takes: [], rest: 'any', unknowns: 'structure', gives: (_, __, values) => firstFull(values) }),
    all: goFunction({ takes: [], rest: 'any', gives: (_, __, values) => goBool(!values.some(isEmpty)) }),
    any: goFunction({ takes: [], rest: 'any', gives: (_, __, values) => goBool(values.some((value) => !isEmpty(value))) }),
    ternary: goFunction({
      takes: ['any', 'any', 'any'],
      unknowns: 'structure',
      gives: ([yes, no, condition]) => {
        if (condition.type === 'unknown') return derived(condition, 'ternary');
        if (condition.type !== 'bool') return failCall(`wrong type for value; expected bool; got ${typeName(condition)}`);
        return condition.value ? yes : no;
      },
    }),
    fail: goFunction({ takes: ['string'], gives: ([message]) => failCall(message) }),
    typeOf: goFunction({ takes: ['any'], gives: ([value]) => goString(typeName(value)) }),
    typeIs: goFunction({ takes: ['string', 'any'], gives: ([name, value]) => goBool(name === typeName(value)) }),
    typeIsLike: goFunction({
      takes: ['string', 'any'],
      gives: ([name, value]) => goBool([name, `*${name}`].includes(typeName(value))),
    }),
    kindOf: goFunction({ takes: ['any'], gives: ([value]) => goString(kindName(value)) }),
    kindIs: goFunction({ takes: ['string', 'any'], gives: ([name, value]) => goBool(name === kindName(value)) }),
    deepEqual: goFunction({ takes: ['any', 'any'], gives: ([a, b], context) => goBool(deepEqual(a, b, context)) }),
  }),
);
