/**
 * Holds what names a version against package.json: `npm run release:check [-- TAG]`. With a tag, that release is about to
 * happen: the tag has to be its name, and the changelog has to have its section.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { releaseNotes } from './release-notes.ts';

export interface Release {
  /** Of package.json. */
  readonly version: string;
  readonly tag: string | undefined;
  /** Texts by path: package-lock.json, CHANGELOG.md and all that may hold a snippet to copy. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Everything that names another version than package.json, a line each. */
export const disagreements = ({ version, tag, texts }: Release): readonly string[] => [
  ...(tag === undefined || tag === `v${version}` ? [] : [`the tag is ${tag}, package.json says ${version}`]),
  ...(lockedVersion(texts.get('package-lock.json')) === version ? [] : ['package-lock.json has another version: npm install']),
  ...(tag === undefined ? [] : missingNotes(texts.get('CHANGELOG.md') ?? '', version)),
  ...(tag === undefined
    ? []
    : [...texts].flatMap(([path, text]) => (isUnreleased(text) ? [`${path} says that it is not released yet`] : []))),
  ...[...texts].flatMap(([path, text]) =>
    snippets(path, text)
      .filter((snippet) => snippet.version !== version)
      .map(({ at }) => at),
  ),
];

const lockedVersion = (lock: string | undefined): unknown => JSON.parse(lock ?? '{}').version;

/** Before its first release a page says so. */
const isUnreleased = (text: string): boolean => /not released yet/i.test(text);

const missingNotes = (changelog: string, version: string): readonly string[] => {
  try {
    releaseNotes(changelog, version);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
};

/** `flux-lint@v0.1.0` and the like in workflows and npx, an image's tag, an asset, and the `rev` of a pre-commit hook. */
const named = [
  /flux-lint@v?(\d+\.\d+\.\d+)/g,
  /flux-lint\/flux-lint:v?(\d+\.\d+\.\d+)/g,
  /flux-lint_(\d+\.\d+\.\d+)_/g,
  /flux-lint\/flux-lint\/releases\/download\/v(\d+\.\d+\.\d+)/g,
  /flux-lint\/flux-lint(?:\.git)?["']?\s+rev:\s*["']?v(\d+\.\d+\.\d+)/g,
];

const snippets = (path: string, text: string): readonly { readonly version: string; readonly at: string }[] =>
  path === 'CHANGELOG.md'
    ? []
    : named.flatMap((pattern) =>
        [...text.matchAll(pattern)].map(({ 0: snippet, 1: version = '', index }) => ({
          version,
          at: `${path}:${text.slice(0, index).split('\n').length} says ${snippet.replace(/\s+/g, ' ')}`,
        })),
      );

/** The texts of the repository that people copy from. */
export const releaseTexts = (): ReadonlyMap<string, string> => {
  const patterns = ['*.md', '*.yml', '*.yaml', 'src/*.ts', 'package-lock.json', ':!fixtures', ':!docs/rules'];
  const paths = execFileSync('git', ['ls-files', '-z', '--', ...patterns], { encoding: 'utf8' })
    .split('\0')
    .filter(Boolean);
  return new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
};

if (process.argv[1]?.endsWith('release-check.ts')) {
  const { version }: { readonly version: string } = JSON.parse(readFileSync('package.json', 'utf8'));
  const found = disagreements({ version, tag: process.argv[2], texts: releaseTexts() });
  for (const line of found) console.error(line);
  process.exitCode = found.length === 0 ? 0 : 1;
}
