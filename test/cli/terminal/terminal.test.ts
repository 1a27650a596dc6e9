/** The real process on a real pseudo-terminal, which `script` of util-linux gives it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { repositoryOf } from '../repository.ts';
import { eraseToEnd, screen } from './screen.ts';

const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;
if (!hasScript) console.log('terminal.test.ts: no script of util-linux here (Linux has it), nothing was tried on a terminal');

const bin = join(import.meta.dirname, '../../../src/cli/bin.ts');
/** A run shows its line from half a second on, which even a fast machine has to wait for. */
const wait = 'data:text/javascript,Atomics.wait(new(Int32Array)(new(SharedArrayBuffer)(4)),0,0,Math.max(0,510-performance.now()))';
const command = `${process.execPath} --import ${import.meta.resolve('tsx')} --import '${wait}' ${bin}`;

/** Without echo: what a key looks like is the terminal's affair, and on a busy machine it comes after what erases the line. */
const onTerminal = (line: string, cwd: string, env: Readonly<Record<string, string>> = {}) => {
  const options = { cwd, env: { ...process.env, ...env } };
  const child = spawn('script', ['--quiet', '--return', '--command', `stty cols 100 -echo; ${line}`, '/dev/null'], options);
  let output = '';
  child.stdout.on('data', (data) => {
    output += String(data);
  });
  return { child, output: () => output };
};

const codeOf = async (child: ChildProcess) => (await once(child, 'close'))[0];

/** Pressed when the line is there and the rule at work: before, the key would hit what loads the rule, as well. */
const pressAtWork = async ({ child, output }: ReturnType<typeof onTerminal>, started: string, key: string) => {
  while (!output().includes(eraseToEnd)) await once(child.stdout ?? child, 'data');
  while (!existsSync(started)) await setTimeout(20);
  child.stdin?.write(key);
};

const application = {
  'clusters/production/flux-system/gotk-sync.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 10m, path: ./clusters/production, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: 'https://example.com/fleet' }
`,
};

it.skipIf(!hasScript).each([
  ['check', 1],
  ['check --only manifest/*', 0],
  ['graph', 0],
  ['build production', 0],
  ['why clusters/production/flux-system/gotk-sync.yaml', 0],
  ['check --cluster nowhere', 2],
])('%s shows a line that leaves no trace', async (argv) => {
  const { root } = repositoryOf(application);
  const line = `${command} ${argv} --root .${argv.startsWith('build') ? '' : ' --no-color'}`;
  const [shown, plain] = [onTerminal(line, root), onTerminal(line, root, { CI: 'true' })];
  const codes = await Promise.all([codeOf(shown.child), codeOf(plain.child)]);
  expect(codes[0]).toBe(codes[1]);
  expect(plain.output()).not.toContain(eraseToEnd);
  expect(shown.output()).toContain(`2 objects${eraseToEnd}`);
  expect(screen(shown.output())).toBe(screen(plain.output()));
});

it.skipIf(!hasScript)('ends at once on Ctrl-C, as killed by it, and leaves no trace', async () => {
  const { root } = repositoryOf({
    ...application,
    '.flux-lint.yaml': 'root: true\nplugins: [./slow.mjs]\n',
    'slow.mjs': `import { writeFileSync } from 'node:fs';
    export default [{
      id: 'acme/slow', severity: 'info', summary: 'Takes its time', why: 'It waits.', reference: 'https://example.com',
      examples: { bad: '', good: '' },
      *graph() { writeFileSync(new URL('started', import.meta.url), ''); for (const end = Date.now() + 600_000; Date.now() < end; ); },
    }];`,
  });
  const terminal = onTerminal(`${command} check --no-color; echo code $?`, root);
  await pressAtWork(terminal, join(root, 'started'), '\u0003');
  await once(terminal.child, 'close');
  // Neither the report nor a code: what asked for it is gone, too.
  expect(screen(terminal.output())).toBe('');
});
