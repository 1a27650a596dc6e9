/**
 * `npm run fuzz [-- RUNS [SEED [DIRECTORY..]]]`: mutates the fixtures, or the repositories in the directories named, and checks
 * them. `npm run fuzz -- --seconds N [SEED]`: repositories from a grammar and units with odd texts, for so long.
 */
import { directoriesIn, fixtureRepositories, fuzz } from '../test/fuzz/mutations.ts';
import { judgeRepository, judgeUnit } from '../test/fuzz/repositories.ts';

const [first = '2000', second, third, ...others] = process.argv.slice(2);
const anySeed = Date.now() % 1_000_000_000;

if (first === '--seconds') {
  const seed = third === undefined ? anySeed : Number(third);
  const end = performance.now() + Number(second) * 1000;
  console.log(`${second} seconds from seed ${seed} on`);
  let count = 0;
  for (; performance.now() < end; count++) {
    judgeRepository(seed + count);
    for (let unit = 0; unit < 50; unit++) judgeUnit((seed + count) * 50 + unit);
  }
  console.log(`${count} repositories and ${count * 50} units: nothing fell.`);
} else {
  const seed = Number(second ?? anySeed % 1_000_000);
  const directories = [...(third === undefined ? [] : [third]), ...others];
  const repositories = directories.length === 0 ? fixtureRepositories() : directories.flatMap(directoriesIn);
  console.log(`${first} runs over ${repositories.length} repositories with seed ${seed}`);
  fuzz({ seed, runs: Number(first), repositories });
  console.log('Nothing fell.');
}
