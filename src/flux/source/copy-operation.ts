import { composedFiles } from '../../files/composed.ts';
import { baseName, directoryOf, type File, type Files, normalise } from '../../files/files.ts';
import { doublestar } from './doublestar.ts';
import { goGlob, hasGlob } from './go-glob.ts';
import { mergedYaml } from './merge-yaml.ts';

export interface CopyOperation {
  /** `@alias/pattern`. */
  readonly from: string;
  /** `@artifact/path`. */
  readonly to: string;
  readonly exclude: readonly string[];
  readonly strategy: 'Overwrite' | 'Merge' | 'Extract';
}

type Copied =
  | { readonly type: 'copied'; readonly files: Files }
  /** What an archive holds is not read. */
  | { readonly type: 'unknown'; readonly why: string }
  /** In source-watcher's words. */
  | { readonly type: 'failed'; readonly why: string };

/**
 * The operations one after the other over what the earlier ones left, as `cp -r` would: a directory lands as a
 * directory in its destination, `directory/**` as its content (source-watcher 2.2.3: builder.go).
 */
export const copyAll = (operations: readonly CopyOperation[], sources: ReadonlyMap<string, Files>): Copied => {
  const staging = createStaging();
  for (const operation of operations) {
    const isExtracted = operation.strategy === 'Extract' && operation.exclude.length === 0 && !/[*?[{]/.test(operation.from);
    if (operation.strategy === 'Extract' && !isExtracted) return { type: 'unknown', why: notUnpacked(operation) };
    const why = isExtracted ? notExtractable(operation, sources) : copy(operation, sources, staging);
    if (isExtracted && why === undefined) return { type: 'unknown', why: notUnpacked(operation) };
    if (why?.endsWith(tooMany)) return { type: 'unknown', why: tooMany };
    if (why !== undefined)
      return { type: 'failed', why: `failed to apply copy operation from '${operation.from}' to '${operation.to}': ${why}` };
  }
  return { type: 'copied', files: composedFiles(staging.files) };
};

const notUnpacked = ({ from }: CopyOperation): string => `the archive ${from} is not unpacked here`;

/** Of a single file; what a glob matches and is no archive is passed over (builder.go, `applySingleFileCopy`). */
const notExtractable = ({ from }: CopyOperation, sources: ReadonlyMap<string, Files>): string | undefined => {
  const [, alias = '', path = ''] = /^@([^/]*)\/(.*)$/s.exec(from) ?? [];
  const entry = sources.get(alias)?.entry(normalise(path) ?? path);
  if (entry === undefined) return `source '${path}' does not exist`;
  if (entry === 'directory') return `extract strategy is not supported for directories, got '${path}'`;
  return /\.(tar\.gz|tgz)$/i.test(path) ? undefined : `extract strategy requires tarball file (.tar.gz or .tgz), got '${path}'`;
};

/** Of one artifact (docs/limits.md): generators copy what others made, and each may make six of one. */
const maxFiles = 50_000;
const tooMany = `flux-lint follows ${maxFiles} files of one artifact`;

interface Staging {
  readonly files: ReadonlyMap<string, File>;
  readonly isDirectory: (path: string) => boolean;
  /** Both say why they cannot. */
  readonly addDirectory: (path: string) => string | undefined;
  readonly addFile: (path: string, file: File) => string | undefined;
}

const createStaging = (): Staging => {
  const files = new Map<string, File>();
  const directories = new Set(['']);
  const addDirectory = (path: string): string | undefined => {
    if (directories.has(path)) return undefined;
    if (files.has(path)) return `${path} is a file already`;
    const failed = addDirectory(directoryOf(path));
    if (failed === undefined) directories.add(path);
    return failed;
  };
  const addFile = (path: string, file: File): string | undefined => {
    if (directories.has(path)) return `${path || '.'} is a directory`;
    if (files.size >= maxFiles) return tooMany;
    const failed = addDirectory(directoryOf(path));
    if (failed === undefined) files.set(path, file);
    return failed;
  };
  return { files, isDirectory: (path) => directories.has(path), addDirectory, addFile };
};

/** Why it fails; undefined when it is done. */
const copy = (operation: CopyOperation, sources: ReadonlyMap<string, Files>, staging: Staging): string | undefined => {
  const [, alias, pattern] = /^@([^/]*)\/(.*)$/s.exec(operation.from) ?? [];
  if (alias === undefined || pattern === undefined) return `invalid copy source '${operation.from}'`;
  const files = sources.get(alias);
  if (files === undefined) return `source alias '${alias}' not found`;
  const exclude = excluder(operation.exclude);
  if (exclude === undefined) return 'invalid exclude pattern';
  const destination = destinationOf(operation.to);
  if (destination === undefined) return isNothing(files, pattern, exclude) ? undefined : `invalid copy destination '${operation.to}'`;
  const copier: Copier = { files, staging, exclude, destination, operation };
  return hasGlob(pattern) ? copyMatches(copier, pattern) : copyOne(copier, pattern);
};

interface Copier {
  readonly files: Files;
  readonly staging: Staging;
  /** Whether a path of the source stays out; by itself, or as seen from where the operation starts. */
  readonly exclude: (path: string, base: string) => boolean;
  readonly destination: string;
  readonly operation: CopyOperation;
}

const destinationOf = (to: string): string | undefined => {
  const [, path] = /^@artifact\/(.*)$/s.exec(to) ?? [];
  return path === undefined || path.startsWith('/') ? undefined : normalise(path);
};

/** What is excluded goes nowhere, whatever the destination. */
const isNothing = (files: Files, pattern: string, exclude: Copier['exclude']): boolean => {
  const path = normalise(pattern);
  return !hasGlob(pattern) && path !== undefined && files.entry(path) === 'file' && exclude(path, '');
};

/** A file's own destination is taken as it is written: the system goes into a directory before it goes out of it. */
const isWalkable = (to: string, staging: Staging): boolean => {
  const names = to.slice('@artifact/'.length).split('/');
  return names.every((name, index) => name !== '..' || staging.isDirectory(normalise(names.slice(0, index).join('/')) ?? ''));
};

const excluder = (patterns: readonly string[]): Copier['exclude'] | undefined => {
  const compiled: { readonly matches: (path: string) => boolean; readonly isName: boolean }[] = [];
  for (const pattern of patterns) {
    const matches = doublestar(pattern);
    if (matches === undefined) return undefined;
    compiled.push({ matches, isName: !pattern.includes('/') });
  }
  const isExcluded = (path: string) => compiled.some(({ matches, isName }) => matches(path) || (isName && matches(baseName(path))));
  return (path, base) => isExcluded(path) || (base !== '' && path.startsWith(`${base}/`) && isExcluded(path.slice(base.length + 1)));
};

/** A file or directory by its name. */
const copyOne = (copier: Copier, pattern: string): string | undefined => {
  const { files, staging, destination, operation } = copier;
  const path = pattern.startsWith('/') ? undefined : normalise(pattern);
  const entry = path === undefined ? undefined : path === '' ? 'directory' : files.entry(path);
  if (path === undefined || entry === undefined) return `source '${pattern}' does not exist`;
  if (entry === 'directory') return copyDirectory(copier, { path, to: under(destination, baseName(path)), base: path });
  if (copier.exclude(path, '')) return undefined;
  const isInto = operation.to.endsWith('/') || staging.isDirectory(destination);
  if (!operation.to.endsWith('/') && !isWalkable(operation.to, staging)) return `${operation.to} leads through no directory`;
  return copyFile(copier, path, isInto ? under(destination, baseName(path)) : destination);
};

/** What a pattern matches, each under its whole path; behind a last double star, under its path from there. */
const copyMatches = (copier: Copier, pattern: string): string | undefined => {
  const { files, destination } = copier;
  const found = goGlob(files, pattern);
  if (found === undefined) return `invalid glob pattern '${pattern}'`;
  if (found.length === 0) return `no files match pattern '${pattern}'`;
  const base = literalStart(pattern);
  const matches = found.filter((match) => !copier.exclude(match, base));
  if (matches.length === 0) return `all files matching pattern '${pattern}' were excluded`;
  const stripped = pattern.endsWith('/**') ? pattern.slice(0, -2) : undefined;
  for (const path of matches) {
    const to = under(destination, stripped !== undefined && path.startsWith(stripped) ? path.slice(stripped.length) : path);
    const failed = files.entry(path) === 'directory' ? copyDirectory(copier, { path, to, base }) : copyFile(copier, path, to);
    if (failed !== undefined) return `failed to copy file '${path}' to '${to}': ${failed}`;
  }
  return undefined;
};

const literalStart = (pattern: string): string => {
  const parts = pattern.split('/');
  const glob = parts.findIndex(hasGlob);
  return parts.slice(0, glob === -1 ? parts.length : glob).join('/');
};

interface DirectoryCopy {
  readonly path: string;
  readonly to: string;
  readonly base: string;
}

/** Files in directories overwrite, whatever the strategy. */
const copyDirectory = (copier: Copier, { path, to, base }: DirectoryCopy): string | undefined => {
  const { files, staging, exclude } = copier;
  const failed = staging.addDirectory(to);
  if (failed !== undefined) return failed;
  for (const name of files.list(path) ?? []) {
    const from = under(path, name);
    if (exclude(from, base)) continue;
    const place = under(to, name);
    const entry = files.entry(from);
    const file = entry === 'file' ? files.file(from) : undefined;
    const wrong = entry === 'directory' ? copyDirectory(copier, { path: from, to: place, base }) : file && staging.addFile(place, file);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
};

const copyFile = ({ files, staging, operation }: Copier, path: string, to: string): string | undefined => {
  const file = files.file(path);
  if (file === undefined) return `${path} cannot be read`;
  const present = operation.strategy === 'Merge' ? staging.files.get(to) : undefined;
  if (present === undefined) return staging.addFile(to, file);
  const merged = mergedYaml(present, file);
  return 'failed' in merged ? merged.failed : staging.addFile(to, merged.file);
};

const under = (directory: string, path: string): string => normalise(`${directory}/${path}`) ?? '';
