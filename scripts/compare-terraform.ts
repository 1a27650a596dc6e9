/**
 * Compares src/hcl with `terraform console` on random expressions.
 *
 *   npm run compare:terraform -- [--count 20000] [--seed 1] [--golden FILE]
 *
 * An expression agrees when both give the same value or both fail; what is more exact than we are (numbers of more than 15
 * digits) we call unknown. Where `terraform` is not on the PATH, nothing is compared and nothing fails. `--golden` writes
 * expressions with Terraform's answers, which `npm test` reads.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { evaluated } from './hcl-oracle/evaluated.ts';
import { createRandom, randomExpression } from './hcl-oracle/random-expression.ts';

const main = (): number => {
  const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' }, golden: { type: 'string' } } });
  if (spawnSync('terraform', ['version']).error) {
    console.log('compare:terraform: skipped, terraform is not on the PATH');
    return 0;
  }
  const random = createRandom(Number(values.seed ?? 1));
  const expressions = Array.from({ length: Number(values.count ?? 20_000) }, () => randomExpression(random));
  const answers = consoleAnswers(expressions);
  let same = 0;
  let failing = 0;
  let unknown = 0;
  const golden: unknown[] = [];
  for (const [index, expression] of expressions.entries()) {
    const theirs = answers.get(index);
    const ours = evaluated(expression);
    const agrees = 'unknown' in ours ? true : theirs === undefined ? 'fails' in ours : 'json' in ours && ours.json === theirs;
    if (agrees) same++;
    else console.log(JSON.stringify({ expression, theirs: theirs ?? 'fails', ours }));
    if (theirs === undefined) failing++;
    if ('unknown' in ours) unknown++;
    if (expression.length < 300) golden.push(theirs === undefined ? { expression, fails: true } : { expression, json: theirs });
  }
  if (values.golden !== undefined) writeFileSync(values.golden, `${golden.map((entry) => JSON.stringify(entry)).join('\n')}\n`);
  console.log(`${same} of ${expressions.length} the same (${failing} of them fail in Terraform, too; ${unknown} are unknown to us)`);
  return same === expressions.length ? 0 : 1;
};

/** So many are asked for at once: each start takes a second. */
const batch = 400;

/** The value of each expression as JSON; of one that fails there is none. */
const consoleAnswers = (expressions: readonly string[]): ReadonlyMap<number, string> => {
  const answers = new Map<number, string>();
  const cwd = mkdtempSync(join(tmpdir(), 'compare-terraform-'));
  const env = { ...process.env, TF_CLI_CONFIG_FILE: '/dev/null' };
  for (let start = 0; start < expressions.length; start += batch) {
    const list = expressions.slice(start, start + batch).map((expression) => `try(jsonencode(${expression}), null)`);
    const run = spawnSync('terraform', ['console'], {
      cwd,
      env,
      input: `base64encode(jsonencode([${list.join(', ')}]))\n`,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    });
    const found = /"([A-Za-z0-9+/=]+)"/.exec(run.stdout);
    if (!found) throw new Error(run.stderr.slice(0, 1000));
    const results: readonly (string | null)[] = JSON.parse(Buffer.from(found[1] ?? '', 'base64').toString());
    for (const [index, result] of results.entries()) if (result !== null) answers.set(start + index, result);
  }
  return answers;
};

process.exitCode = main();
