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
import { readResults, writeResults } from './differential/real-flux/results.ts';
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
      for (const run of runsOf(rule, marked)) {
        const notReady = await runCase(cluster, run, repositories);
        const result = { rule, case: name, cluster: run.cluster, digest: digestOf(marked), told: run.told, notReady };
        writeResults([...readResults().filter((other) => keyOf(other) !== keyOf(result)), result]);
        console.log(`${keyOf(result)}: ${notReady.map(({ object, message }) => `${object}: ${message}`).join(' | ') || 'all ready'}`);
      }
    }
  } finally {
    await cluster.stop();
    server.close();
  }
};

const keyOf = ({ rule, case: name, cluster }: { readonly rule: string; readonly case: string; readonly cluster: string }): string =>
  `${rule}/${name} ${cluster}`;

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
