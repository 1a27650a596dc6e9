import { lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repositoryOf } from '../repository.ts';

const names = (count: number) => Array.from({ length: count }, (_, index) => `databases-${index}`);

/** Kustomizations that wait for what their cluster does not have: each dependency is a finding. */
const waiting = (kustomizations: number, dependencies: readonly string[]): string =>
  Array.from(
    { length: kustomizations },
    (_, index) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps-${index}, namespace: flux-system }
spec:
  interval: 10m
  prune: true
  path: ./apps
  sourceRef: { kind: GitRepository, name: flux-system }
  dependsOn: [${dependencies.map((name) => `{ name: ${name}-${index} }`).join(', ')}]
`,
  ).join('---\n');

const texts = (apps: string) => ({
  'clusters/staging/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
  'clusters/staging/apps.yaml': apps,
  'apps/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: billing, namespace: flux-system }\n',
});

it('takes 3,000 findings, and the next run is clean', async () => {
  const only = ['--only', 'references/unknown-dependency'];
  const { root, run } = repositoryOf(texts(waiting(1, names(3000))));
  expect((await run(only)).stdout).toContain('3000 errors');

  const written = await run([...only, '--baseline', 'known.txt', '--update-baseline']);
  expect(written).toMatchObject({ code: 0, stderr: 'flux-lint: known.txt has 3000 entries\n' });
  const lines = readFileSync(join(root, 'known.txt'), 'utf8').trimEnd().split('\n').slice(1);
  expect(lines).toHaveLength(3000);
  expect(lines).toEqual([...new Set(lines)].sort());

  const next = await run([...only, '--baseline', 'known.txt']);
  expect(next).toMatchObject({ code: 0, stderr: '' });
  expect(next.stdout).toContain('No problems found in 1 cluster, 3000 in the baseline');
});

it('keeps what is known when lines move, and reports what is new', async () => {
  const { run, write } = repositoryOf(texts(waiting(1, ['databases', 'queues'])));
  await run(['--baseline', 'known.txt', '--update-baseline']);
  write('clusters/staging/apps.yaml', `# moved down\n\n${waiting(1, ['databases', 'queues', 'caches'])}`);
  const { code, stdout } = await run(['--baseline', 'known.txt']);
  expect(code).toBe(1);
  expect(stdout).toContain('1 error, 2 in the baseline');
  expect(stdout).toContain('flux-system/caches');
});

it('counts what is fixed and drops it when it is updated', async () => {
  const { root, run, write } = repositoryOf(texts(waiting(1, ['databases', 'queues'])));
  await run(['--baseline', 'known.txt', '--update-baseline']);
  write('clusters/staging/apps.yaml', waiting(1, ['databases']));
  expect((await run(['--baseline', 'known.txt'])).stderr).toBe('flux-lint: known.txt has 1 stale entry; --update-baseline drops them\n');
  expect((await run(['--baseline', 'known.txt', '--only', 'manifest/*'])).stderr).toBe('');
  expect((await run(['--baseline', 'known.txt', '--update-baseline'])).stderr).toBe(
    'flux-lint: known.txt has 1 entry; 1 stale entry dropped\n',
  );
  expect(statSync(join(root, 'known.txt')).isFile()).toBe(true);
});

it.each([
  [['--update-baseline'], '--update-baseline does not say which file'],
  [['--baseline', 'none.txt'], 'none.txt does not exist. Write it with --update-baseline.'],
  [['--baseline', 'conflict.txt'], 'conflict.txt:2: no entry of a baseline'],
])('refuses %j', async (argv, message) => {
  const { run } = repositoryOf({ ...texts(waiting(1, [])), 'conflict.txt': '# known\n<<<<<<< HEAD\n' });
  const { code, stderr } = await run(argv);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

it('says nothing of needless comments in a pre-commit run, unless asked', async () => {
  const { run } = repositoryOf(texts(`# flux-lint-disable-file references/unknown-path -- gone\n${waiting(1, [])}`));
  const hook = { env: { PRE_COMMIT: '1' } };
  expect((await run([])).stdout).toContain('1 info hidden');
  expect((await run([], hook)).stdout).toContain('No problems found in 1 cluster\n');
  expect((await run(['--report-unused-suppressions'], hook)).stdout).toContain('1 info hidden');
  expect((await run(['--no-report-unused-suppressions'])).stdout).toContain('No problems found in 1 cluster\n');
});

// Windows wants a privilege for links.
it.skipIf(process.platform === 'win32')('writes through a link, which stays one', async () => {
  const { root, run, write } = repositoryOf(texts(waiting(1, names(1))));
  write('shared/known.txt', '');
  symlinkSync('shared/known.txt', join(root, 'known.txt'));
  await run(['--only', 'references/unknown-dependency', '--baseline', 'known.txt', '--update-baseline']);
  expect(lstatSync(join(root, 'known.txt')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(root, 'shared/known.txt'), 'utf8')).toContain('unknown-dependency');
});
