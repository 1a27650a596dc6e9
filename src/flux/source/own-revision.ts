import type { SourceSpec } from '../specs.ts';

/** Which state of this repository a source of it stands for. */
export type OwnRevision =
  | { readonly type: 'work tree' }
  /** Another ref, to be had from git. */
  | { readonly type: 'ref'; readonly reference: string; readonly what: 'branch' | 'tag' | 'commit' }
  /** A version range: which tag it means only the server knows. */
  | { readonly type: 'range'; readonly range: string };

const workTree: OwnRevision = { type: 'work tree' };

/**
 * The work tree stands for what the root follows, whatever is checked out: a pull request is judged as what it will be.
 * Only a source beside the root's that names another ref means that one. Where nobody sees what the root follows, it
 * follows a branch, and so every branch is the work tree.
 *
 * @param root the ref of the source that syncs the root; undefined where it is not in git, or not a GitRepository
 */
export const ownRevision = (ref: SourceSpec['ref'], root: { readonly ref: SourceSpec['ref'] } | undefined): OwnRevision => {
  const asked = describe(ref);
  if (asked === undefined || (root !== undefined && isSame(asked, describe(root.ref) ?? defaultBranch))) return workTree;
  if (asked.type === 'ref' && asked.what === 'branch' && root === undefined) return workTree;
  return asked;
};

/** source-controller takes this branch where no ref is named (fluxcd/pkg: git.DefaultBranch). */
const defaultBranch: OwnRevision = { type: 'ref', reference: 'master', what: 'branch' };

const isSame = (a: OwnRevision, b: OwnRevision): boolean => JSON.stringify(a) === JSON.stringify(b);

/** In the order in which source-controller looks at them (fluxcd/pkg: git/gogit/client.go). */
const describe = (ref: SourceSpec['ref']): OwnRevision | undefined => {
  if (ref?.commit !== undefined) return { type: 'ref', reference: ref.commit, what: 'commit' };
  if (ref?.name !== undefined) return named(ref.name);
  if (ref?.tag !== undefined) return { type: 'ref', reference: ref.tag, what: 'tag' };
  if (ref?.semver !== undefined) return { type: 'range', range: ref.semver };
  return ref?.branch === undefined ? undefined : { type: 'ref', reference: ref.branch, what: 'branch' };
};

const named = (name: string): OwnRevision => {
  const [, folder, short = name] = /^refs\/(heads|tags)\/(.*)$/.exec(name) ?? [];
  return { type: 'ref', reference: short, what: folder === 'tags' ? 'tag' : 'branch' };
};
