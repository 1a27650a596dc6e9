/** `npm run fuzz [-- RUNS [SEED [DIRECTORY..]]]`: mutates the fixtures, or the repositories in the directories named, and checks them. */
import { directoriesIn, fixtureRepositories, fuzz } from '../test/fuzz.ts';

const [runs = '2000', seed = String(Date.now() % 1_000_000), ...directories] = process.argv.slice(2);
const repositories = directories.length === 0 ? fixtureRepositories() : directories.flatMap(directoriesIn);
console.log(`${runs} runs over ${repositories.length} repositories with seed ${seed}`);
fuzz({ seed: Number(seed), runs: Number(runs), repositories });
console.log('Nothing fell.');
