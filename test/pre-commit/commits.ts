import { join } from 'node:path';
import { accepted, broken, type Case, changed, endedAtOnce, judged } from './case.ts';
import { configMap, fleet } from './fleet.ts';
import { newRepository, type Ran, type World } from './repository.ts';

export const commits: readonly Case[] = [
  { name: 'the first commit of all', code: 0, shows: [judged], run: (world) => newRepository(world).commit() },
  {
    name: 'the first commit of a repository without manifests',
    code: 0,
    hides: [/flux-lint: /],
    run: (world) => newRepository(world, { 'README.md': 'Nothing yet.\n' }).commit(),
  },
  { name: 'a good commit', code: 0, shows: [judged], run: changed({ 'settings/colours.yaml': configMap('colours', 'blue') }) },
  {
    name: 'a bad commit is refused, and says where and why',
    code: 1,
    shows: ['clusters/production/shop.yaml', /error +references\/unknown-dependency/, 'Flux never deploys it', 'databases'],
    run: changed({ 'clusters/production/shop.yaml': broken }),
  },
  {
    name: 'a commit that touches no manifest ends at once',
    code: 0,
    shows: [endedAtOnce],
    hides: [judged],
    run: changed({ 'README.md': '' }),
  },
  {
    name: 'a commit that only deletes what has nothing to do with Flux ends at once',
    code: 0,
    shows: [endedAtOnce],
    hides: [judged],
    run: changed({ 'README.md': undefined }),
  },
  {
    name: 'a commit that only deletes a file that a kustomization lists',
    code: 1,
    shows: ['shop/kustomization.yaml', 'build/missing-resource'],
    run: changed({ 'shop/shop.yaml': undefined }),
  },
  {
    name: 'a commit that only deletes what another manifest needs',
    code: 1,
    shows: ['clusters/production/shop.yaml', 'references/unknown-dependency', 'settings'],
    run: changed({ 'clusters/production/settings.yaml': undefined }),
  },
  {
    name: 'a commit that only deletes a generator’s file',
    code: 1,
    shows: ['shop/kustomization.yaml', 'prices.csv'],
    run: changed({ 'shop/prices.csv': undefined }),
  },
  {
    name: 'a commit that only renames a file that is listed',
    code: 1,
    shows: ['build/missing-resource'],
    run: changed({ 'shop/shop.yaml': undefined, 'shop/shop.txt': fleet['shop/shop.yaml'] }),
  },
  {
    name: 'a file that nobody has added',
    code: 1,
    shows: ['build/not-committed', 'nobody has added it'],
    run: (world) => {
      const repository = accepted(world);
      repository.write({ 'shop/kustomization.yaml': 'resources: [shop.yaml, new.yaml]\n', 'shop/new.yaml': configMap('new') });
      repository.git('add', 'shop/kustomization.yaml');
      return repository.git('commit', '-m', 'forgotten');
    },
  },
  {
    name: 'what is wrong in the work tree, but not staged',
    code: 0,
    shows: [judged],
    run: (world) => {
      const repository = accepted(world);
      repository.write({ 'settings/colours.yaml': configMap('colours', 'blue') });
      repository.git('add', '-A');
      repository.write({ 'clusters/production/shop.yaml': broken, 'clusters/production/draft.yaml': broken });
      return repository.git('commit', '-m', 'half');
    },
  },
  {
    name: 'what was wrong before, in a file that is not part of the commit',
    code: 0,
    shows: [judged],
    run: (world) => {
      const repository = accepted(world, { ...fleet, 'clusters/production/shop.yaml': broken });
      repository.write({ 'settings/colours.yaml': configMap('colours', 'blue') });
      return repository.commit();
    },
  },
  {
    name: 'git commit FILE, which has an index of its own',
    code: 1,
    shows: ['references/unknown-dependency'],
    run: (world) => {
      const repository = accepted(world);
      repository.write({ 'clusters/production/shop.yaml': broken });
      return repository.git('commit', '-m', 'partial', 'clusters/production/shop.yaml');
    },
  },
  {
    name: 'git commit --all in a subdirectory of a linked work tree, with a root of its own',
    code: 1,
    shows: ['references/unknown-dependency'],
    run: (world) => {
      const repository = accepted(world, { ...wholeFleetIn('deploy'), 'deploy/.flux-lint.yaml': 'root: true\n' });
      const linked = `${repository.directory}-linked`;
      repository.git('worktree', 'add', '--quiet', linked);
      repository.write({ [join('..', `${linked.slice(world.directory.length + 1)}/deploy/clusters/production/shop.yaml`)]: broken });
      return repository.run('git', '-C', join(linked, 'deploy'), 'commit', '--all', '-m', 'linked');
    },
  },
  {
    name: 'a deletion below a root of its own',
    code: 1,
    shows: ['build/missing-resource'],
    run: (world) => {
      const repository = accepted(world, { ...wholeFleetIn('deploy'), 'deploy/.flux-lint.yaml': 'root: true\n' });
      repository.write({ 'deploy/shop/shop.yaml': undefined });
      return repository.commit();
    },
  },
  {
    name: 'two roots in one commit',
    code: 1,
    shows: ['flux-lint: in blue', 'flux-lint: in green', 'references/unknown-dependency'],
    run: (world) => {
      const roots = { 'blue/.flux-lint.yaml': 'root: true\n', 'green/.flux-lint.yaml': 'root: true\n' };
      const repository = accepted(world, { ...wholeFleetIn('blue'), ...wholeFleetIn('green'), ...roots });
      repository.write({ 'blue/clusters/production/shop.yaml': broken, 'green/settings/colours.yaml': configMap('colours', 'blue') });
      return repository.commit();
    },
  },
  {
    name: 'a commit in a submodule',
    code: 1,
    shows: ['references/unknown-dependency'],
    run: (world) => {
      const origin = accepted(world);
      const outer = accepted(world, { 'README.md': 'Around it.\n' });
      outer.git('submodule', 'add', '--quiet', origin.directory, 'fleet');
      const inner = join(outer.directory, 'fleet');
      outer.run('sh', '-c', `cd ${inner} && pre-commit install`);
      outer.write({ 'fleet/clusters/production/shop.yaml': broken });
      return outer.git('-C', 'fleet', 'commit', '--all', '-m', 'inner');
    },
  },
  {
    name: 'the end of a merge is not to blame for what the other branch had',
    code: 0,
    shows: [judged],
    run: (world) => merge(world, { 'clusters/production/shop.yaml': broken }),
  },
  {
    name: 'the end of a merge is to blame for what it breaks',
    code: 1,
    shows: ['build/missing-resource'],
    run: (world) => merge(world, { 'settings/kustomization.yaml': 'resources: [colours.yaml]\n' }, { 'settings/colours.yaml': undefined }),
  },
  {
    name: 'SKIP=flux-lint',
    code: 0,
    shows: ['Skipped'],
    run: (world) => {
      const repository = accepted(world);
      repository.write({ 'clusters/production/shop.yaml': broken });
      repository.git('add', '-A');
      return repository.run('env', 'SKIP=flux-lint', 'git', 'commit', '-m', 'skipped');
    },
  },
];

const wholeFleetIn = (directory: string) =>
  Object.fromEntries(Object.entries(fleet).map(([path, text]) => [`${directory}/${path}`, text] as const));

/** Ends a merge with a conflict in the shop, which is resolved as the branch has it. */
const merge = (world: World, theirs: Readonly<Record<string, string>>, ours: Readonly<Record<string, string | undefined>> = {}): Ran => {
  const repository = accepted(world);
  repository.git('checkout', '--quiet', '-b', 'topic');
  repository.write({ ...theirs, 'shop/shop.yaml': configMap('shop', 'green') });
  repository.accept();
  repository.git('checkout', '--quiet', 'main');
  repository.write({ 'shop/shop.yaml': configMap('shop', 'blue'), ...ours });
  repository.accept();
  repository.git('merge', 'topic');
  repository.write({ 'shop/shop.yaml': configMap('shop', 'green') });
  return repository.commit();
};
