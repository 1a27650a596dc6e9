import type { Files } from './files.ts';
import { gitTopLevel } from './git.ts';
import { gitRemotes, gitRevisionFiles, resolveRevision } from './git-revision.ts';

/** This root as a git repository, as far as git knows it here. */
export interface Repository {
  /** URLs of its remotes. */
  readonly remotes: readonly string[];
  /** The tree of another branch, tag or commit; undefined where it is not here. */
  readonly at: (reference: string) => Files | undefined;
  /** The trees that were asked for so far. */
  readonly opened: () => readonly Revision[];
}

export interface Revision {
  /** As it was asked for. */
  readonly reference: string;
  readonly files: Files;
  /** What the spans of its files start with. */
  readonly prefix: string;
}

/**
 * What git knows of the repository that a directory lies in. It is asked only when a source may be another ref of it, or
 * somebody wants to know whose it is.
 */
export const openRepository = (root: string): Repository => {
  if (gitTopLevel(root) === undefined) return unknownRepository;
  const opened = new Map<string, Revision | undefined>();
  let remotes: readonly string[] | undefined;
  return {
    get remotes() {
      remotes ??= gitRemotes(root);
      return remotes;
    },
    at: (reference) => {
      if (!opened.has(reference)) {
        const prefix = `git:${reference}#`;
        const revision = resolveRevision(root, reference);
        const files = revision === undefined ? undefined : gitRevisionFiles(root, revision, { prefix });
        opened.set(reference, files && { reference, files, prefix });
      }
      return opened.get(reference)?.files;
    },
    opened: () => [...opened.values()].filter((revision) => revision !== undefined),
  };
};

/** A directory that is no repository, or nobody asked git. */
export const unknownRepository: Repository = { remotes: [], at: () => undefined, opened: () => [] };
