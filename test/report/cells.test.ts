import { expect, it } from 'vitest';
import { cells } from '../../src/report/cells.ts';

it.each([
  ['', 0],
  ['plain', 5],
  ['\u00e4\u00f6', 2],
  ['e\u0301', 1],
  ['\u8acb\u6c42\u66f8', 6],
  ['\uff21', 2],
  ['\ud83d\ude80', 2],
  ['\ud83d\udc69\u200d\ud83d\ude80', 2],
  ['\u2764\ufe0f', 2],
  ['\u2764', 1],
  ['1\ufe0f\u20e3', 2],
  ['a\u200bb', 2],
  ['\u2026', 1],
])('%j fills %i', (text, width) => {
  expect(cells(text)).toBe(width);
});
