import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { disagreements, releaseTexts } from '../../scripts/release-check.ts';
import { releaseNotes } from '../../scripts/release-notes.ts';

const changelog = `# Changelog

## Unreleased

- Not yet.

## [0.2.0] - 2027-01-10

- \`check\`: more ([docs](docs/check.md), [Flux](https://fluxcd.io), [above](#changelog)).

### Fixed

- A mistake.

## 0.1.1

## v0.1.0

- First.
`;

describe('the notes of a release', () => {
  it('are its section, with links that lead to its files', () => {
    expect(
      releaseNotes(changelog, '0.2.0'),
    ).toBe(`- \`check\`: more ([docs](https://github.com/flux-lint/flux-lint/blob/v0.2.0/docs/check.md), [Flux](https://fluxcd.io), [above](#changelog)).

### Fixed

- A mistake.
`);
    expect(releaseNotes(changelog, '0.1.0')).toBe('- First.\n');
  });

  it.each([
    ['0.3.0', 'CHANGELOG.md has no section 0.3.0'],
    ['0.1', 'CHANGELOG.md has no section 0.1'],
    ['0.1.1', 'CHANGELOG.md says nothing of 0.1.1'],
  ])('cannot be made for %s', (version, message) => {
    expect(() => releaseNotes(changelog, version)).toThrow(message);
  });
});

describe('a release', () => {
  const check = (texts: Readonly<Record<string, string>>, tag?: string) =>
    disagreements({
      version: '0.2.0',
      tag,
      texts: new Map(Object.entries({ 'package-lock.json': '{ "version": "0.2.0" }', 'CHANGELOG.md': changelog, ...texts })),
    });

  it('agrees with itself', () => {
    const snippets =
      'uses: flux-lint/flux-lint@v0.2.0, npx flux-lint@0.2.0, ghcr.io/flux-lint/flux-lint:0.2.0, flux-lint_0.2.0_linux_amd64';
    expect(check({ 'README.md': snippets }, 'v0.2.0')).toEqual([]);
  });

  it.each([
    [{}, 'v0.3.0', 'the tag is v0.3.0, package.json says 0.2.0'],
    [{}, '0.2.0', 'the tag is 0.2.0, package.json says 0.2.0'],
    [{ 'package-lock.json': '{ "version": "0.1.0" }' }, undefined, 'package-lock.json has another version: npm install'],
    [{ 'CHANGELOG.md': '# Changelog' }, 'v0.2.0', 'CHANGELOG.md has no section 0.2.0'],
    [{ 'a.md': '_Not released yet: wait._' }, 'v0.2.0', 'a.md says that it is not released yet'],
    [{ 'docs/ci.md': '\n- uses: flux-lint/flux-lint@v0.1.0' }, undefined, 'docs/ci.md:2 says flux-lint@v0.1.0'],
    [{ 'a.md': 'npx flux-lint@0.1.0' }, undefined, 'a.md:1 says flux-lint@0.1.0'],
    [{ 'a.md': 'ghcr.io/flux-lint/flux-lint:0.1.0' }, undefined, 'a.md:1 says flux-lint/flux-lint:0.1.0'],
    [{ 'a.md': 'repo: https://github.com/flux-lint/flux-lint\n  rev: v0.1.0' }, undefined, 'a.md:1 says flux-lint/flux-lint rev: v0.1.0'],
  ])('is refused: %j %s', (texts, tag, message) => {
    expect(check(texts, tag)).toEqual([message]);
  });

  it('is what every snippet of this repository names', () => {
    const texts = releaseTexts();
    expect([...texts.keys()]).toEqual(expect.arrayContaining(['README.md', 'docs/impact.md', 'package-lock.json']));
    expect(disagreements({ version: manifest.version, tag: undefined, texts })).toEqual([]);
  });
});
