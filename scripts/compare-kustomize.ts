/**
 * Compares every kustomization directory of the given repositories with what kustomize makes of it.
 *
 *   npm run compare:kustomize -- DIR...
 *
 * Documents are compared parsed and as a set, since kubectl sorts them. `kustomize` is used where it is on the PATH, else
 * `kubectl kustomize`; where neither is, nothing is compared and nothing fails. Directories that need content from
 * elsewhere, and Components, are passed over.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join, relative, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { buildDirectory } from '../src/cli/command/build.ts';
import { diskFiles } from '../src/files/disk.ts';

type Verdict = { readonly type: 'same' | 'passed-over' } | { readonly type: 'differs'; readonly why: string };

const main = (roots: readonly string[]): number => {
  const oracle = findOracle();
  if (!oracle) {
    console.log('compare:kustomize: skipped, neither kustomize nor kubectl is on the PATH');
    return 0;
  }
  const counts = { same: 0, 'passed-over': 0, differs: 0 };
  for (const root of roots.map((path) => resolve(path))) {
    for (const directory of kustomizationDirectories(root)) {
      const verdict = compare(root, directory, oracle);
      counts[verdict.type]++;
      if (verdict.type === 'differs') console.log(`${relative('.', join(root, directory)) || '.'}: ${verdict.why}`);
    }
  }
  console.log(`${counts.same} the same, ${counts.differs} different, ${counts['passed-over']} passed over (${oracle.join(' ')})`);
  return counts.differs > 0 ? 1 : 0;
};

const findOracle = (): readonly string[] | undefined =>
  [
    ['kustomize', 'build'],
    ['kubectl', 'kustomize'],
  ].find(([command = '']) => spawnSync(command, ['version', '--client'], { stdio: 'ignore' }).error === undefined);

const kustomizationDirectories = (root: string): readonly string[] =>
  diskFiles(root)
    .paths.filter((path) => /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(path))
    .map((path) => (path.includes('/') ? dirname(path) : ''));

const compare = (root: string, directory: string, [command = '', ...args]: readonly string[]): Verdict => {
  const path = join(root, directory);
  const theirs = spawnSync(command, [...args, '--load-restrictor', 'LoadRestrictionsNone', path], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  const ours = buildDirectory({
    directory: path,
    root,
    cwd: root,
    loadRestrictor: 'LoadRestrictionsNone',
    origins: false,
    showSecrets: true,
  });
  if (/not built here/.test(ours.stderr)) return { type: 'passed-over' };
  if (theirs.status !== 0) return ours.code === 2 ? { type: 'same' } : { type: 'differs', why: `kustomize rejects it: ${theirs.stderr}` };
  if (ours.code !== 0) return { type: 'differs', why: `only flux-lint rejects it: ${ours.stderr}` };
  return difference(documents(theirs.stdout), documents(ours.stdout));
};

const documents = (text: string): readonly string[] =>
  parseAllDocuments(text, { version: '1.1', merge: true, uniqueKeys: false })
    .map((document) => JSON.stringify(document.toJS() ?? null))
    .filter((json) => json !== 'null');

const difference = (theirs: readonly string[], ours: readonly string[]): Verdict => {
  const missing = theirs.filter((document) => !ours.includes(document));
  const added = ours.filter((document) => !theirs.includes(document));
  if (missing.length === 0 && added.length === 0) return { type: 'same' };
  const lines = [...missing.map((document) => `  kustomize: ${document}`), ...added.map((document) => `  flux-lint: ${document}`)];
  return { type: 'differs', why: `other documents\n${lines.join('\n')}` };
};

process.exitCode = main(process.argv.slice(2));
