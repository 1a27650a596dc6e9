import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { readTexts, type Texts, toFixture } from '../fixture.ts';
import { repositoryOf } from './repository.ts';
import { runMain } from './run-main.ts';

const rulesOf = join(import.meta.dirname, '../../fixtures/rules');
const case_ = (name: string): Texts => toFixture(readTexts(join(rulesOf, name))).texts;
const apps = 'clusters/production/apps.yaml';
const dependency = case_('references/unknown-dependency/bad-other-namespace');

it('fixes what has a safe fix, and leaves nothing behind', async () => {
  const { root, run } = repositoryOf(dependency);
  chmodSync(join(root, apps), 0o640);
  const { stdout, stderr } = await run(['--fix', '--only', 'references/*']);
  expect(stderr).toMatch(/^flux-lint: \d+ problems? fixed, 1 file written\n$/);
  expect(stdout).toContain('No problems found');
  expect(readTexts(root)[apps]).toBe(readTexts(join(rulesOf, 'references/unknown-dependency/fixed-other-namespace'))[apps]);
  expect(statSync(join(root, apps)).mode & 0o777).toBe(0o640);
  expect(readdirSync(join(root, 'clusters/production')).filter((name) => name.endsWith('.tmp'))).toEqual([]);

  const again = readFileSync(join(root, apps), 'utf8');
  expect((await run(['--fix'])).stderr).toBe('');
  expect(readFileSync(join(root, apps), 'utf8')).toBe(again);
});

it('prints what it would change as a diff that git applies, and writes nothing', async () => {
  const { root, run } = repositoryOf(dependency);
  const before = readTexts(root);
  const { stdout } = await run(['--fix-dry-run']);
  expect(readTexts(root)).toEqual(before);
  expect(stdout).toMatch(/^--- a\/clusters\/production\/apps\.yaml\n\+\+\+ b\/clusters\/production\/apps\.yaml\n@@ /);
  execFileSync('git', ['apply', '-'], { cwd: root, input: stdout });
  const fixed = readTexts(root);
  expect(fixed).not.toEqual(before);
  await run(['--fix']);
  expect(readTexts(root)).toEqual(fixed);
});

it('says what a dry run would do, also where that is nothing', async () => {
  const { run } = repositoryOf(dependency);
  expect((await run(['--fix-dry-run'])).stderr).toBe('flux-lint: 1 problem would be fixed, 1 file written\n');
  await run(['--fix']);
  const { stdout, stderr } = await run(['--fix-dry-run']);
  expect(stdout).toBe('');
  expect(stderr).toBe('flux-lint: nothing to fix\n');

  const unsafe = repositoryOf(case_('references/dependency-not-awaited/bad'));
  const only = ['--only', 'references/dependency-not-awaited'];
  expect((await unsafe.run(['--fix-dry-run', ...only])).stderr).toBe('flux-lint: nothing to fix; 1 with --unsafe-fixes\n');
});

it('counts unsafe fixes beside the safe ones, not among them', async () => {
  const label = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: team, namespace: default, labels: { team: 5 } }\n';
  const { run } = repositoryOf({ ...case_('references/dependency-not-awaited/bad'), 'apps/team.yaml': label });
  const only = ['--only', 'references/dependency-not-awaited', '--only', 'manifest/non-string-label'];
  const { stderr } = await run(['--fix-dry-run', ...only]);
  expect(stderr).toBe('flux-lint: 1 problem would be fixed, 1 file written; 1 more with --unsafe-fixes\n');
});

it('leaves a file alone that changes while it is linted', async () => {
  const { root } = repositoryOf(dependency);
  const racing: typeof analyze = async (request) => {
    const result = await analyze(request);
    writeFileSync(join(root, apps), '# somebody else was here\n');
    return result;
  };
  const { code, stderr } = await runMain(['--root', root, '--fix'], { cwd: root }, { analyze: async () => racing });
  expect(code).toBe(1);
  expect(stderr).toContain(`${apps} has changed or gone meanwhile, or is not UTF-8: left alone`);
  expect(readFileSync(join(root, apps), 'utf8')).toBe('# somebody else was here\n');
});

it('does not bring back a file that goes while it is linted', async () => {
  const { root } = repositoryOf(dependency);
  const racing: typeof analyze = async (request) => {
    const result = await analyze(request);
    rmSync(join(root, apps));
    return result;
  };
  const { code, stderr } = await runMain(['--root', root, '--fix'], { cwd: root }, { analyze: async () => racing });
  expect({ code, exists: existsSync(join(root, apps)) }).toEqual({ code: 1, exists: false });
  expect(stderr).toContain('left alone');
});

it('leaves a file alone whose bytes it cannot keep', async () => {
  const { root, run } = repositoryOf(dependency);
  const bytes = Buffer.concat([Buffer.from([0x23, 0xff, 0x0a]), readFileSync(join(root, apps))]);
  writeFileSync(join(root, apps), bytes);
  expect((await run(['--fix'])).stderr).toContain('left alone');
  expect(readFileSync(join(root, apps)).equals(bytes)).toBe(true);
});

it('keeps line ends and a byte-order mark', async () => {
  const { root, run, write } = repositoryOf(dependency);
  write(apps, `\ufeff${(dependency[apps] ?? '').replaceAll('\n', '\r\n')}`);
  await run(['--fix', '--only', 'references/*']);
  const fixed = readTexts(join(rulesOf, 'references/unknown-dependency/fixed-other-namespace'))[apps] ?? '';
  expect(readTexts(root)[apps]).toBe(`\ufeff${fixed.replaceAll('\n', '\r\n')}`);
});

const cases = readdirSync(rulesOf).flatMap((category) =>
  readdirSync(join(rulesOf, category)).flatMap((rule) =>
    readdirSync(join(rulesOf, category, rule))
      .filter((name) => name.startsWith('bad') && existsSync(join(rulesOf, category, rule, name.replace(/^bad/, 'fixed'))))
      .map((name) => `${category}/${rule}/${name}`),
  ),
);

it.each(cases)('%s is fixed once and for all', async (name) => {
  const { root, run } = repositoryOf(case_(name));
  await run(['--unsafe-fixes']);
  const once = readTexts(root);
  const { stderr } = await run(['--unsafe-fixes']);
  expect(stderr).toBe('');
  expect(readTexts(root)).toEqual(once);
});
