/**
 * Whether a remote entry names content that does not change behind its back: a commit, a tag, a release's own URL. Tags
 * and branches look alike; what holds a version number counts as a tag, unless it is called like a release branch.
 */
export const isPinned = (url: string): boolean => {
  const ref = /[?&](?:ref|version)=([^&]*)/.exec(url)?.[1];
  if (ref !== undefined) return isFixed(ref);
  // Without a ref, a repository is its default branch; a file may have the version in its path.
  const [, path] = /^https?:\/\/[^/]+\/(.+)$/.exec(url) ?? [];
  return path !== undefined && /\.(ya?ml|json)$/.test(path) && path.split('/').some(isFixed);
};

const isFixed = (name: string): boolean => /^[0-9a-f]{7,64}$/.test(name) || (/(^|[^0-9.])v?\d+\.\d+/.test(name) && !isReleaseBranch(name));

const isReleaseBranch = (name: string): boolean => /^release[-/]v?\d+\.\d+(\.x)?$/.test(name);
