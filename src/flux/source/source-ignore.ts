/**
 * What of a source's files is in its artifact, as source-controller decides it (fluxcd/pkg `sourceignore` 0.18 and
 * `artifact` 0.18, source-controller 1.9.4). Only what is in the artifact can ever reach a cluster.
 *
 * Not git's rules, in spite of the syntax: the last pattern that matches wins, and what lies in an excluded directory
 * can be included again. Links never arrive.
 */
import { byText, directoryOf, type Files, type LeftOut } from '../../files/files.ts';
import { filesView } from '../../files/view.ts';
import { memoByText } from '../../model/memo.ts';
import { goPattern } from './go-pattern.ts';

/** A GitRepository's files → its artifact's. The files themselves are the same objects. */
export const gitArtifact = (files: Files, ignore: string | undefined): Files => {
  const written = [
    ...ignoreFiles(files).flatMap(({ directory, text }) => patternsOf(text, directory)),
    ...patternsOf(ignore ?? '', '', 'spec.ignore'),
  ];
  return without(files, lastMatch([...(written.length > 0 ? versionControl : defaults), ...written]));
};

/** What an OCIRepository unpacks is filtered once more. */
export const ociArtifact = (files: Files, ignore: string | undefined): Files => gitArtifact(files, ignore);

/** A Bucket has no default list, and its root's ignore file is the only one that counts; that one always arrives. */
export const bucketArtifact = (files: Files, ignore: string | undefined, prefix = ''): Files => {
  const isExcluded = lastMatch([...patternsOf(files.file(ignoreFile)?.text ?? '', ''), ...patternsOf(ignore ?? '', '', 'spec.ignore')]);
  return without(files, (path) =>
    path !== ignoreFile && !path.startsWith(prefix) ? outOfPrefix : path === ignoreFile ? undefined : isExcluded(path),
  );
};

/** source-watcher drops the default lists from what it makes and reads no ignore file. */
export const generatedArtifact = (files: Files): Files => {
  const artifact = without(files, lastMatch(defaults));
  return { ...artifact, leftOut: (path) => artifact.leftOut?.(path) ?? files.leftOut?.(path) };
};

const outOfPrefix: LeftOut = { by: 'spec.prefix of the Bucket', remedy: 'Put it under that prefix, or take the prefix out.' };

/** The line that leaves a file out. */
type Rules = (path: string) => LeftOut | undefined;

const without = (files: Files, isExcluded: Rules): Files =>
  filesView({
    paths: files.paths.filter((path) => files.entry(path) === 'file' && isExcluded(path) === undefined),
    leftOut: (path) => {
      const inside = files.entry(path) === 'directory' ? files.paths.find((other) => other.startsWith(`${path}/`)) : path;
      return inside === undefined || files.entry(inside) === undefined ? undefined : isExcluded(inside);
    },
    open: (path) => files.file(path),
    uncommitted: files.uncommitted,
  });

const ignoreFile = '.sourceignore';

/** Every `.sourceignore`, a directory's before those of the directories in it. */
const ignoreFiles = (files: Files): readonly { readonly directory: string; readonly text: string }[] =>
  files.paths
    .filter((path) => path === ignoreFile || (path.endsWith(`/${ignoreFile}`) && !path.split('/').includes('.git')))
    .map((path) => ({ directory: directoryOf(path), text: files.file(path)?.text ?? '' }))
    .sort((a, b) => byParts(a.directory, b.directory));

const byParts = (a: string, b: string): number => byText(a.replaceAll('/', '\0'), b.replaceAll('/', '\0'));

const patternsOf = (text: string, domain: string, where = domain === '' ? ignoreFile : `${domain}/${ignoreFile}`): readonly Pattern[] =>
  text
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#') && line.trim() !== '')
    .map((line) => ({ ...parsePattern(line, domain), line, where }));

interface Pattern {
  readonly line: string;
  /** The ignore file, or `spec.ignore`. */
  readonly where: string;
  /** The directory whose file it stands in: it holds below that only. */
  readonly domain: readonly string[];
  readonly parts: readonly Part[];
  readonly isInclusion: boolean;
  readonly isDirectory: boolean;
}

type Part =
  | { readonly type: 'empty' }
  | { readonly type: 'any depth' }
  /** `a**`: matches nothing where there are several parts. */
  | { readonly type: 'invalid' }
  | { readonly type: 'name'; readonly matches: (name: string) => boolean };

