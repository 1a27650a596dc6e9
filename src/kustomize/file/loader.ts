import { directoryOf, type File, type Files, isWithin, joinPath } from '../../files/files.ts';
import type { Origin } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';

import type { Leaf } from '../build.ts';

/** Reads what a kustomization names, seen from its directory, and remembers what was looked at. */
export interface Loader {
  readonly files: Files;
  readonly directory: string;
  /** kustomize's own default: files must lie in the directory or below; Flux allows all of the artifact. */
  readonly isRootOnly: boolean;
  readonly log: ReadLog;
}

/** Grows while a directory is built; `Reads` is what it comes to. */
export interface ReadLog {
  readonly files: Set<File>;
  readonly listed: Set<string>;
  readonly missing: Set<string>;
  /** Files that are elsewhere. */
  readonly remote: Leaf[];
}

export const emptyLog = (): ReadLog => ({ files: new Set(), listed: new Set(), missing: new Set(), remote: [] });

export type Found = { readonly type: 'file'; readonly file: File } | { readonly type: 'directory'; readonly path: string } | NotFound;

export interface NotFound {
  readonly type: 'remote' | 'missing' | 'uncommitted' | 'outside' | 'restricted' | 'empty';
  readonly message: string;
}

/** What is at a path; a file counts as read. */
export const find = (loader: Loader, path: string): Found => {
  if (path === '') return { type: 'empty', message: 'the path is empty' };
  const joined = path.startsWith('/') ? undefined : joinPath(loader.directory, path);
  // What is there is meant, whatever its name looks like.
  const isThere = joined !== undefined && !path.includes('://') && loader.files.entry(joined) !== undefined;
  if (!isThere && isRemote(path)) return { type: 'remote', message: `'${path}' is remote` };
  if (joined === undefined) return { type: 'outside', message: `'${path}' leads out of the source` };
  const real = loader.files.resolve(joined);
  if (real === undefined) return notThere(loader, joined);
  const file = loader.files.file(real);
  if (!file) return { type: 'directory', path: real };
  if (loader.isRootOnly && !isWithin(directoryOf(real), loader.directory)) {
    return { type: 'restricted', message: `security; file '/${real}' is not in or below '/${loader.directory}'` };
  }
  loader.log.files.add(file);
  return { type: 'file', file };
};

/** The file at a path, or the problem with it at `asked`, which says what it was wanted for. */
export const loadFile = (loader: Loader, path: string, asked: Origin): File | StepProblem => {
  const found = find(loader, path);
  switch (found.type) {
    case 'file':
      return found.file.unreadable === undefined ? found.file : problem('build/missing-resource', `'${path}': ${found.file.unreadable}.`);
    case 'directory':
      return problem('build/missing-resource', `'/${found.path}' must resolve to a file: it is a directory.`);
    case 'remote':
      loader.log.remote.push({ type: 'remote', at: asked, what: path });
      return problem(notKnown, `${found.message}: what is there is not known here.`, 'warning');
    case 'outside':
      return problem('build/outside-artifact', `${found.message}: Flux will not find it in the artifact.`);
    case 'uncommitted':
      return problem('build/not-committed', `${found.message}.`);
    case 'restricted':
    case 'missing':
    case 'empty':
      return problem('build/missing-resource', `${found.message}.`);
    default:
      return found satisfies never;
  }

  function problem(ruleId: string, message: string, atMost?: 'warning' | 'info'): StepProblem {
    return { ruleId, at: asked, message, atMost };
  }
};

/** The rule whose problems stand for files that are elsewhere: they are told as leaves of the build. */
export const notKnown = 'build/remote-base';

/** URLs and the forms of git repositories that kustomize would clone. */
export const isRemote = (path: string): boolean => remote.test(path) && !path.startsWith('../') && !path.startsWith('../../');

const remote =
  /^(?:[a-z][a-z0-9+.-]*:\/\/|git::|git@|gh:|github\.com[/:]|bitbucket\.org[/:]|gitlab\.com[/:])|\.git(?:\/|\?|$)|_git\/|[?&]ref=/i;

const notThere = ({ files, log }: Loader, path: string): NotFound => {
  if (files.entry(path) === 'link') return { type: 'outside', message: `'/${path}' is a link that leads out of the source` };
  log.missing.add(path);
  const message = `'/${path}' doesn't exist`;
  const uncommitted = files.uncommitted(path);
  if (uncommitted !== undefined) {
    const why = uncommitted === 'ignored' ? 'git ignores it' : 'nobody has added it';
    return { type: 'uncommitted', message: `${message} in the source: it is here, but ${why}, so Flux never gets it` };
  }
  const other = sameButForCase(files, path);
  if (other === undefined) return { type: 'missing', message };
  return { type: 'uncommitted', message: `${message}: git has '/${other}', and letter case counts where Flux builds` };
};

/** A path whose names differ from these in letter case only. */
const sameButForCase = (files: Files, path: string): string | undefined => {
  let here = '';
  for (const name of path.split('/')) {
    const names = files.list(here) ?? [];
    const found = names.includes(name) ? name : names.find((other) => other.toLowerCase() === name.toLowerCase());
    if (found === undefined) return undefined;
    here = here === '' ? found : `${here}/${found}`;
  }
  return here;
};
