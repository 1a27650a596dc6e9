/** What must hold where two revisions are compared: `check --since`, `--staged` and `impact`, in memory and with a real git. */

import { analyze } from '../../src/analyze.ts';
import { findingsBefore, lintHead } from '../../src/analyze-change.ts';
import { evaluatedChange } from '../change-fixture.ts';
import { runMain } from '../cli/run-main.ts';
import type { Texts } from '../fixture.ts';
import { everyRule, workspaceOf } from '../fixture.ts';
import { commitAll, git, makeRepository, newDirectory, removeDirectory, write } from '../git-repository.ts';
import { anyOf, type Chance, chanceOf, planted, times } from './chance.ts';
import { repositoryOf } from './grammar.ts';
import { about, checkTold, impactTold, judgeTold } from './told.ts';

/** A repository, and what became of it. */
export const judgeHistory = (seed: number, after: Texts): void => {
  const before = seed % 64 === 3 ? after : changed(chanceOf(seed + 0x5eed), after, seed);
  const { impact, lint, known, told } = changeOf(before, after);
  for (const { ruleId, error } of lint.failed) throw new Error(`rule ${ruleId}`, { cause: error });
  for (const each of told) judgeTold(each);
  if (before !== after) return;

  const objects = impact.clusters.flatMap(({ kustomizations }) =>
    kustomizations.flatMap(({ removed, changed: other, added }) => [...removed, ...other, ...added]),
  );
  if (objects.length > 0 || impact.changedFiles.length > 0) throw new Error('nothing was changed, and something is told');
  const fresh = lint.findings.filter(({ fingerprint }) => !known.has(fingerprint));
  if (fresh.length > 0) throw new Error(`nothing was changed, and this is new: ${fresh.map(({ ruleId }) => ruleId).join(', ')}`);
};

/** Files are written, taken away, and given other names and contents. */
const changed = (chance: Chance, texts: Texts, seed: number): Texts => {
  const result = new Map(Object.entries(texts));
  const other = Object.entries(repositoryOf(seed + 1)).filter(([path]) => path !== '.flux-lint.yaml');
  for (const change of times(1 + chance.below(3), () => chance.of(['take', 'name', 'write', 'edit']))) {
    const path =
      anyOf(
        chance,
        [...result.keys()].filter((each) => each !== '.flux-lint.yaml'),
      ) ?? '';
    const [otherPath, otherText] = anyOf(chance, other) ?? ['a.yaml', ''];
    const text = result.get(path) ?? '';
    if (change === 'take' || change === 'name') result.delete(path);
    if (change === 'name') result.set(`${path.slice(0, path.lastIndexOf('/') + 1)}z-${chance.below(9)}.yaml`, text);
    if (change === 'write') result.set(otherPath, otherText);
    if (change === 'edit') result.set(path, text.replace(/web|app|shop/, chance.of(['db', 'prod', '""'])));
  }
  return Object.fromEntries(result);
};

/** What a change is found to be, and everything that is told of it. */
export const changeOf = (before: Texts, after: Texts) => {
  const change = evaluatedChange({ before, after, head: workspaceOf(after) });
  const lint = lintHead(change, everyRule, { isChangeOnly: false });
  const { impact } = change;
  const report = { impact, base: 'before', head: 'worktree', findings: lint.findings, notJudged: lint.notJudged };
  const told = [...checkTold({ ...lint, ...about }), ...impactTold(report)];
  return { impact, lint, known: findingsBefore(change, everyRule, lint.findings), told };
};

const commands: readonly (readonly string[])[] = [
  ['check', '--format', 'json', '--trust-config'],
  ['check', '--since', 'HEAD~1', '--format', 'json'],
  ['check', '--since', 'HEAD~1..HEAD', '--new-only', '--format', 'markdown'],
  ['check', '--staged', '--format', 'json'],
  ['impact', '--since', 'HEAD~1', '--format', 'json'],
  ['impact', '--staged', '--format', 'text', '--verbose'],
];

/** The same with git: two commits, something staged, and something else in the work tree. It takes a second. */
export const judgeGitHistory = async (seed: number): Promise<void> => {
  const chance = chanceOf(seed);
  const { '.flux-lint.yaml': _, ...first } = repositoryOf(seed * 5);
  const directory = newDirectory();
  try {
    const versions = [first, ...times(3, (index) => changed(chance, first, seed + index))];
    const [one = {}, two = {}, staged = {}, worktree = {}] = versions;
    write(directory, one);
    makeRepository(directory);
    for (const [texts, then] of [
      [two, () => commitAll(directory)],
      [staged, () => git(directory, 'add', '-A')],
      [worktree, () => undefined],
    ] as const) {
      for (const path of Object.keys(one)) removeDirectory(`${directory}/${path}`);
      write(directory, texts);
      write(directory, { 'note.txt': String(chance.below(2 ** 31)) });
      then();
    }
    for (const argv of commands) {
      const { code, stdout, stderr } = await runMain(argv, { cwd: directory }, { analyze: async () => analyze });
      if (code > 2) throw new Error(`${argv.join(' ')}: ${stderr}`);
      if (code < 2 && argv.includes('json')) JSON.parse(stdout);
      if (`${stdout}${stderr}`.includes(planted)) throw new Error(`${argv.join(' ')} prints a secret: ${stdout}${stderr}`);
    }
  } catch (error) {
    throw new Error(`the git history of seed ${seed}`, { cause: error });
  } finally {
    removeDirectory(directory);
  }
};
