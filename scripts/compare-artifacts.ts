/**
 * Compares what flux-lint and source-watcher make of random ArtifactGenerators.
 *
 *   ARTIFACT_BUILDER=PROGRAM npm run compare:artifacts -- [N [SEED]]
 *
 * The builder is internal to source-watcher, so the program is built in a checkout of it: `scripts/differential/
 * artifact-oracle/main.go` goes to `internal/oracle/` there, and `go build ./internal/oracle` makes it. Archives are
 * not unpacked here, so no operation has the strategy Extract. A refusal agrees with a refusal, whatever the words.
 */
import { generated, type RandomArtifact, randomArtifact } from './differential/artifact.ts';
import { type Oracle, openProgram } from './differential/oracle.ts';
import { createRandom } from './differential/random.ts';

type Verdict = 'equal' | 'both refuse' | 'only flux-lint refuses' | 'only source-watcher refuses' | 'other files';

const main = async (number: number, firstSeed: number): Promise<number> => {
  const { ARTIFACT_BUILDER: program } = process.env;
  if (program === undefined) {
    console.log('compare:artifacts: skipped, ARTIFACT_BUILDER is not set');
    return 0;
  }
  const oracle = openProgram(program);
  const counts = new Map<Verdict, number>();
  const found: { readonly seed: number; readonly artifact: RandomArtifact; readonly verdict: Verdict }[] = [];
  for (let seed = firstSeed; seed < firstSeed + number; seed++) {
    const artifact = randomArtifact(createRandom(seed));
    const verdict = await judge(oracle, artifact);
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    if (verdict !== 'equal' && verdict !== 'both refuse') found.push({ seed, artifact, verdict });
  }
  const counted = [...counts].sort().map(([verdict, count]) => `${count} ${verdict}`);
  console.log(`artifacts: ${counted.join(', ')}; ${((100 * found.length) / number).toFixed(2)} % differ`);
  for (const { seed, artifact, verdict } of found.slice(0, shown)) {
    console.log(`\nseed ${seed}: ${verdict}\n${JSON.stringify(await smaller(oracle, artifact, verdict), undefined, 1)}`);
  }
  oracle.close();
  return found.length > 0 ? 1 : 0;
};

const shown = 5;

const judge = async (oracle: Oracle, artifact: RandomArtifact): Promise<Verdict> => {
  const theirs = await oracle.ask(artifact);
  const ours = generated(artifact);
  if (theirs.error !== undefined) return ours.error === undefined ? 'only source-watcher refuses' : 'both refuse';
  if (ours.error !== undefined) return 'only flux-lint refuses';
  return JSON.stringify(theirs.objects) === JSON.stringify(ours.objects) ? 'equal' : 'other files';
};

/** Without the operations and files that the difference does not need. */
const smaller = async (oracle: Oracle, artifact: RandomArtifact, verdict: Verdict): Promise<RandomArtifact> => {
  for (const [index] of artifact.copy.entries()) {
    const fewer = { ...artifact, copy: artifact.copy.toSpliced(index, 1) };
    if (fewer.copy.length > 0 && (await judge(oracle, fewer)) === verdict) return smaller(oracle, fewer, verdict);
  }
  for (const [alias, files] of Object.entries(artifact.sources)) {
    for (const path of Object.keys(files)) {
      const { [path]: _, ...others } = files;
      const fewer = { ...artifact, sources: { ...artifact.sources, [alias]: others } };
      if ((await judge(oracle, fewer)) === verdict) return smaller(oracle, fewer, verdict);
    }
  }
  return artifact;
};

const [number = '1000', seed = '1'] = process.argv.slice(2);
process.exitCode = await main(Number(number), Number(seed));
