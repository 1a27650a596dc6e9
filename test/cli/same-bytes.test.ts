/** What is judged is the work tree: how it came to be checked out, and from where, changes nothing. */
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { analyze } from '../../src/analyze.ts';
import type { Texts } from '../fixture.ts';
import { configMap, documents, gitRepository, kustomization, listing, ociRepository } from '../flux/story.ts';
import { git, newDirectory, removeDirectory, repositoryFrom, repositoryOf } from '../git-repository.ts';
import { runMain } from './run-main.ts';

const repos = join(import.meta.dirname, '../../fixtures/repos');
const made: string[] = [];
afterAll(() => made.forEach(removeDirectory));

/** A root at the top, under names of its own, beside an artifact that is pushed from a folder and a tenant's repository. */
const atTheTop: Texts = {
  'flux.yaml': documents(gitRepository('fleet'), kustomization('all', './', { source: 'fleet' })),
  'kustomization.yaml': listing(['flux.yaml', 'apps.yaml', 'tenants/shop.yaml']),
  'apps.yaml': documents(
    ociRepository('apps', 'oci://registry.example/acme/apps'),
    kustomization('apps', './web', { source: 'apps', kind: 'OCIRepository' }),
    kustomization('more', './apps/mail', { source: 'fleet' }),
  ),
  'tenants/shop.yaml': documents(
    gitRepository('shop', 'https://git.example/shop/deploy'),
    kustomization('shop', './apps', { source: 'shop', spec: 'serviceAccountName: shop\n' }),
  ),
  'apps/web/web.yaml': configMap('web'),
  'apps/mail/mail.yaml': configMap('mail'),
  Makefile: 'push:\n\tflux push artifact oci://registry.example/acme/apps:dev --path ./apps --source x --revision y\n',
};

const repository = (fixture: string): string => {
  const directory = fixture === 'a root at the top' ? repositoryOf(atTheTop) : repositoryFrom(join(repos, fixture));
  made.push(directory);
  return directory;
};

const checkOut = (fixture: string, ...steps: readonly (readonly string[])[]): string => {
  const directory = repository(fixture);
  for (const step of steps) git(directory, ...step);
  return directory;
};

const origin = (url: string) => ['remote', 'add', 'origin', url] as const;

const states: readonly (readonly [what: string, make: (fixture: string) => string])[] = [
  ['a mirror as origin', (fixture) => checkOut(fixture, origin('https://mirror.example/backup/all-of-it.git'))],
  ['a fork as origin', (fixture) => checkOut(fixture, origin('git@github.com:somebody/fleet.git'))],
  ['a remote of another name', (fixture) => checkOut(fixture, ['remote', 'add', 'upstream', 'https://github.com/acme/fleet'])],
  [
    'several remotes',
    (fixture) =>
      checkOut(fixture, origin('https://github.com/somebody/fleet'), ['remote', 'add', 'upstream', 'https://github.com/acme/fleet']),
  ],
  [
    'another branch checked out',
    (fixture) => checkOut(fixture, origin('https://github.com/acme/fleet'), ['checkout', '-q', '-b', 'more-replicas']),
  ],
  ['no branch called as the followed one', (fixture) => checkOut(fixture, ['branch', '-m', 'trunk'])],
  ['a detached head', (fixture) => checkOut(fixture, origin('https://github.com/acme/fleet'), ['checkout', '-q', '--detach'])],
  [
    'a shallow clone',
    (fixture) => {
      const from = repository(fixture);
      const directory = newDirectory();
      made.push(directory);
      git(directory, 'clone', '-q', '--depth=1', `file://${from}`, 'clone');
      return join(directory, 'clone');
    },
  ],
];

const outputs = async (cwd: string): Promise<readonly string[]> => {
  const parts = { analyze: async () => analyze, rules: async () => rules };
  const check = await runMain(['check', '--format', 'json', '--fail-on', 'never'], { cwd }, parts);
  const graph = await runMain(['graph', '--format', 'json'], { cwd }, parts);
  expect([check.code, graph.code, graph.stderr]).toEqual([0, 0, '']);
  return [check.stdout, graph.stdout];
};

describe.each(['monorepo-outage', 'flux-instance', 'a root at the top'])('%s', (fixture) => {
  let plain: readonly string[] | undefined;

  it.each(states)('says the same with %s as without a remote', async (_, make) => {
    plain ??= await outputs(repository(fixture));
    expect(plain[1]).toContain('"type": "cluster"');
    expect(await outputs(make(fixture))).toEqual(plain);
  });
});
