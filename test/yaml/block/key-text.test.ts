import { expect, it } from 'vitest';
import { keyText } from '../../../src/yaml/block/key-text.ts';

it.each(['name', '__proto__', 'constructor', '0', '-1', '', 'a'.repeat(5_000), 'ünï'])('is what is written: %s', (written) => {
  expect(keyText(written)).toBe(written);
  expect(keyText(written.slice())).toBe(written);
});

it('is that for more words than it remembers', () => {
  for (let index = 0; index < 10_100; index++) expect(keyText(`word-${index}`)).toBe(`word-${index}`);
  expect(keyText('word-10099')).toBe('word-10099');
});
