/**
 * What starting costs, as a multiple of starting Node itself: `npm run bench:startup [-- RUNS [DIRECTORY]]`; with a
 * directory, `check` on it is measured too. Exits 1 where a limit is broken.
 *
 * Of interleaved runs the fastest counts, since whatever else a machine does only adds. It is measured by the clock and in
 * processor time, and the smaller multiple counts: on a busy machine a long run is never left alone, which the clock alone
 * shows, and what V8 does on another core meanwhile shows in processor time alone. What seems too slow is measured again.
 */
import { type Cost, costOf } from './processor-time.ts';

const [runs = '25', directory] = process.argv.slice(2);
const rounds = 3;

const node = ['-e', '0'];
const commands: readonly { readonly name: string; readonly argv: readonly string[]; readonly most: number }[] = [
  { name: '--version', argv: ['dist/cli.js', '--version'], most: 2.5 },
  { name: '__complete explain', argv: ['dist/cli.js', '__complete', 'explain', ''], most: 2.5 },
  { name: 'explain --help', argv: ['dist/cli.js', 'explain', '--help'], most: 5 },
  ...(directory === undefined ? [] : [{ name: `check ${directory}`, argv: ['dist/cli.js', 'check', directory], most: 5 }]),
];

const fastest = (costs: readonly Cost[]): Cost => ({
  clock: Math.min(...costs.map(({ clock }) => clock)),
  processor: Math.min(...costs.map(({ processor }) => processor)),
});

const costsOfNode: Cost[] = [];
const measured = commands.map((command) => ({ ...command, costs: [] as Cost[] }));

const judge = () => {
  const base = fastest(costsOfNode);
  return measured.map(({ name, most, costs }) => {
    const { clock, processor } = fastest(costs);
    const times = { clock: clock / base.clock, processor: processor / base.processor };
    return { name, most, clock, processor, times, isTooSlow: Math.min(times.clock, times.processor) > most };
  });
};

for (let round = 0; round < rounds; round++) {
  if (round > 0 && !judge().some(({ isTooSlow }) => isTooSlow)) break;
  for (let run = 0; run < Number(runs); run++) {
    costsOfNode.push(costOf(node));
    for (const { argv, costs } of measured) costs.push(costOf(argv));
  }
}

const { clock, processor } = fastest(costsOfNode);
const row = (name: string, cost: Cost, verdict = '') =>
  console.log(`${name.padEnd(30)} ${cost.clock.toFixed(1).padStart(6)} ms ${cost.processor.toFixed(1).padStart(6)} ms${verdict}`);
console.log(`${''.padEnd(30)} ${'clock'.padStart(9)} ${'processor'.padStart(9)}`);
row('node -e 0', { clock, processor });
for (const { name, most, times, isTooSlow, ...cost } of judge()) {
  const multiples = `${times.clock.toFixed(2)} and ${times.processor.toFixed(2)} times node`;
  row(name, cost, `  ${multiples}, the smaller at most ${most}${isTooSlow ? ': TOO SLOW' : ''}`);
  if (isTooSlow) process.exitCode = 1;
}
