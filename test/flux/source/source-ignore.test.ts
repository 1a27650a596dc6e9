import { describe, expect, it } from 'vitest';
import type { Files } from '../../../src/files/files.ts';
import { memoryFiles } from '../../../src/files/memory.ts';
import { bucketArtifact, generatedArtifact, gitArtifact, ociArtifact } from '../../../src/flux/source/source-ignore.ts';

const texts = (paths: readonly string[], ignoreFiles: Readonly<Record<string, string>> = {}) => ({
  ...Object.fromEntries(paths.map((path) => [path, ''])),
  ...ignoreFiles,
});
const repository = [
  '.github/workflows/ci.yaml',
  '.gitignore',
  '.sops.yaml',
  'apps/.sops.yaml',
  'apps/web/x.yaml',
  'deploy/a.yaml',
  'deploy/img/logo.png',
  'docs/readme.md',
  'docs/keep/b.yaml',
];

/** The paths that are left out. */
const excluded = (make: (files: Files) => Files, ignoreFiles: Readonly<Record<string, string>> = {}) => {
  const { paths } = make(memoryFiles(texts(repository, ignoreFiles)));
  return repository.filter((path) => !paths.includes(path));
};
const git = (ignore?: string) => (files: Files) => gitArtifact(files, ignore);
const defaults = ['.github/workflows/ci.yaml', '.gitignore', '.sops.yaml', 'apps/.sops.yaml', 'deploy/img/logo.png'];

/** Expectations are what fluxcd/pkg sourceignore v0.18.0 leaves out. */
describe('artifacts', () => {
  it('leaves the default lists out', () => {
    expect(excluded(git())).toEqual(defaults);
    expect(excluded((files) => ociArtifact(files, undefined))).toEqual(defaults);
    expect(excluded(git('# only a comment\n\n'))).toEqual(defaults);
  });

  it.each([
    ['one pattern of your own re-admits all but version control', 'nothing-here\n', ['.gitignore']],
    ['a directory', 'docs/\n', ['.gitignore', 'docs/readme.md', 'docs/keep/b.yaml']],
    ['a name at any depth', '.sops.yaml\n', ['.gitignore', '.sops.yaml', 'apps/.sops.yaml']],
    ['a path from the root', '/.sops.yaml\n', ['.gitignore', '.sops.yaml']],
    ['a slash within anchors', 'web/x.yaml\n', ['.gitignore']],
    ['** before a path', '**/web/x.yaml\n', ['.gitignore', 'apps/web/x.yaml']],
    ['the content of an excluded directory comes back', '/*\n!/deploy\n', repository.filter((path) => !path.startsWith('deploy/'))],
    ['one file of an excluded directory comes back', 'docs/\n!/docs/keep/b.yaml\n', ['.gitignore', 'docs/readme.md']],
    ['the last match wins', '!docs/readme.md\ndocs/readme.md\n', ['.gitignore', 'docs/readme.md']],
    ['version control comes back, too', '!.gitignore\n', []],
    ['a star is within one name', 'apps/*.yaml\n', ['.gitignore', 'apps/.sops.yaml']],
    ['a malformed pattern matches nothing', 'docs/[\n', ['.gitignore']],
    ['spaces at the end do not count', 'docs/  \n', ['.gitignore', 'docs/readme.md', 'docs/keep/b.yaml']],
  ])('%s', (_, ignore, left) => {
    expect(excluded(git(ignore))).toEqual(left);
    expect(excluded(git(), { '.sourceignore': ignore })).toEqual(left);
    expect(excluded(git(), { '.sourceignore': ignore.replaceAll('\n', '\r\n') })).toEqual(left);
  });

  it('reads an ignore file in every directory, for that directory, and spec.ignore last', () => {
    const nested = { 'docs/.sourceignore': '*\n!keep\n', 'apps/.sourceignore': '/docs/\n' };
    expect(excluded(git(), nested)).toEqual(['.gitignore', 'docs/readme.md']);
    expect(excluded(git('!/docs/readme.md'), nested)).toEqual(['.gitignore']);
  });

  it('knows no defaults for a Bucket, and one ignore file', () => {
    const ignoreFiles = { '.sourceignore': 'docs/', 'apps/.sourceignore': '*' };
    expect(excluded((files) => bucketArtifact(files, undefined))).toEqual([]);
    expect(excluded((files) => bucketArtifact(files, undefined), ignoreFiles)).toEqual(['docs/readme.md', 'docs/keep/b.yaml']);
    expect(excluded((files) => bucketArtifact(files, '.sops.yaml', 'apps/'))).toEqual(
      repository.filter((path) => path !== 'apps/web/x.yaml'),
    );
  });

  it('drops the default lists from what an ArtifactGenerator makes, whatever is written', () => {
    expect(excluded(generatedArtifact, { '.sourceignore': 'docs/' })).toEqual(defaults);
  });

  it('drops links, and what is behind them', () => {
    const files = memoryFiles({ 'base/x.yaml': '' }, { links: { shortcut: 'base', 'x.yaml': 'base/x.yaml' } });
    const artifact = gitArtifact(files, undefined);
    expect(artifact.paths).toEqual(['base/x.yaml']);
    expect(artifact.file('shortcut/x.yaml')).toBeUndefined();
    expect(artifact.file('base/x.yaml')).toBe(files.file('base/x.yaml'));
  });
});
