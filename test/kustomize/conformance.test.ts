/**
 * Cases made of kustomize's own tests, where they are at hand: each a folder with `files/`, the input, and `case.json`, which says
 * what to build and what kustomize made of it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { buildDirectory } from '../../src/cli/command/build.ts';
import { referenceData } from '../reference-data.ts';

interface Case {
  readonly root: string;
  readonly expect: 'output' | 'error';
  readonly expected?: string;
  readonly oracle_output?: string;
  readonly truth?: 'expected' | 'oracle';
  readonly error_contains?: string;
  readonly load_restrictions?: 'none';
  readonly reorder?: string;
  readonly derived?: string;
}

interface Verdict {
  readonly name: string;
  readonly isWhole: boolean;
  readonly isRejected: boolean;
  readonly passes: boolean;
  readonly hasOwnWords: boolean;
  readonly why: string;
}

const folder = referenceData('conformance/kustomize') ?? '';

describe.skipIf(folder === '')('kustomize conformance', () => {
  const verdicts = folder === '' ? [] : readdirSync(folder).flatMap((name) => judge(name) ?? []);
  const share = (list: readonly Verdict[]) => list.filter(({ passes }) => passes).length / list.length;
  const whole = verdicts.filter(({ isWhole }) => isWhole);
  const rejected = verdicts.filter(({ isRejected }) => isRejected);
  const failed = verdicts.filter(({ passes }) => !passes).map(({ name, why }) => `${name}: ${why}`);

  test('whole builds', () => expect(share(whole), failed.join('\n')).toBe(1));
  test('all cases', () => expect(share(verdicts), failed.join('\n')).toBe(1));
  test("rejected inputs in kustomize's words", () => {
    const without = rejected.filter(({ hasOwnWords }) => !hasOwnWords).map(({ name, why }) => `${name}: ${why}`);
    expect(rejected.length - without.length, without.join('\n')).toBeGreaterThanOrEqual(rejected.length * 0.94);
  });
});

function judge(name: string): Verdict | undefined {
  const path = join(folder, name, 'case.json');
  if (!existsSync(path)) return undefined;
  // The cases are made to this shape.
  const test = JSON.parse(readFileSync(path, 'utf8')) as Case;
  if (test.reorder) return undefined;
  const verdict = { name, isWhole: !test.derived, isRejected: false, passes: false, hasOwnWords: true, why: '' };
  const root = join(folder, name, 'files');
  const output = buildDirectory({
    directory: join(root, test.root),
    root,
    cwd: root,
    loadRestrictor: test.load_restrictions === 'none' ? 'LoadRestrictionsNone' : 'LoadRestrictionsRootOnly',
    origins: false,
    showSecrets: true,
  });
  if (test.expect === 'error') {
    const wanted = test.error_contains ?? '';
    const hasOwnWords = output.stderr.includes(wanted);
    const why = output.code === 2 ? `without "${wanted}": ${output.stderr}` : `not rejected (${wanted})`;
    return { ...verdict, isRejected: output.code === 2, passes: output.code === 2, hasOwnWords, why };
  }
  if (output.code !== 0) return { ...verdict, why: output.stderr.split('\n')[0] ?? '' };
  const expected = documents((test.truth === 'oracle' ? test.oracle_output : test.expected) ?? '');
  const passes = isDeepStrictEqual(documents(output.stdout), expected);
  return { ...verdict, passes, why: passes ? '' : `other documents\n${output.stdout}` };
}

function documents(text: string): readonly unknown[] {
  return parseAllDocuments(text, { version: '1.1', merge: true, uniqueKeys: false })
    .map((document) => JSON.parse(JSON.stringify(document.toJS() ?? null)) as unknown)
    .filter((value) => value !== null);
}
