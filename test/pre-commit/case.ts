import { fleet, kustomization } from './fleet.ts';
import { newRepository, type Ran, type Repository, type World } from './repository.ts';

/** Something that the hooks have to do, in a repository of its own. */
export interface Case {
  readonly name: string;
  /** The exit code of what is run. */
  readonly code: number;
  /** Parts of the output. */
  readonly shows?: readonly (string | RegExp)[];
  readonly hides?: readonly (string | RegExp)[];
  readonly run: (world: World) => Ran;
}

/** What the hook says of a commit that it judged, and of one that it had no reason to. */
export const judged = /Checked \d+ files/;
export const endedAtOnce = 'what has changed has nothing to do with Flux';

/** A repository with one commit that no hook has seen. */
export const accepted = (world: World, texts: Readonly<Record<string, string>> = fleet): Repository => {
  const repository = newRepository(world, texts);
  repository.accept();
  return repository;
};

/** Commits one change of the fleet. */
export const changed = (texts: Readonly<Record<string, string | undefined>>) => (world: World) => {
  const repository = accepted(world);
  repository.write(texts);
  return repository.commit();
};

export const broken = kustomization('shop', 'databases');
