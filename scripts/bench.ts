/**
 * `npm run bench [-- PART...]`: what evaluation costs, on fleets of known shape. Prints figures, judges nothing. The fleets come
 * from a generator beside the checkout; without it there is nothing to measure, and that is said. `compare REF`,
 * `editor DIRECTORY` and `ratio DIRECTORY` measure whatever is at hand.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { compare } from './bench-compare.ts';
import { type Measured, ratios } from './bench-ratio.ts';

const root = join(import.meta.dirname, '..');
const makeFleet = join(root, '../shared/tools/make-fleet.mjs');

const main = async (wanted: readonly string[]) => {
  const [part, ...more] = wanted;
  if (part === 'compare') {
    compare(more);
    return;
  }
  const checkouts = part === 'editor' || part === 'ratio' ? more.map((path) => resolve(path)) : [];
  if (checkouts.length === 0 && !existsSync(makeFleet)) {
    console.log('bench: no fleet generator beside this checkout, nothing was measured');
    return;
  }
  // Beside the packages: what is loaded only when it is needed is looked for from there.
  const work = mkdtempSync(join(root, 'node_modules/.flux-lint-bench-'));
  try {
    const worker = join(work, 'worker.mjs');
    await build({
      entryPoints: [join(root, 'scripts/bench-worker.ts')],
      outfile: worker,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      banner: { js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);" },
    });
    const measure = (mode: string, fleet: string) =>
      spawnSync(process.execPath, [worker, mode, fleet], { stdio: ['ignore', 'inherit', 'inherit'] });
    const fleet = (name: string, ...options: string[]) => {
      execFileSync(process.execPath, [makeFleet, join(work, name), ...options], { stdio: 'ignore' });
      // A work tree of its own: that of the project ignores what lies there.
      execFileSync('git', ['init', '--quiet', join(work, name)]);
      return join(work, name);
    };
    const measured: Measured = (mode, directory) => {
      const output = execFileSync(process.execPath, [worker, mode, directory], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
      return (output.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
    };
    if (checkouts.length > 0) {
      if (part === 'ratio') ratios(checkouts, measured);
      else for (const checkout of checkouts) measure('editor', checkout);
      return;
    }
    const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);
    const usual = fleet('usual');
    if (isWanted('evaluation')) measure('evaluation', usual);
    if (isWanted('rules')) measure('rules', usual);
    if (isWanted('large')) {
      const large = fleet('large', '--clusters', '200', '--apps', '100');
      measure('evaluation', large);
      measure('rules', large);
    }
    if (isWanted('overlays')) measure('overlays', fleet('overlays', '--apps', '400', '--environments', '5'));
    if (isWanted('base')) measure('base', usual);
    if (isWanted('ratio')) ratios([usual], measured);
    if (isWanted('editor')) {
      measure('editor', usual);
      measure('editor', fleet('thousand-files', '--clusters', '6', '--apps', '70'));
    }
  } finally {
    rmSync(work, { recursive: true });
  }
};

await main(process.argv.slice(2));
