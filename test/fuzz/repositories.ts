/** What must hold of every repository that the grammar makes. What is dear is asked of some of them, by their seeds. */

import { evaluateWorkspace } from '../../src/analyze.ts';
import { isFaithful } from '../../src/lint/fix/faithful.ts';
import { fixAll } from '../../src/lint/fix/fix.ts';
import type { CheckResult } from '../../src/lint/result.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { jsonReport } from '../../src/report/check/json.ts';
import type { Workspace } from '../../src/workspace.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { wholeFile } from '../../src/yaml/place.ts';
import { lintAll, type Texts, workspaceOf } from '../fixture.ts';
import { repositoryOf } from './grammar.ts';
import { judgeHistory } from './histories.ts';
import { about, checkTold, graphTold, judgeTold } from './told.ts';
import { within } from './within.ts';

/** Throws, with the seed, where something does not hold. */
export const judgeRepository = (seed: number): void => {
  within(`the repository of seed ${seed}`, { seconds: 3 }, () => judge(seed));
};

const judge = (seed: number): void => {
  const { texts, workspace, result } = openable(repositoryOf(seed));
  const json = jsonReport(result);
  judgeTold({ by: 'check json', form: 'json', text: json });
  // One in so many, and never two of them for one repository.
  const turn = seed % 32;
  if (turn === 1 || turn === 17) judgeOrder(texts, json);
  if (turn === 3 || turn === 19) judgeHistory(seed, texts);
  if (turn === 5) for (const told of checkTold(result)) judgeTold(told);
  if (turn === 7) for (const told of graphTold(workspace, evaluateWorkspace(workspace))) judgeTold(told);
  if (turn % 4 === 0 && result.findings.some(({ fix }) => fix))
    judgeFixes(texts, workspace, turn % 16 === 0 ? ['safe', 'unsafe'] : ['safe']);
};

interface Opened {
  readonly texts: Texts;
  readonly workspace: Workspace;
  readonly result: CheckResult;
}

/** A configuration that is none ends the run before it begins, with a message: the rest is judged without it. */
const openable = (texts: Texts): Opened => {
  const opened = (): Opened => {
    const workspace = workspaceOf(texts);
    return { texts, workspace, result: linted(workspace) };
  };
  if (!Object.hasOwn(texts, '.flux-lint.yaml')) return opened();
  try {
    return opened();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const { '.flux-lint.yaml': _, ...rest } = texts;
    return openable(rest);
  }
};

const linted = (workspace: Workspace): CheckResult => {
  const result = lintAll(workspace);
  for (const { ruleId, error } of result.failed) throw new Error(`rule ${ruleId}`, { cause: error });
  return { ...result, ...about };
};

const judgeOrder = (texts: Texts, json: string): void => {
  const shuffled = Object.fromEntries(Object.entries(texts).reverse());
  if (jsonReport(linted(workspaceOf(shuffled))) !== json) throw new Error('the order of files changes the report');
};

/**
 * Fixes are done after one run, parse as well as what was there before, and keep ends of lines. One that would break its
 * file is refused and told: what is written holds what follows.
 */
const judgeFixes = (texts: Texts, workspace: Workspace, safeties: readonly ['safe', 'unsafe'] | readonly ['safe']): void => {
  const mended = fixAll(workspace.files, (files) => linted({ ...workspace, files }), safeties);
  for (const { path, before, after } of mended.files) {
    if (!/\.ya?ml$/.test(path)) continue;
    if (problemsOf(after) > problemsOf(before)) throw new Error(`${path} no longer parses: ${after}`);
    const loneEnds = (text: string) => text.split(/(?<!\r)\n/).length - 1;
    if (before.includes('\r\n') && loneEnds(after) > loneEnds(before)) throw new Error(`${path} has ends of lines of two kinds: ${after}`);
    if (!isFaithful(after, after, [])) throw new Error(`${path} is not even faithful to itself: ${after}`);
  }
  if (mended.files.length === 0) return;
  const again = workspaceOf({ ...texts, ...Object.fromEntries(mended.files.map((file) => [file.path, file.after])) });
  const twice = fixAll(again.files, (files) => linted({ ...again, files }), safeties);
  if (twice.files.length > 0) throw new Error(`fixes are not done after one run: ${twice.files.map(({ path }) => path).join(', ')}`);
};

const problemsOf = (text: string): number => parseYaml(text, wholeFile('')).problems.length;
