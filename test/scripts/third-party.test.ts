import { join } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';
import { thirdPartyNotice } from '../../scripts/third-party.ts';
import { newDirectory, removeDirectory, write } from '../git-repository.ts';

/** What esbuild tells of a bundle with one file of a package. */
const bundleOf = (files: Readonly<Record<string, string>>, bytesInOutput = 10) => {
  const directory = newDirectory();
  onTestFinished(() => removeDirectory(directory));
  const packages = join(directory, 'node_modules/outer/node_modules/@acme/strings');
  write(packages, files);
  const output = { bytes: 10, imports: [], exports: [], inputs: { [join(packages, 'lib/index.js')]: { bytesInOutput } } };
  return { inputs: {}, outputs: { 'dist/cli.js': output } };
};

const manifest = (license: string) => JSON.stringify({ name: '@acme/strings', version: '1.2.3', license });

it('has name, version, licence and every text of it', () => {
  const notice = thirdPartyNotice([bundleOf({ 'package.json': manifest('MIT'), 'LICENCE.md': 'MIT of Acme', NOTICE: 'And thanks.' })]);
  expect(notice).toContain('@acme/strings 1.2.3 (MIT)\n\nMIT of Acme\n\nAnd thanks.\n');
});

it('leaves out what left nothing in the bundle', () => {
  expect(thirdPartyNotice([bundleOf({ 'package.json': manifest('MIT') }, 0)])).not.toContain('@acme/strings');
});

it.each([
  [{ 'package.json': manifest('GPL-3.0-only'), LICENSE: 'GPL' }, '@acme/strings is under GPL-3.0-only: may it be bundled?'],
  [{ 'package.json': manifest('MIT') }, '@acme/strings has no text of its licence'],
])('stops the build: %j', (files, message) => {
  expect(() => thirdPartyNotice([bundleOf(files)])).toThrow(message);
});
