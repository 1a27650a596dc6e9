/** The real process, as a shell starts it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

const start = (...argv: string[]) => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/bin.ts', ...argv]);
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
