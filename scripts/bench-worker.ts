/** One measurement in a process of its own, so that nothing is warm: `bench-worker MODE FLEET`. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { rules } from '../rules/index.ts';
import { type Evaluated, evaluateWorkspace } from '../src/analyze.ts';
import { setPatience } from '../src/cli/start/v8-patience.ts';
import { diskFiles } from '../src/files/disk.ts';
import { memoryFiles } from '../src/files/memory.ts';
import { createBuild } from '../src/kustomize/create-build.ts';
import { lint } from '../src/lint/lint.ts';
import { openSession } from '../src/lsp/session/session.ts';
import { printObjects } from '../src/report/build/yaml.ts';
import { openWorkspace, type Workspace } from '../src/workspace.ts';
import { createFileParser } from '../src/yaml/file-parser.ts';
import { readWithPackage } from '../src/yaml/parse.ts';
import { everyRule } from '../test/fixture.ts';
import { median } from './processor-time.ts';

const [mode = '', fleet = ''] = process.argv.slice(2);

const timed = <T>(work: () => T): { readonly value: T; readonly seconds: number } => {
  const start = performance.now();
  const value = work();
  return { value, seconds: (performance.now() - start) / 1000 };
};

const megabytes = () => Math.round(process.resourceUsage().maxRSS / 1024);
const say = (label: string, text: string) => console.log(`${label.padEnd(34)} ${text}`);

const open = async (): Promise<Workspace> => openWorkspace({ cwd: fleet, paths: [], root: fleet, repositories: {} });

/** Evaluation from cold, beside parsing the effective output of all clusters once with the `yaml` package. */
const evaluation = async () => {
  const start = performance.now();
  const { graph } = evaluateWorkspace(await open());
  const seconds = (performance.now() - start) / 1000;
  const memory = megabytes();
  const { clusters } = graph.evaluation;
  const objects = clusters.flatMap((cluster) => cluster.objects);
  say(
    'clusters, Kustomizations, objects',
    `${clusters.length}, ${clusters.reduce((sum, c) => sum + c.kustomizations.length, 0)}, ${objects.length}`,
  );
  say('evaluation from cold', `${seconds.toFixed(2)} s, ${Math.round((seconds * 1e6) / objects.length)} µs an object, peak ${memory} MB`);
  let parsing = 0;
  for (const cluster of clusters) {
    const text = printObjects(cluster.objects.map(({ root }) => ({ root, origin: () => root })));
    parsing += timed(() => parseAllDocuments(text)).seconds;
  }
  say('parsing the effective output', `${parsing.toFixed(2)} s`);
  say('evaluation / parsing', (seconds / parsing).toFixed(2));
};

/** All rules beside the evaluation they read. */
const allRules = async () => {
  const workspace = await open();
  const evaluated = timed(() => evaluateWorkspace(workspace));
  const linted = timed(() => lintAll(workspace, evaluated.value));
  say('evaluation', `${evaluated.seconds.toFixed(2)} s`);
  say(`${rules.length} rules`, `${linted.seconds.toFixed(2)} s, ${linted.value.findings.length} findings, peak ${megabytes()} MB`);
  say('rules / evaluation', (linted.seconds / evaluated.seconds).toFixed(2));
};

const lintAll = ({ files, config }: Workspace, { graph, parse, sources }: Evaluated) =>
  lint({ ...everyRule, graph, parse, sources, files, config });

/** Evaluation and rules from cold: what `parsed` is held against. */
const judged = async () => {
  const workspace = await open();
  console.log(costOf(() => lintAll(workspace, evaluateWorkspace(workspace))));
};

/** Every YAML file parsed once with the `yaml` package, and how many there are. */
const parsed = async () => {
  const { files } = await open();
  const found = files.paths.filter((path) => /\.ya?ml$/.test(path) && files.entry(path) === 'file');
  const texts = found.map((path) => files.file(path)?.text ?? '');
  const cost = costOf(() => {
    for (const text of texts) readWithPackage(text, (start, end) => ({ path: '', start, end }));
  });
  console.log(cost, found.length);
};

/** In milliseconds of processor time. */
const costOf = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

