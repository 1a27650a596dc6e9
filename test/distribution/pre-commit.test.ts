/**
 * The hooks, with the real pre-commit. It installs what is committed, so the checkout is tested at HEAD. Nothing outside
 * a temporary directory is written.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commits } from '../pre-commit/commits.ts';
import { pushes } from '../pre-commit/pushes.ts';
import { newRepository, runIn, type World } from '../pre-commit/repository.ts';
import { runs } from '../pre-commit/runs.ts';

const checkout = join(import.meta.dirname, '../..');
const directory = mkdtempSync(join(tmpdir(), 'flux-lint-pre-commit-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const ask = (...command: readonly [string, ...string[]]) => runIn({ directory }, checkout, command).output;
const revision = ask('git', 'rev-parse', 'HEAD').trim();
const version = /^pre-commit (\d+)\.(\d+)\S*/.exec(ask('pre-commit', '--version'));
if (!version) console.warn('pre-commit does not run here: the hooks are not tried');
else console.log(`${version[0]}, node ${process.version}, flux-lint at ${revision.slice(0, 12)}`);
if (ask('git', 'status', '--porcelain') !== '') console.warn('What is not committed is not tested.');

const [major = 0, minor = 0] = version?.slice(1).map(Number) ?? [];
const pushStage = major < 3 || (major === 3 && minor < 2) ? 'push' : 'pre-push';
const world: World = { directory, checkout, revision, pushStage };

describe.skipIf(version === null)('the hooks', () => {
  beforeAll(() => {
    const { code, output } = newRepository(world).run('pre-commit', 'install-hooks');
    if (code !== 0) throw new Error(`the hooks cannot be installed:\n${output}`);
  });

  it.each([...commits, ...runs, ...pushes])('$name', ({ run, code, shows = [], hides = [] }) => {
    const ran = run(world);
    expect(ran.code, ran.output).toBe(code);
    for (const text of shows) expect(ran.output).toMatch(text);
    for (const text of hides) expect(ran.output).not.toMatch(text);
  });
});
