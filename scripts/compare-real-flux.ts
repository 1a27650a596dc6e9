/**
 * Puts the cases of the rules that say what Flux does to Flux itself.
 *
 *   KUBE_APISERVER=PROGRAM FLUX_CONTROLLERS=FOLDER FLUX_DEFINITIONS=FILE npm run compare:real-flux -- [RULE[/CASE]...]
 *
 * The folder holds source-controller, kustomize-controller and, where they are to be asked, helm-controller and
 * source-watcher; the file the definitions of Flux's kinds; etcd is on the PATH, or ETCD names it. All of it listens on
 * loopback alone. What came out is recorded in `scripts/differential/real-flux/results.json`, of which `npm run generate`
 * makes the table of docs/fidelity.md.
 */
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTexts } from '../test/fixture.ts';
import { runsOf } from './differential/real-flux/case.ts';
import { claims } from './differential/real-flux/claims.ts';
import { ports, startCluster } from './differential/real-flux/cluster.ts';
import { digestOf } from './differential/real-flux/digest.ts';
import { serve } from './differential/real-flux/git-server.ts';
import { programsOf } from './differential/real-flux/programs.ts';
import { type Result, readResults, writeResults } from './differential/real-flux/results.ts';
import { runCase } from './differential/real-flux/run-case.ts';

const fixtures = join(import.meta.dirname, '../fixtures/rules');

const main = async (asked: readonly string[]): Promise<void> => {
  const programs = programsOf(process.env);
  if (!programs) {
    console.log('compare:real-flux: skipped, KUBE_APISERVER, FLUX_CONTROLLERS and FLUX_DEFINITIONS are not set');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'real-flux-'));
  const repositories = join(folder, 'git');
  const server = await serve(repositories, ports.git);
  const cluster = await startCluster(programs, join(folder, 'cluster'));
  try {
    for (const { rule, name } of casesOf(asked)) {
      const marked = readTexts(join(fixtures, rule, name));
      const runs = runsOf(rule, marked);
      const result = { rule, case: name, digest: digestOf(marked) };
      if (runs.length === 0) record({ ...result, cluster: '', told: { byRule: false, all: [] }, notReady: [] });
      for (const run of runs) {
        const notReady = await runCase(cluster, run, repositories);
        record({ ...result, cluster: run.cluster, told: run.told, notReady });
        const words = notReady.map(({ object, message }) => `${object}: ${message.trim()}`).join(' | ') || 'all ready';
        console.log(`${rule}/${name} ${run.cluster}: ${words}`);
      }
    }
  } finally {
    await cluster.stop();
    server.close();
  }
};

/** In the place of what was recorded of an older text of the case. */
const record = (result: Result): void => {
  const isReplaced = (other: Result) =>
    other.rule === result.rule && other.case === result.case && (other.cluster === result.cluster || other.digest !== result.digest);
  writeResults([...readResults().filter((other) => !isReplaced(other)), result]);
};

const casesOf = (asked: readonly string[]): readonly { readonly rule: string; readonly name: string }[] =>
  [...claims.keys()].flatMap((rule) => {
    const folder = join(fixtures, rule);
    const names = existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => /^(bad|good)/.test(name))
          .sort()
      : [];
    const isAsked = (name: string) => asked.length === 0 || asked.some((each) => each === rule || each === `${rule}/${name}`);
    return names.filter(isAsked).map((name) => ({ rule, name }));
  });

await main(process.argv.slice(2));