/** Every overlay of a fleet in one process, beside kubectl on a sample of them. */
const overlays = () => {
  const apps = join(fleet, 'apps');
  const directories = readdirSync(apps).flatMap((app) =>
    readdirSync(join(apps, app)).flatMap((name) => (name === 'base' ? [] : [`apps/${app}/${name}`])),
  );
  const files = diskFiles(fleet, { include: 'all' });
  const build = createBuild(createFileParser());
  const ours = timed(() => {
    for (const directory of directories) build({ files, directory, loadRestrictor: 'LoadRestrictionsNone', withoutKustomization: 'fail' });
  });
  say(`${directories.length} overlays`, `${ours.seconds.toFixed(2)} s, peak ${megabytes()} MB`);
  if (spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' }).status !== 0) {
    say('kubectl kustomize', 'kubectl is not here: not compared');
    return;
  }
  const sample = directories.filter((_, index) => index % Math.ceil(directories.length / 100) === 0);
  const theirs = timed(() => {
    for (const directory of sample) execFileSync('kubectl', ['kustomize', join(fleet, directory)], { stdio: 'ignore' });
  });
  const extrapolated = (theirs.seconds / sample.length) * directories.length;
  say('kubectl kustomize', `${extrapolated.toFixed(1)} s for all, from ${sample.length}`);
  say('ours / theirs', `1/${Math.round(extrapolated / ours.seconds)}`);
};

/** A patch-only overlay on a base of 10 and of 1,000 objects: the median of 200 distinct ones on one built base. */
const base = () => {
  const median = (count: number): number => {
    const objects = Array.from(
      { length: count },
      (_, n) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: object-${n}\ndata:\n  a: b\n`,
    );
    const texts: Record<string, string> = {
      'base/kustomization.yaml': 'resources:\n  - objects.yaml\n',
      'base/objects.yaml': objects.join('---\n'),
    };
    for (let n = 0; n < 200; n++) {
      const patch = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: object-${n % count}\ndata:\n  a: overlay-${n}\n`;
      texts[`overlay-${n}/kustomization.yaml`] = 'resources:\n  - ../base\npatches:\n  - path: patch.yaml\n';
      texts[`overlay-${n}/patch.yaml`] = patch;
    }
    const files = memoryFiles(texts);
    const build = createBuild(createFileParser());
    const input = { files, loadRestrictor: 'LoadRestrictionsNone', withoutKustomization: 'fail' } as const;
    build({ ...input, directory: 'base' });
    const times = Array.from({ length: 200 }, (_, n) => timed(() => build({ ...input, directory: `overlay-${n}` })).seconds);
    return times.sort((a, b) => a - b)[100] ?? 0;
  };
  // Once unmeasured: the first builds pay for compilation, whatever their base.
  median(10);
  const small = median(10);
  const large = median(1000);
  say('overlay on 10 objects', `${Math.round(small * 1e6)} µs`);
  say('overlay on 1,000 objects', `${Math.round(large * 1e6)} µs`);
  say('large / small', (large / small).toFixed(2));
};

/** What a keystroke in a file of a base costs a language server, once the fleet is evaluated: the median of 20. */
const editor = async () => {
  const session = await openSession(fleet);
  const first = costOf(session.analysis);
  const { files, graph } = session.analysis();
  const isEdited = (path: string) => graph.reach.readers(path).length > 0 && !/kustomization\.ya?ml$/.test(path);
  const path = files.paths.find((candidate) => /(^|\/)(base|app)\/.*\.ya?ml$/.test(candidate) && isEdited(candidate));
  if (path === undefined) throw new Error(`${fleet}: no file in a folder base or app that a cluster gets`);
  const text = files.file(path)?.text ?? '';
  const keystrokes = Array.from({ length: 30 }, (_, n) =>
    costOf(() => {
      session.setBuffer(path, `${text}# ${'x'.repeat(n + 1)}\n`);
      session.analysis();
    }),
  );
  say('YAML files, clusters', `${files.paths.filter((each) => /\.ya?ml$/.test(each)).length}, ${graph.clusters.all.length}`);
  say('first evaluation', `${Math.round(first)} ms of processor time`);
  // The first ten are those in which V8 still learns.
  say(`a keystroke in ${path}`, `${Math.round(median(keystrokes.slice(10)))} ms of processor time, peak ${megabytes()} MB`);
};

console.log(`\n${mode}`);
switch (mode) {
  case 'evaluation':
    await evaluation();
    break;
  case 'rules':
    await allRules();
    break;
  case 'overlays':
    overlays();
    break;
  case 'base':
    base();
    break;
  case 'editor':
    await editor();
    break;
  case 'judged':
    setPatience('check');
    await judged();
    break;
  case 'parsed':
    setPatience('check');
    await parsed();
    break;
  default:
    throw new Error(`no measurement is called ${mode}`);
}
