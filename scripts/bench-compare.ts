/**
 * `npm run bench -- compare REF [DIRECTORY...]`: a check of each directory by the build of another revision and by this one's,
 * in pairs, in processor time. Prints medians of seven and their ratios: how many times faster this one is. Without a
 * directory the repositories among the fixtures are checked.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { costOf, median } from './processor-time.ts';

const root = join(import.meta.dirname, '..');
const pairs = 7;

/** @param argv the revision, and the directories */
export const compare = ([ref, ...directories]: readonly string[]): void => {
  if (ref === undefined) throw new Error('bench compare: name a revision to compare with: npm run bench -- compare REF [DIRECTORY...]');
  const work = mkdtempSync(join(tmpdir(), 'flux-lint-compare-'));
  const other = join(work, 'checkout');
  try {
    execFileSync('git', ['worktree', 'add', '--quiet', '--detach', other, ref], { cwd: root, stdio: 'inherit' });
    symlinkSync(join(root, 'node_modules'), join(other, 'node_modules'));
    for (const cwd of [other, root]) execFileSync('npm', ['run', '--silent', 'build'], { cwd, stdio: 'inherit' });
    const ratios = (directories.length > 0 ? directories.map((path) => resolve(path)) : fixtures()).map((directory) =>
      ratioOn(directory, other),
    );
    console.log(`${'median'.padEnd(width)} ${''.padStart(8)} ${''.padStart(8)} ${median(ratios).toFixed(2).padStart(6)}`);
  } finally {
    // There is none where the revision does not exist.
    spawnSync('git', ['worktree', 'remove', '--force', other], { cwd: root, stdio: 'ignore' });
    rmSync(work, { recursive: true });
  }
};

const width = 44;

const fixtures = (): readonly string[] => {
  const repositories = join(root, 'fixtures/repos');
  return readdirSync(repositories).map((name) => join(repositories, name));
};

const ratioOn = (directory: string, other: string): number => {
  const check = (checkout: string) => costOf([join(checkout, 'dist/cli.js'), 'check', '--fail-on', 'never'], directory).processor;
  const theirs: number[] = [];
  const ours: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    theirs.push(check(other));
    ours.push(check(root));
  }
  const ratio = median(theirs) / median(ours);
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`.padStart(8);
  console.log(`${basename(directory).padEnd(width)} ${seconds(median(theirs))} ${seconds(median(ours))} ${ratio.toFixed(2).padStart(6)}`);
  return ratio;
};
