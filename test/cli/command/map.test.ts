import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { removeDirectory, repositoryFrom } from '../../git-repository.ts';
import { runMain } from '../run-main.ts';

const outage = join(import.meta.dirname, '../../../fixtures/repos/monorepo-outage');

const fleet = (): string => {
  const directory = repositoryFrom(outage);
  onTestFinished(() => removeDirectory(directory));
  return directory;
};

it('writes the page beside one and says where it is, whatever was found', async () => {
  const cwd = fleet();
  const { code, stdout, stderr } = await runMain(['map'], { cwd });
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toContain(`the map of 4 clusters is ${pathToFileURL(join(cwd, 'map.html')).href}`);
  expect(readFileSync(join(cwd, 'map.html'), 'utf8')).toMatch(/^<!doctype html>/);
});

it('writes it where it is told to', async () => {
  const cwd = fleet();
  await runMain(['map', '--output', 'public/fleet.html'], { cwd });
  expect(existsSync(join(cwd, 'map.html'))).toBe(false);
  expect(readFileSync(join(cwd, 'public/fleet.html'), 'utf8')).toContain('crosses-environments');
});
