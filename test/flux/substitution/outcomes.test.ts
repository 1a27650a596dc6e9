import { expect, it } from 'vitest';
import type { Lookup } from '../../../src/flux/substitution/envsubst-evaluate.ts';
import { createOutcomes } from '../../../src/flux/substitution/outcomes.ts';
import { scalarNode } from '../../../src/yaml/edit.ts';

const origin = { span: { path: 'object.yaml', start: 0, end: 0 }, via: [] };
const textOf = (text: string) => scalarNode(text, origin);
const lookupIn =
  (values: Readonly<Record<string, string>>): Lookup =>
  (name) => {
    const value = values[name];
    return value === undefined ? { type: 'undefined' } : { type: 'value', value };
  };
const enough = () => ({ characters: 1_000 });

it('finds what a text becomes once for the values that it asks for, in whatever object and cluster', () => {
  const outcomes = createOutcomes();
  const text = `\${name}-\${port:=80}`;
  const first = outcomes(textOf(text), lookupIn({ name: 'billing', other: 'a' }), enough());
  expect(first).toMatchObject({ text: 'billing-80', value: 'billing-80', names: ['name', 'port'] });
  expect(outcomes(textOf(text), lookupIn({ name: 'billing', other: 'b' }), enough())).toBe(first);
  expect(outcomes(textOf(text), lookupIn({ name: 'billing', port: '80' }), enough())).not.toBe(first);
  expect(outcomes(textOf(text), lookupIn({ name: 'shop' }), enough())?.text).toBe('shop-80');
});

it('tells values apart that only look alike one behind the other', () => {
  const outcomes = createOutcomes();
  const scalar = textOf(`\${a}\${b}`);
  for (const [a, b] of [
    ['x","=y', 'z'],
    ['x', 'y","=z'],
    ['', 'x'],
  ] as const) {
    expect(outcomes(scalar, lookupIn({ a, b }), enough())?.text).toBe(a + b);
  }
  expect(outcomes(textOf(`\${a}`), () => ({ type: 'unknown', why: 'x' }), enough())?.unknown).toBe('x');
  expect(outcomes(textOf(`\${a}`), lookupIn({ a: '?x' }), enough())?.unknown).toBeUndefined();
  expect(outcomes(textOf(`\${a}`), lookupIn({ a: '' }), enough())?.undefinedNames).toEqual([]);
  expect(outcomes(textOf(`\${a}`), lookupIn({}), enough())?.undefinedNames).toEqual(['a']);
});

it('counts the characters of what is remembered like those of what is made', () => {
  const outcomes = createOutcomes();
  const lookup = lookupIn({ name: 'billing' });
  const allowance = { characters: 30 };
  outcomes(textOf(`\${name}`), lookup, allowance);
  expect(allowance.characters).toBe(16);
  outcomes(textOf(`\${name}`), lookup, allowance);
  expect(allowance.characters).toBe(2);
  expect(outcomes(textOf(`\${name}`), lookup, allowance)?.isTooLong).toBe(true);
});
