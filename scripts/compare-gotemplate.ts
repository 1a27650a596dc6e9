/**
 * Compares src/gotemplate with Go's text/template and slim-sprig on random templates.
 *
 *   npm run compare:gotemplate -- [--count 20000] [--seed 1] [--golden FILE]
 *
 * A template agrees when both give the same text or both fail. Where `go` is not on the PATH, nothing is compared and
 * nothing fails. `--golden` writes templates with Go's answers, which `npm test` reads.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom, randomTemplate } from './gotemplate-oracle/random-template.ts';
import { renderedAsOperator } from './gotemplate-oracle/rendered.ts';

interface Answer {
  readonly output: string;
  readonly error?: string;
}

const main = (): number => {
  const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' }, golden: { type: 'string' } } });
  const oracle = join(import.meta.dirname, 'gotemplate-oracle');
  if (spawnSync('go', ['version']).error) {
    console.log('compare:gotemplate: skipped, go is not on the PATH');
    return 0;
  }
  const random = createRandom(Number(values.seed ?? 1));
  const requests = Array.from({ length: Number(values.count ?? 20_000) }, () => randomTemplate(random));
  const run = spawnSync('go', ['run', '.'], {
    cwd: oracle,
    input: requests.map((request) => JSON.stringify(request)).join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (run.status !== 0) throw new Error(run.stderr.slice(0, 500));
  const answers: readonly Answer[] = run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  let same = 0;
  let failing = 0;
  const golden: unknown[] = [];
  for (const [index, request] of requests.entries()) {
    const theirs = answers[index] ?? { output: '' };
    const ours = renderedAsOperator(request);
    const agrees = theirs.error === undefined ? ours.output === theirs.output : ours.error !== undefined;
    if (agrees) same++;
    else console.log(JSON.stringify({ ...request, theirs, ours }));
    if (theirs.error !== undefined) failing++;
    if (request.template.length < 500)
      golden.push(theirs.error === undefined ? { ...request, output: theirs.output } : { ...request, fails: true });
  }
  if (values.golden !== undefined) writeFileSync(values.golden, `${golden.map((entry) => JSON.stringify(entry)).join('\n')}\n`);
  console.log(`${same} of ${requests.length} the same (${failing} of them fail in Go, too)`);
  return same === requests.length ? 0 : 1;
};

process.exitCode = main();
