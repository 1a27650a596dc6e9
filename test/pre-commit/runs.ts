import { accepted, broken, type Case, changed, endedAtOnce, judged } from './case.ts';
import { configMap, fleet } from './fleet.ts';

export const runs: readonly Case[] = [
  {
    name: 'run --all-files on a good repository',
    code: 0,
    shows: [judged],
    run: (world) => accepted(world).run('pre-commit', 'run', '--all-files'),
  },
  {
    name: 'run --all-files judges the work tree',
    code: 1,
    shows: ['references/unknown-dependency'],
    run: (world) => {
      const repository = accepted(world);
      repository.write({ 'clusters/production/shop.yaml': broken });
      return repository.run('pre-commit', 'run', '--all-files');
    },
  },
  {
    name: 'run --all-files with more names than a command line holds',
    code: 1,
    shows: ['references/unknown-dependency', /Checked[\s\S]*Checked/],
    run: (world) => {
      const many = Array.from({ length: 1500 }, (_, index) => `settings/${'long-'.repeat(18)}${index}.yaml`);
      const texts = Object.fromEntries(many.map((path, index) => [path, configMap(`colours-${index}`)] as const));
      return accepted(world, { ...fleet, ...texts, 'clusters/production/shop.yaml': broken }).run('pre-commit', 'run', '--all-files');
    },
  },
  {
    name: 'run --from-ref --to-ref sees a deletion',
    code: 1,
    shows: ['build/missing-resource'],
    run: (world) => {
      const repository = accepted(world);
      repository.write({ 'shop/shop.yaml': undefined });
      repository.accept();
      return repository.run('pre-commit', 'run', '--from-ref', 'HEAD~1', '--to-ref', 'HEAD');
    },
  },
  {
    name: 'run --from-ref --to-ref without a manifest ends at once',
    code: 0,
    shows: [endedAtOnce],
    hides: [judged],
    run: (world) => {
      const repository = accepted(world);
      repository.write({ 'README.md': '' });
      repository.accept();
      return repository.run('pre-commit', 'run', '--from-ref', 'HEAD~1', '--to-ref', 'HEAD');
    },
  },
  {
    name: 'run with nothing staged ends at once',
    code: 0,
    shows: [endedAtOnce],
    hides: [judged],
    run: (world) => accepted(world).run('pre-commit', 'run'),
  },
  {
    name: 'without colours by default, where there is no terminal',
    code: 1,
    hides: ['\u001b['],
    run: changed({ 'clusters/production/shop.yaml': broken }),
  },
  {
    name: 'PRE_COMMIT_COLOR=always colours the report, and its lines are not too short',
    code: 1,
    shows: ['\u001b[31m', 'shop waits for flux-system/databases'],
    hides: ['\u001b[K'],
    run: (world) => {
      const repository = accepted(world);
      repository.write({ 'clusters/production/shop.yaml': broken });
      repository.git('add', '-A');
      return repository.run('env', 'PRE_COMMIT_COLOR=always', 'git', 'commit', '-m', 'colours');
    },
  },
];
