import { describe, expect, test } from 'vitest';
import { foldedAgain } from '../../src/yaml/folded.ts';
import { goFloat, goNumber } from '../../src/yaml/print-as-go.ts';

/** Each as go-yaml 3.0.4 writes and reads it. */
describe('folded scalars, written and read again', () => {
  test.each([
    ['nothing to fold', 'one two', 'one two'],
    ['a last newline', 'one\n', 'one\n'],
    ['two at the end', 'one\n\n', 'one\n\n\n'],
    ['lines of their own', 'one\ntwo\n', 'one\ntwo\n'],
    ['a more-indented line', 'one\n  two\nthree\n', 'one\n\n  two\nthree\n'],
    ['two of them', 'one\n  two\n  three\nfour', 'one\n\n  two\n  three\nfour'],
    ['behind a tab', 'one\n\ttwo', 'one\n\n\ttwo'],
    ['a text that begins with a blank', ' one\ntwo\nthree\n', ' one\ntwo three\n'],
    ['what only quotes can hold', 'one \n  two', 'one \n  two'],
    ['no text', '', ''],
  ])('%s', (_, text, again) => {
    expect(foldedAgain(text)).toBe(again);
  });
});

test.each([
  [0, '0', '0'],
  [15, '15', '15'],
  [999999, '999999', '999999'],
  [1_000_000, '1e+06', '1000000'],
  [1234567.5, '1.2345675e+06', '1.2345675e+06'],
  [0.5, '0.5', '0.5'],
  [0.00012, '0.00012', '0.00012'],
  [0.00001, '1e-05', '1e-05'],
  [-12.25, '-12.25', '-12.25'],
  [2 ** 64, '1.8446744073709552e+19', '1.8446744073709552e+19'],
])('%d as Go writes it', (number, float, printed) => {
  expect([goFloat(number), goNumber(number)]).toEqual([float, printed]);
});

test('what is not finite is printed as YAML has it', () => {
  expect([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN].map(goNumber)).toEqual(['.inf', '-.inf', '.nan']);
});
