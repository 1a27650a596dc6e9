/**
 * `npm run fuzz [-- RUNS [SEED [DIRECTORY..]]]`: mutates the fixtures, or the repositories in the directories named, and checks
 * them. `npm run fuzz -- --seconds N [SEED]`: repositories from a grammar and units with odd texts, for so long.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { directoriesIn, fixtureRepositories, fuzz } from '../test/fuzz/mutations.ts';
import { bundled } from './bundle.ts';

const [first = '2000', second = '60', third, ...others] = process.argv.slice(2);
const anySeed = String(Date.now() % 1_000_000_000);

/** As it is shipped: what runs sources as they are takes twice as long for the same. */
const grammar = async (seconds: string, seed: string): Promise<void> => {
  const directory = mkdtempSync(join(tmpdir(), 'flux-lint-fuzz-'));
  const outfile = join(directory, 'run.mjs');
  try {
    await build({
      ...bundled,
      minifySyntax: false,
      minifyWhitespace: false,
      entryPoints: ['test/fuzz/run.ts'],
      outfile,
      format: 'esm',
      // Some packages are CommonJS and require Node's own modules.
      banner: {
        js: "import { createRequire as createRequireOfNode } from 'node:module'; const require = createRequireOfNode(import.meta.url);",
      },
    });
    // Nothing that is made lives for long: a larger nursery halves what collecting costs.
    const { status } = spawnSync(process.execPath, ['--max-semi-space-size=32', outfile, seconds, seed], { stdio: 'inherit' });
    process.exitCode = status ?? 1;
  } finally {
    rmSync(directory, { recursive: true });
  }
};

const mutations = (runs: string, given: string | undefined, directories: readonly string[]): void => {
  const seed = Number(given ?? anySeed);
  const repositories = directories.length === 0 ? fixtureRepositories() : directories.flatMap(directoriesIn);
  console.log(`${runs} runs over ${repositories.length} repositories with seed ${seed}`);
  fuzz({ seed, runs: Number(runs), repositories });
  console.log('Nothing fell.');
};

if (first === '--seconds') await grammar(second, third ?? anySeed);
else mutations(first, process.argv[3], third === undefined ? [] : [third, ...others]);
