/**
 * Compares src/hcl with hashicorp/hcl/v2 on the `.tf` files below directories.
 *
 *   npm run compare:hcl -- DIRECTORY...
 *
 * A file agrees when both refuse it, or both see the same attributes, blocks, calls, conditionals and loops at the same
 * bytes. Where `go` is not on the PATH, nothing is compared and nothing fails.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastGlob from 'fast-glob';
import { parseBody } from '../src/hcl/syntax/parse.ts';
import { wholeFile } from '../src/yaml/place.ts';
import { piecesOf } from './hcl-oracle/pieces.ts';

interface Answer {
  readonly path: string;
  readonly fails?: boolean;
  readonly pieces?: readonly string[];
}

const main = (): number => {
  const directories = process.argv.slice(2);
  if (spawnSync('go', ['version']).error) {
    console.log('compare:hcl: skipped, go is not on the PATH');
    return 0;
  }
  const paths = directories
    .flatMap((directory) => fastGlob.sync(['**/*.tf', '**/*.tofu', '**/*.tfvars'], { cwd: directory, absolute: true, dot: true }))
    .sort();
  const oracle = join(import.meta.dirname, 'hcl-oracle');
  const run = spawnSync('go', ['run', '.'], { cwd: oracle, input: paths.join('\n'), encoding: 'utf8', maxBuffer: 1 << 30 });
  if (run.status !== 0) throw new Error(run.stderr.slice(0, 500));
  const answers = run.stdout
    .trimEnd()
    .split('\n')
    .map((line): Answer => JSON.parse(line));
  let same = 0;
  for (const { path, fails = false, pieces = [] } of answers) {
    const text = readFileSync(path, 'utf8');
    const { body, failures } = parseBody(text, wholeFile(path));
    const ours = failures.length > 0 ? [] : piecesOf(body, text);
    const isSame = fails ? failures.length > 0 : failures.length === 0 && JSON.stringify(ours) === JSON.stringify([...pieces].sort());
    if (isSame) same++;
    else console.log(path, failures[0]?.message ?? firstDifference(pieces, ours));
  }
  console.log(`${same} of ${answers.length} the same (${answers.filter(({ fails }) => fails).length} of them fail in Go, too)`);
  return same === answers.length ? 0 : 1;
};

const firstDifference = (theirs: readonly string[], ours: readonly string[]): string => {
  const mine = new Set(ours);
  const others = new Set(theirs);
  const missing = theirs.find((piece) => !mine.has(piece));
  const extra = ours.find((piece) => !others.has(piece));
  return `theirs: ${missing ?? '-'}, ours: ${extra ?? '-'}, ${theirs.length} and ${ours.length} pieces`;
};

process.exitCode = main();
