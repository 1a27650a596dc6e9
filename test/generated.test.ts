import { readFileSync } from 'node:fs';
import fastGlob from 'fast-glob';
import { expect, it } from 'vitest';
import { generatedFiles } from '../scripts/generate.ts';

const files = await generatedFiles();

it.each([...files])('%s is what npm run generate writes', (path, text) => {
  expect(readFileSync(path, 'utf8')).toBe(text);
});

it('docs/rules holds nothing else', () => {
  expect(fastGlob.sync('docs/rules/**').filter((path) => !files.has(path))).toEqual([]);
});
