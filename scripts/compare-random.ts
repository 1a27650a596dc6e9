/**
 * Compares flux-lint with kustomize and Flux on random input: directories to build, objects to substitute in, and Flux
 * Kustomizations to reconcile.
 *
 *   npm run compare:random -- [N [SEED [KIND]]]
 *
 * N of each, or of one KIND alone (directories, substitutions, kustomizations), from seed SEED on. Prints how many differ, by
 * how, the first few made as small as they can be, and the seeds of the others. Needs Go and its module proxy once; where they
 * are not, nothing is compared and nothing fails. A refusal agrees with a refusal, whatever the words.
 */

import { randomFluxObject } from './differential/flux-object.ts';
import { type Answer, type Oracle, openOracle } from './differential/oracle.ts';
import { buildTree, reconcile, substitute } from './differential/ours.ts';
import { createRandom } from './differential/random.ts';
import { shrunk } from './differential/shrink.ts';
import { randomSubstitution, type Substituted } from './differential/substitution.ts';
import { randomTree, type Tree } from './differential/tree.ts';

type Verdict = 'equal' | 'both refuse' | 'only flux-lint refuses' | 'only the controller refuses' | 'other objects';

interface Case {
  readonly seed: number;
  readonly tree: Tree;
}

const main = async ({ number, firstSeed, kind }: { number: number; firstSeed: number; kind: string | undefined }): Promise<number> => {
  const oracle = openOracle();
  if (!oracle) {
    console.log('compare:random: skipped, the Go program cannot be built here');
    return 0;
  }
  const kinds = [
    { name: 'directories', make: (seed: number) => randomTree(createRandom(seed)), judge: judgeTree(oracle) },
    {
      name: 'substitutions',
      make: (seed: number) => substitutionTree(randomSubstitution(createRandom(seed))),
      judge: judgeSubstitution(oracle),
    },
    { name: 'kustomizations', make: (seed: number) => randomFluxObject(createRandom(seed)), judge: judgeKustomization(oracle) },
  ];
  const asked = kinds.filter(({ name }) => kind === undefined || name === kind);
  if (asked.length === 0) throw new Error(`no KIND is called ${kind}`);
  let differing = 0;
  for (const { name, make, judge } of asked) {
    const counts = new Map<Verdict, number>();
    const found: Case[] = [];
    for (let seed = firstSeed; seed < firstSeed + number; seed++) {
      const tree = make(seed);
      const verdict = await judge(tree);
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
      if (isDifference(verdict)) found.push({ seed, tree });
    }
    const counted = [...counts].sort().map(([verdict, count]) => `${count} ${verdict}`);
    console.log(`${name}: ${counted.join(', ')}; ${((100 * found.length) / number).toFixed(2)} % differ`);
    for (const { seed, tree } of found.slice(0, shown)) await show({ seed, tree }, judge);
    const others = found.slice(shown).map(({ seed }) => seed);
    if (others.length > 0) console.log(`\nalso: ${others.join(', ')}`);
    differing += found.length;
  }
  oracle.close();
  return differing > 0 ? 1 : 0;
};

const shown = 5;

const isDifference = (verdict: Verdict): boolean => verdict !== 'equal' && verdict !== 'both refuse';

const show = async ({ seed, tree }: Case, judge: (tree: Tree) => Promise<Verdict>): Promise<void> => {
  const verdict = await judge(tree);
  const small = await shrunk(tree, async (smaller) => (await judge(smaller)) === verdict);
  console.log(`\nseed ${seed}: ${verdict}`);
  for (const [path, text] of Object.entries(small)) console.log(`--- ${path}\n${text}`);
};

const judgeTree =
  (oracle: Oracle) =>
  async (tree: Tree): Promise<Verdict> =>
    compared(await oracle.ask({ files: tree, directory: 'root' }), buildTree(tree, 'root'));

/** As texts, so that they are made smaller as directories are. */
const substitutionTree = ({ object, variables, strict }: Substituted): Tree => ({
  object,
  variables: Object.entries(variables)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join('\n'),
  strict: strict ? 'strict' : '',
});

const judgeSubstitution =
  (oracle: Oracle) =>
  async ({ object = '', variables = '', strict }: Tree): Promise<Verdict> => {
    const pairs = variables.split('\n').flatMap((line) => {
      const [, name, value] = /^([^=]+)=(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, String(JSON.parse(value))] as const];
    });
    // Without any variable Flux leaves the object alone, and it is the caller who knows.
    const asked = { object, variables: { ...Object.fromEntries(pairs), ALWAYS: 'x' }, strict: strict === 'strict' };
    return compared(await oracle.ask(asked), substitute(asked));
  };

const judgeKustomization =
  (oracle: Oracle) =>
  async (tree: Tree): Promise<Verdict> => {
    const { 'kustomization.yaml': kustomization = '', 'cluster.yaml': cluster = '', ...files } = tree;
    const asked = { files, kustomization, cluster: cluster.split(/^---$/m), strict: true };
    return compared(asNumbers(await oracle.ask(asked)), asNumbers(reconcile(tree)));
  };

/** Go reads integers beyond 64 bits as floating-point numbers before it applies them: docs/kustomize.md. */
const asNumbers = ({ objects, error }: Answer): Answer => ({ objects: objects.map((text) => JSON.stringify(JSON.parse(text))), error });

const compared = (theirs: Answer, ours: Answer): Verdict => {
  if (theirs.error !== undefined) return ours.error === undefined ? 'only the controller refuses' : 'both refuse';
  if (ours.error !== undefined) return 'only flux-lint refuses';
  return JSON.stringify(theirs.objects) === JSON.stringify(ours.objects) ? 'equal' : 'other objects';
};

const [number = '1000', seed = '1', kind] = process.argv.slice(2);
process.exitCode = await main({ number: Number(number), firstSeed: Number(seed), kind });
