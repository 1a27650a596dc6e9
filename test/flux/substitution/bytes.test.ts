import { expect, test } from 'vitest';
import { fromBytes, isCut, toBytes } from '../../../src/flux/substitution/bytes.ts';

test.each(['', 'plain', 'ünï', '\ufffd', '😀'])('%s is the same behind its bytes', (text) => {
  expect(fromBytes(toBytes(text))).toBe(text);
  expect(isCut(text)).toBe(false);
});

test('a character that is cut stays cut until its parts meet', () => {
  const bytes = Buffer.from('aüb😀');
  for (let at = 0; at <= bytes.length; at++) {
    const [start, end] = [fromBytes(bytes.subarray(0, at)), fromBytes(bytes.subarray(at))];
    expect(isCut(start), `cut at ${at}`).toBe([2, 5, 6, 7].includes(at));
    expect(isCut(end)).toBe(isCut(start));
    expect(fromBytes(toBytes(start + end))).toBe('aüb😀');
  }
});
