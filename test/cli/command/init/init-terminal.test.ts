/** `init` at a real terminal: `script` of util-linux gives it one. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';

const project = join(import.meta.dirname, '../../../..');
const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;
if (!hasScript) console.log('init: no script of util-linux here (Linux has it); the tests at a terminal are skipped');

/** Types one answer at each question; a question ends in a blank. */
const atTerminal = async (
  directory: string,
  answers: readonly string[],
): Promise<{ readonly code: number | null; readonly shown: string }> => {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const command = `${process.execPath} --import ${loader} ${join(project, 'src/cli/bin.ts')} init`;
  const terminal = spawn('script', ['-qec', command, '/dev/null'], { cwd: directory, env: { ...process.env, NO_COLOR: '1' } });
  let shown = '';
  let answered = 0;
  terminal.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString('utf8');
    const questions = shown.match(/(cluster hub\?|passes through|infos as warnings)/g)?.length ?? 0;
    if (questions <= answered) return;
    terminal.stdin.write(answers[answered] ?? '');
    answered++;
  });
  const code = await new Promise<number | null>((resolve) => terminal.on('exit', resolve));
  return { code, shown };
};

const repository = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'flux-lint-terminal-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const source = join(project, 'fixtures/repos/kubeconfig-hub');
  cpSync(source, directory, { recursive: true, filter: (path) => !path.endsWith('.flux-lint.yaml') });
  return directory;
};

describe.runIf(hasScript)('init at a terminal', () => {
  it('asks, and writes what was answered', async () => {
    const directory = repository();
    const { code, shown } = await atTerminal(directory, ['lab\r', '\r', 'y\r']);
    expect(code).toBe(0);
    expect(shown).toContain('Wrote .flux-lint.yaml');
    const text = readFileSync(join(directory, '.flux-lint.yaml'), 'utf8');
    expect(text).toContain('\n  lab: { match: [hub] }\n');
    expect(text).toContain('\nextends: strict\n');
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('leaves nothing behind after %s', async (_, key) => {
    const directory = repository();
    const { code, shown } = await atTerminal(directory, ['lab\r', key]);
    expect(code).toBe(130);
    expect(shown).toContain('flux-lint: stopped, nothing was written');
    expect(existsSync(join(directory, '.flux-lint.yaml'))).toBe(false);
  });
});
