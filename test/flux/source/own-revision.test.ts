import { expect, it } from 'vitest';
import { ownRevision } from '../../../src/flux/source/own-revision.ts';

const nothing = {
  branch: undefined,
  tag: undefined,
  semver: undefined,
  semverFilter: undefined,
  commit: undefined,
  name: undefined,
  digest: undefined,
};

const refOf = (ref: Partial<Record<keyof typeof nothing, string>> | undefined) => ref && { ...nothing, ...ref };

const workTree = { type: 'work tree' };

it.each([
  ['names nothing', undefined, { ref: { branch: 'main' } }, workTree],
  ['follows the branch that the root follows', { branch: 'main' }, { ref: { branch: 'main' } }, workTree],
  ['names it in full', { name: 'refs/heads/main' }, { ref: { branch: 'main' } }, workTree],
  ['follows the tag that the root follows', { tag: 'v1' }, { ref: { tag: 'v1' } }, workTree],
  ['follows the range that the root follows', { semver: '1.x' }, { ref: { semver: '1.x' } }, workTree],
  ['follows a branch beside a root that nobody sees', { branch: 'release' }, undefined, workTree],
  ['follows what a root without a ref takes', { branch: 'master' }, { ref: undefined }, workTree],
  ['follows another branch', { branch: 'release' }, { ref: { branch: 'main' } }, { type: 'ref', reference: 'release', what: 'branch' }],
  ['follows a tag beside a branch', { tag: 'v1' }, { ref: { branch: 'main' } }, { type: 'ref', reference: 'v1', what: 'tag' }],
  ['follows a tag beside a root that nobody sees', { tag: 'v1' }, undefined, { type: 'ref', reference: 'v1', what: 'tag' }],
  ['names a tag in full', { name: 'refs/tags/v1' }, { ref: { branch: 'main' } }, { type: 'ref', reference: 'v1', what: 'tag' }],
  ['names a commit', { branch: 'main', commit: 'abc' }, { ref: { branch: 'main' } }, { type: 'ref', reference: 'abc', what: 'commit' }],
  ['follows another range', { semver: '1.x' }, { ref: { branch: 'main' } }, { type: 'range', range: '1.x' }],
] as const)('a source of this repository that %s', (_, ref, root, expected) => {
  expect(ownRevision(refOf(ref), root && { ref: refOf(root.ref) })).toEqual(expected);
});
