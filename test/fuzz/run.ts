/**
 * `node BUNDLE SECONDS SEED`: repositories from a grammar, small readers with odd texts, and now and then a history in git,
 * for so long, one seed after the other. Tells every fault once, with a seed that shows it.
 */
import { judgeGitHistory } from './histories.ts';
import { judgeRepository } from './repositories.ts';
import { judgeUnit } from './units.ts';

const unitsEach = 50;
const repositoriesEach = 2000;

const [seconds = 60, seed = 0] = process.argv.slice(2).map(Number);
const faults = new Map<string, { readonly error: unknown; count: number }>();

const tried = async (judge: (seed: number) => void | Promise<void>, at: number): Promise<void> => {
  try {
    await judge(at);
  } catch (error) {
    const known = faults.get(rootOf(error)) ?? { error, count: 0 };
    known.count++;
    faults.set(rootOf(error), known);
  }
};

/** What failed in the end, and where: without what differs from one seed to the next. */
const rootOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? `${error.message.slice(0, 60)} ${error.stack?.split('\n    at ')[1]}` : rootOf(error.cause);
};

const used = (): number => process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6;

console.log(`${seconds} seconds from seed ${seed} on`);
const end = performance.now() + seconds * 1000;
const spent = { repositories: 0, units: 0 };
let count = 0;
for (; performance.now() < end; count++) {
  const start = used();
  await tried(judgeRepository, seed + count);
  const between = used();
  for (let unit = 0; unit < unitsEach; unit++) await tried(judgeUnit, (seed + count) * unitsEach + unit);
  spent.repositories += between - start;
  spent.units += used() - between;
  if (count % repositoriesEach === 0) await tried(judgeGitHistory, seed + count);
}
for (const { error, count: times } of faults.values()) console.error(`${times} times, such as`, error);
const rate = (number: number, of: number): string => `${number} (${Math.round(number / of)} a second of the processor)`;
console.log(
  `${rate(count, spent.repositories)} repositories, ${rate(count * unitsEach, spent.units)} units, ${Math.ceil(count / repositoriesEach)} histories in git: ${faults.size === 0 ? 'nothing fell' : `${faults.size} faults`}.`,
);
if (faults.size > 0) process.exitCode = 1;
