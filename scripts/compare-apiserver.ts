/**
 * Compares flux-lint with a real API server: objects of some forty kinds, each with a mistake in it.
 *
 *   API_SERVER=https://127.0.0.1:6443 API_TOKEN=... npm run compare:apiserver -- [N [SEED [KIND]]]
 *
 * N mutated objects from seed SEED on, of all kinds in turn or of one. The server is asked by server-side apply with dry-run,
 * so nothing is stored. Prints a table by kind, and the first disagreements of each sort (as many as SHOWN says, else 5); ends
 * with 1 where something is refused here that the server takes. Without a server nothing is compared and nothing fails.
 *
 * The server is a kube-apiserver of any minor (`cmd/kube-apiserver` of k8s.io/kubernetes) with an etcd of its own, on
 * loopback, with --allow-privileged, --authorization-mode=AlwaysAllow, a --token-auth-file, and without the admission plugins
 * that need a cluster: --disable-admission-plugins=ServiceAccount,NamespaceLifecycle,DefaultStorageClass,DefaultIngressClass,
 * TaintNodesByCondition,Priority,LimitRanger,ResourceQuota. A cluster that people use answers for itself, not for Kubernetes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type Json, mutated } from './differential/apiserver/mutate.ts';
import { type Found, judged } from './differential/apiserver/ours.ts';
import { openServer, type Server, type Verdict } from './differential/apiserver/server.ts';
import { createRandom } from './differential/random.ts';

/** How the two verdicts go together. `false alarm` alone is never right. */
type Outcome = 'both accept' | 'found at its field' | 'found elsewhere' | 'missed' | 'false alarm' | 'of the cluster';

const outcomes: readonly Outcome[] = ['both accept', 'found at its field', 'found elsewhere', 'missed', 'false alarm', 'of the cluster'];

const seeds = (): readonly Json[] =>
  parseAllDocuments(readFileSync(join(import.meta.dirname, 'differential/apiserver/seeds.yaml'), 'utf8'), { version: '1.1' }).map(
    (document) => document.toJS(),
  );

const main = async (number: number, firstSeed: number, only: string | undefined): Promise<number> => {
  const address = process.env.API_SERVER;
  if (address === undefined) {
    console.log('compare:apiserver: skipped, API_SERVER names no server');
    return 0;
  }
  const server = await openServer(address, process.env.API_TOKEN ?? '');
  const objects = seeds().filter((object) => only === undefined || kindOf(object) === only);
  if (!(await areAccepted(objects, server))) return 2;
  const counts = new Map<string, Map<Outcome, number>>();
  const shown = new Map<Outcome, number>();
  for (let seed = firstSeed; seed < firstSeed + number; seed++) {
    const origin = objects[seed % objects.length] ?? null;
    const { object, what } = mutated(origin, createRandom(seed));
    const theirs = await server.apply(object);
    const ours = judged(object);
    const outcome = compared(theirs, ours, object);
    const kind = kindOf(origin);
    const byKind = counts.get(kind) ?? new Map<Outcome, number>();
    counts.set(kind, byKind.set(outcome, (byKind.get(outcome) ?? 0) + 1));
    const before = shown.get(outcome) ?? 0;
    if (['missed', 'false alarm', 'found elsewhere'].includes(outcome) && before < Number(process.env.SHOWN ?? 5)) {
      shown.set(outcome, before + 1);
      show({ seed, kind, what, outcome, theirs, ours });
    }
  }
  table(counts, server.version);
  return [...counts.values()].some((byKind) => byKind.has('false alarm')) ? 1 : 0;
};

const kindOf = (object: Json): string => (typeof object === 'object' && object !== null && 'kind' in object ? String(object.kind) : '');

/** What a comparison begins with must be right to both. */
const areAccepted = async (objects: readonly Json[], server: Server): Promise<boolean> => {
  let areRight = true;
  for (const object of objects) {
    const theirs = await server.apply(object);
    const ours = judged(object).filter(({ severity }) => severity === 'error');
    if (theirs.type === 'accepted' && ours.length === 0) continue;
    console.log(`The seed of ${kindOf(object)} is not right: ${JSON.stringify(theirs)} ${JSON.stringify(ours)}`);
    areRight = false;
  }
  return areRight;
};

const compared = (theirs: Verdict, ours: readonly Found[], object: Json): Outcome => {
  const errors = ours.filter(({ severity }) => severity === 'error');
  if (theirs.type === 'accepted') return errors.length === 0 ? 'both accept' : 'false alarm';
  if (theirs.by === 'others') return 'of the cluster';
  if (errors.length === 0) return 'missed';
  return theirs.refusals.some(({ keys }) => keys === undefined || errors.some((error) => isAt(error.keys, keys, object)))
    ? 'found at its field'
    : 'found elsewhere';
};

/** The same field, one in it, or one up to two levels above it; where it is missing, a line of what should hold it. */
const isAt = (ours: readonly string[], theirs: readonly string[], object: Json): boolean => {
  const isWithin = (inner: readonly string[], outer: readonly string[]) => outer.every((key, index) => inner[index] === key);
  const written = writtenPart(theirs, object);
  if (isWithin(ours, written) && (written.length === theirs.length || ours.length <= written.length + 1)) return true;
  return isWithin(written, ours) && written.length - ours.length <= 2;
};

/** The way to the nearest field that is there. */
const writtenPart = (keys: readonly string[], object: Json): readonly string[] => {
  let here: Json | undefined = object;
  for (const [index, key] of keys.entries()) {
    if (typeof here !== 'object' || here === null) return keys.slice(0, index);
    here = Object.entries(here).find(([name]) => name === key)?.[1];
    if (here === undefined) return keys.slice(0, index);
  }
  return keys;
};

interface Shown {
  readonly seed: number;
  readonly kind: string;
  readonly what: readonly string[];
  readonly outcome: Outcome;
  readonly theirs: Verdict;
  readonly ours: readonly Found[];
}

const show = ({ seed, kind, what, outcome, theirs, ours }: Shown): void => {
  console.log(`\n${outcome}: seed ${seed}, ${kind} ${what.join('; ')}`);
  for (const { keys, message } of theirs.type === 'refused' ? theirs.refusals : [])
    console.log(`  server: ${keys?.join('/') ?? '?'}: ${message.slice(0, 300)}`);
  for (const { keys, rule, severity, message } of ours)
    console.log(`  here:   ${keys.join('/')}: ${rule} ${severity}: ${message.slice(0, 200)}`);
};

const table = (counts: ReadonlyMap<string, ReadonlyMap<Outcome, number>>, version: string): void => {
  console.log(`\nKubernetes ${version}\n\n| kind | ${outcomes.join(' | ')} | found |\n| --- |${' ---: |'.repeat(outcomes.length + 1)}`);
  const total = new Map<Outcome, number>();
  for (const [kind, byKind] of [...counts].sort()) {
    for (const [outcome, count] of byKind) total.set(outcome, (total.get(outcome) ?? 0) + count);
    console.log(row(kind, byKind));
  }
  console.log(row('all', total));
};

const row = (name: string, counts: ReadonlyMap<Outcome, number>): string => {
  const of = (outcome: Outcome) => counts.get(outcome) ?? 0;
  const refused = of('found at its field') + of('found elsewhere') + of('missed');
  const share = refused === 0 ? '' : `${((100 * of('found at its field')) / refused).toFixed(1)} %`;
  return `| ${name} | ${outcomes.map(of).join(' | ')} | ${share} |`;
};

const [number = '1000', seed = '1', kind] = process.argv.slice(2);
process.exitCode = await main(Number(number), Number(seed), kind);