const parsePattern = (line: string, domain: string): Pattern => {
  const isInclusion = line.startsWith('!');
  const rest = isInclusion ? line.slice(1) : line;
  const trimmed = rest.endsWith('\\ ') ? rest : rest.replace(/ +$/, '');
  const isDirectory = trimmed.endsWith('/');
  const written = (isDirectory ? trimmed.slice(0, -1) : trimmed).split('/');
  const isName = written.length === 1;
  return {
    line,
    where: 'the list that always holds',
    domain: domain === '' ? [] : domain.split('/'),
    parts: written.map((part) => parsePart(part, isName)),
    isInclusion,
    isDirectory,
  };
};

const parsePart = (part: string, isName: boolean): Part => {
  if (!isName) {
    if (part === '') return { type: 'empty' };
    if (part === '**') return { type: 'any depth' };
    if (part.includes('**')) return { type: 'invalid' };
  }
  return { type: 'name', matches: goPattern(part) ?? (() => false) };
};

const versionControl = ['.git/', '.gitignore', '.gitmodules', '.gitattributes'].map((line) => parsePattern(line, ''));

/** Those behind the first line hold only where nobody has written a pattern. */
const defaults = [
  ...versionControl,
  ...['*.jpg', '*.jpeg', '*.gif', '*.png', '*.wmv', '*.flv', '*.tar.gz', '*.zip'].map((line) => parsePattern(line, '')),
  ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml'].map((line) => parsePattern(line, '')),
  ...['cloudbuild.yaml', 'codeship-services.yml', 'codeship-steps.yml'].map((line) => parsePattern(line, '')),
  ...['**/.goreleaser.yml', '**/.sops.yaml', '**/.flux.yaml'].map((line) => parsePattern(line, '')),
];

const lastMatch = (patterns: readonly Pattern[]): Rules => {
  const fromLast = [...patterns].reverse();
  const names = patterns.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'name' ? part.matches : [])));
  // A pattern matches by a name in the path, and most names are in none.
  const isNamed = memoByText((name) => names.some((matchesOne) => matchesOne(name)));
  return (path) => {
    const parts = path.split('/');
    if (!parts.some(isNamed)) return undefined;
    const last = fromLast.find((pattern) => matches(pattern, parts));
    return last === undefined || last.isInclusion ? undefined : leftOutBy(last);
  };
};

const leftOutBy = ({ line, where }: Pattern): LeftOut => ({
  by: `the line "${line}" of ${where}`,
  remedy: `Include it behind that line of ${where}: the last pattern that matches counts (fluxcd/pkg sourceignore).`,
});

/** Whether a pattern speaks of a file, by its own path or one of the directories it lies in. */
const matches = (pattern: Pattern, path: readonly string[]): boolean => {
  const { domain, parts } = pattern;
  if (path.length <= domain.length || domain.some((part, index) => path[index] !== part)) return false;
  const below = path.slice(domain.length);
  const [only, ...more] = parts;
  return more.length === 0 && only?.type === 'name' ? matchesName(only, below, pattern) : matchesPath(below, pattern);
};

/** Without a slash, anywhere; a directory's pattern not by the file's own name. */
const matchesName = (part: Extract<Part, { type: 'name' }>, path: readonly string[], { isDirectory }: Pattern): boolean => {
  const index = path.findIndex(part.matches);
  return index !== -1 && !(isDirectory && index === path.length - 1);
};

/** Part by part from the domain down. Behind `**` the first name that fits is taken, and no other is tried. */
const matchesPath = (path: readonly string[], { parts, isDirectory }: Pattern): boolean => {
  let position = 0;
  let isMatch = false;
  let mayDescend = false;
  for (const [index, part] of parts.entries()) {
    if (part.type === 'empty') mayDescend = false;
    else if (part.type === 'any depth') {
      if (index === parts.length - 1) break;
      mayDescend = true;
    } else {
      if (part.type === 'invalid' || position >= path.length) return false;
      const found = mayDescend ? path.findIndex((name, at) => at >= position && part.matches(name)) : position;
      isMatch = found !== -1 && part.matches(path[found] ?? '');
      if (!isMatch && !mayDescend) return false;
      mayDescend = false;
      position = isMatch ? found + 1 : path.length;
    }
  }
  return isMatch && !(isDirectory && position >= path.length);
};
