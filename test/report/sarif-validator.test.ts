/** The official validator has the last word on our SARIF. Its package holds a binary for this platform, or none. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { CheckResult } from '../../src/lint/result.ts';
import { sarifReport } from '../../src/report/check/sarif.ts';
import { silentIo } from '../cli/terminal/silent-io.ts';
import { everyRule } from './every-rule.ts';
import { repositories } from './repositories.ts';
import { cleanResult, sampleResult } from './sample.ts';

const multitool = findMultitool();
/** It asks for every address that a report names, and waits where nobody answers. A proxy that is not there refuses at once. */
const env = { ...process.env, http_proxy: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' };
const directory = mkdtempSync(join(tmpdir(), 'flux-lint-sarif-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** `sample` has suppressions, fixes, code flows and another repository; `cut` more than GitHub takes of all that. */
const results = (): Record<string, CheckResult> => ({
  sample: sampleResult,
  empty: cleanResult,
  'without-rules': { ...cleanResult, rules: [] },
  'every-rule': everyRule(),
  cut: { ...sampleResult, findings: sampleResult.findings.flatMap((finding) => Array.from({ length: 1000 }, () => finding)) },
});

it.skipIf(multitool === undefined)('has nothing to say at level error or warning', () => {
  const files = Object.entries(results()).map(([name, result]) => {
    const file = join(directory, `${name}.sarif`);
    writeFileSync(file, sarifReport(result));
    return file;
  });
  expect(complaints(files)).toEqual([]);
});

it.skipIf(multitool === undefined)('has nothing to say of the repositories among the fixtures', async () => {
  const files: string[] = [];
  for (const { name, root } of repositories) {
    const file = join(directory, `${name.replaceAll('/', '-')}.sarif`);
    await analyzed(root, file);
    files.push(file);
  }
  expect(files.length).toBeGreaterThan(1);
  expect(complaints(files)).toEqual([]);
});

it.skipIf(multitool === undefined)('is asked in a way that does find faults', () => {
  const file = join(directory, 'faulty.sarif');
  writeFileSync(file, sarifReport(sampleResult).replace('"startLine": 4', '"startLine": 9'));
  expect(complaints([file])).not.toEqual([]);
});

/** The whole command, as a workflow runs it. */
async function analyzed(root: string, output: string): Promise<void> {
  expect(await main(['check', root, '--format', 'sarif', '--output', output], silentIo)).toBeLessThan(2);
}

/** Its findings, each as one line. */
function complaints(files: readonly string[]): readonly string[] {
  const output = join(directory, 'validation.sarif');
  const options = [
    '--rule-kind',
    'Sarif;Ghas',
    '--level',
    'Error;Warning',
    '--output',
    output,
    '--log',
    'ForceOverwrite',
    '--max-file-size-in-kb',
    '100000',
  ];
  const { stdout } = spawnSync(multitool ?? '', ['validate', ...files, ...options], { encoding: 'utf8', env });
  expect(stdout).toContain(`${files.length} files scanned`);
  const log: { runs: { results: { ruleId: string; message: object }[] }[] } = JSON.parse(readFileSync(output, 'utf8'));
  return log.runs.flatMap((run) => run.results.map((result) => `${result.ruleId} ${JSON.stringify(result.message)}`));
}

function findMultitool(): string | undefined {
  try {
    const binary: string = createRequire(import.meta.url)('@microsoft/sarif-multitool');
    // Its install script would do this; with --ignore-scripts nobody has.
    chmodSync(binary, 0o755);
    if (spawnSync(binary, ['--version']).error === undefined) return binary;
  } catch {
    // The package for this platform is not installed.
  }
  console.warn('sarif-multitool does not run here: the SARIF reports are not validated');
  return undefined;
}
