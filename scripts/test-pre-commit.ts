/**
 * Runs the hooks with the real pre-commit: `npm run test:pre-commit [-- PART_OF_A_NAME]`. pre-commit installs what is
 * committed, so the checkout is tested at HEAD. Nothing outside a temporary directory is written.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Case } from './pre-commit/case.ts';
import { commits } from './pre-commit/commits.ts';
import { pushes } from './pre-commit/pushes.ts';
import { newRepository, type Ran, runIn, type World } from './pre-commit/repository.ts';
import { runs } from './pre-commit/runs.ts';

const checkout = join(import.meta.dirname, '..');

const main = (): number => {
  const directory = mkdtempSync(join(tmpdir(), 'flux-lint-pre-commit-'));
  try {
    const ask = (...command: readonly [string, ...string[]]) => runIn({ directory }, checkout, command);
    const version = /^pre-commit (\d+)\.(\d+)\S*/.exec(ask('pre-commit', '--version').output);
    if (!version) return missing('pre-commit', 'apt-get install pre-commit, or pip install pre-commit');
    if (ask('git', '--version').code !== 0) return missing('git', 'apt-get install git');
    if (ask('npm', '--version').code !== 0) return missing('npm', 'it comes with Node');

    const revision = ask('git', 'rev-parse', 'HEAD').output.trim();
    console.log(`${version[0]}, node ${process.version}, flux-lint at ${revision.slice(0, 12)}`);
    if (ask('git', 'status', '--porcelain').output !== '') console.log('What is not committed is not tested.');
    const [major = 0, minor = 0] = version.slice(1).map(Number);
    return runAll({ directory, checkout, revision, pushStage: major < 3 || (major === 3 && minor < 2) ? 'push' : 'pre-push' });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

const missing = (what: string, how: string): number => {
  console.error(`${what} is missing, and the hooks cannot be tried without it: ${how}.`);
  return 1;
};

const runAll = (world: World): number => {
  const started = performance.now();
  const installed = newRepository(world).run('pre-commit', 'install-hooks');
  if (installed.code !== 0) {
    console.error(`the hooks cannot be installed:\n${installed.output}`);
    return 1;
  }
  console.log(`ok  the hooks are installed from git (${seconds(started)})`);
  const part = process.argv[2] ?? '';
  const asked = [...commits, ...runs, ...pushes].filter(({ name }) => name.includes(part));
  const failed = asked.filter((each) => !passes(each, world));
  console.log(`${asked.length - failed.length} of ${asked.length} cases passed (${seconds(started)})`);
  return failed.length === 0 && asked.length > 0 ? 0 : 1;
};

const passes = (each: Case, world: World): boolean => {
  const started = performance.now();
  const ran = each.run(world);
  const wrong = differences(each, ran);
  const seen = `exit ${ran.code}, ${seconds(started)}`;
  if (wrong.length === 0) console.log(`ok  ${each.name} (${seen})`);
  else console.error(`FAILED  ${each.name} (${seen})\n${wrong.join('\n')}\n--- all of the output\n${ran.output}\n---`);
  return wrong.length === 0;
};

const differences = ({ code, shows = [], hides = [] }: Case, ran: Ran): readonly string[] => {
  const has = (text: string | RegExp) => (typeof text === 'string' ? ran.output.includes(text) : text.test(ran.output));
  return [
    ...(ran.code === code ? [] : [`the exit code is ${ran.code}, not ${code}`]),
    ...shows.filter((text) => !has(text)).map((text) => `it does not show ${text}`),
    ...hides.filter(has).map((text) => `it shows ${text}`),
  ];
};

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

process.exitCode = main();
