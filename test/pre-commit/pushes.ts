import { mkdirSync } from 'node:fs';
import { accepted, type Case, endedAtOnce } from './case.ts';
import { configMap } from './fleet.ts';
import type { Repository, World } from './repository.ts';

/** A fleet, pushed to a remote of its own. */
const published = (world: World): Repository => {
  const repository = accepted(world);
  const remote = `${repository.directory}.git`;
  mkdirSync(remote);
  repository.git('init', '--quiet', '--bare', remote);
  repository.git('remote', 'add', 'origin', remote);
  repository.git('push', '--quiet', '--no-verify', '--set-upstream', 'origin', 'main');
  return repository;
};

const pushed =
  (texts: Readonly<Record<string, string | undefined>>, ...args: readonly string[]) =>
  (world: World) => {
    const repository = published(world);
    if (args.length > 0) repository.git('checkout', '--quiet', '-b', 'topic');
    repository.write(texts);
    repository.accept();
    return repository.git('push', ...args);
  };

export const pushes: readonly Case[] = [
  {
    name: 'a push says what it reaches',
    code: 0,
    shows: ['flux-lint impact', '~ ConfigMap default/colours', 'Reaches 1 cluster (production): 1 changed'],
    run: pushed({ 'settings/colours.yaml': configMap('colours', 'blue') }),
  },
  {
    name: 'the push of a new branch says what it reaches',
    code: 0,
    shows: ['- ConfigMap default/colours', 'Flux deletes'],
    run: pushed({ 'settings/colours.yaml': configMap('other') }, '--set-upstream', 'origin', 'topic'),
  },
  {
    name: 'a push without a manifest ends at once',
    code: 0,
    shows: [endedAtOnce],
    hides: ['Reaches', 'The change'],
    run: pushed({ 'README.md': '' }),
  },
  {
    name: 'the first push of all has nothing to compare with, and passes',
    code: 0,
    shows: ['nothing to compare with'],
    run: (world) => {
      const repository = accepted(world);
      const remote = `${repository.directory}.git`;
      repository.git('init', '--quiet', '--bare', remote);
      return repository.git('push', remote, 'main');
    },
  },
];
