/**
 * What starting costs, as a multiple of starting Node itself: medians of interleaved runs, so that a busy machine slows
 * all of them alike. `npm run bench:startup [-- RUNS [DIRECTORY]]`; with a directory, `check` on it is measured too.
 */
import { spawnSync } from 'node:child_process';

const [runs = '25', directory] = process.argv.slice(2);
const commands: readonly { readonly name: string; readonly argv: readonly string[]; readonly most: number }[] = [
  { name: 'node -e 0', argv: ['-e', '0'], most: 1 },
  { name: '--version', argv: ['dist/cli.js', '--version'], most: 2.5 },
  { name: '__complete explain', argv: ['dist/cli.js', '__complete', 'explain', ''], most: 2.5 },
  { name: 'explain --help', argv: ['dist/cli.js', 'explain', '--help'], most: 5 },
  ...(directory === undefined ? [] : [{ name: `check ${directory}`, argv: ['dist/cli.js', 'check', directory], most: 5 }]),
];

/**
 * Milliseconds from spawn to exit. A crash would be fast, so it is refused: a missing bundle exits 1, as a check that
 * found something does, but only the check has a report.
 */
const measure = (argv: readonly string[]): number => {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  const milliseconds = performance.now() - start;
  const isDone = status === 0 || (status === 1 && /^Judged \d+ files/m.test(stdout));
  if (!isDone) throw new Error(`${argv.join(' ')} exited ${status}: ${stderr}`);
  return milliseconds;
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const times = commands.map(() => [] as number[]);
for (let run = 0; run < Number(runs); run++) {
  for (const [index, { argv }] of commands.entries()) times[index]?.push(measure(argv));
}

const medians = times.map(median);
const [node = 1] = medians;
for (const [index, { name, most }] of commands.entries()) {
  const milliseconds = medians[index] ?? 0;
  const ratio = milliseconds / node;
  const verdict = index === 0 ? '' : `  ${ratio.toFixed(2)} times node, at most ${most}${ratio > most ? ': TOO SLOW' : ''}`;
  console.log(`${name.padEnd(30)} ${milliseconds.toFixed(1).padStart(7)} ms${verdict}`);
  if (index > 0 && ratio > most) process.exitCode = 1;
}
