/** The real process, as a shell starts it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { expect, it } from 'vitest';

const command = ['--import', 'tsx', 'src/cli/bin.ts'];

const start = (...argv: string[]) => {
  const child = spawn(process.execPath, [...command, ...argv]);
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += String(data);
  });
  return { child, stderr: () => stderr };
};

it('sets the exit code and says why on standard error', async () => {
  const { child, stderr } = start('explain', 'no-such-rule');
  expect(await once(child, 'close')).toEqual([2, null]);
  expect(stderr()).toMatch(/^flux-lint: there is no rule "no-such-rule"\. [^\n]+\n$/);
});

it('does not complain when the reader has seen enough', async () => {
  const { child, stderr } = start('rules', '--format', 'json');
  child.stdout.destroy();
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(stderr()).toBe('');
});

/** Every write to it fails as on a full disk. */
const fullDisk = '/dev/full';

it.skipIf(!existsSync(fullDisk))('calls a report that could not be written no success and no finding', async () => {
  const stdout = openSync(fullDisk, 'w');
  const child = spawn(process.execPath, [...command, 'rules'], { stdio: ['ignore', stdout, 'pipe'] });
  closeSync(stdout);
  let stderr = '';
  child.stderr?.on('data', (data) => {
    stderr += String(data);
  });
  expect(await once(child, 'close')).toEqual([2, null]);
  expect(stderr).toMatch(/^flux-lint: cannot write to standard output \(ENOSPC\)\. [^\n]+\n$/);
});

it('keeps its exit code where nobody reads what it says', async () => {
  const { child } = start('explain', 'no-such-rule');
  child.stderr.destroy();
  expect(await once(child, 'close')).toEqual([2, null]);
});
