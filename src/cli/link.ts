/** `--link`: where the places of a page lead. Nothing is guessed: without it, places are text. */
import { resolve, sep } from 'node:path';
import type { CheckResult } from '../lint/result.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Io } from './terminal/io.ts';

const presets = ['github', 'gitlab', 'vscode'] as const;

export const linkOption = {
  link: {
    type: 'string',
    requiresArg: true,
    describe: `Of the page (html): where its places lead, an address with {path} and {line}, vscode, or in their CI github, gitlab`,
    completes: presets,
  },
} as const;

/** The address of a root's files, with `{path}` and `{line}`. */
export type LinkOf = (about: Pick<CheckResult, 'root' | 'folder'>) => string | undefined;

/** @throws UsageError for what is no address of files, or a name whose CI this is not */
export const linkOf = (given: string | undefined, { env, cwd }: Pick<Io, 'env' | 'cwd'>): LinkOf => {
  switch (given) {
    case undefined:
      return () => undefined;
    case 'vscode':
      return ({ root }) => `vscode://file${editorPath(resolve(cwd, root))}/{path}:{line}`;
    case 'github': {
      const base = `${variable(env, given, 'GITHUB_SERVER_URL')}/${variable(env, given, 'GITHUB_REPOSITORY')}/blob`;
      return inRevision(`${base}/${variable(env, given, 'GITHUB_SHA')}`);
    }
    case 'gitlab':
      return inRevision(`${variable(env, given, 'CI_PROJECT_URL')}/-/blob/${variable(env, given, 'CI_COMMIT_SHA')}`);
    default: {
      const template = checked(given);
      return () => template;
    }
  }
};

/** An absolute path as an address has it; that of a Windows drive starts with a slash, too. */
const editorPath = (path: string): string => {
  const parts = path.split(sep).filter((part) => part !== '');
  return parts.map((part) => `/${encodeURIComponent(part).replace('%3A', ':')}`).join('');
};

const inRevision = (base: string): LinkOf => {
  checked(`${base}/{path}`);
  return ({ folder }) => {
    const parts = folder.split('/').filter((part) => part !== '');
    return `${base}/${[...parts.map(encodeURIComponent), '{path}'].join('/')}#L{line}`;
  };
};

const variable = (env: Io['env'], preset: string, name: string): string => {
  const value = env[name];
  if (value) return value;
  throw new UsageError(
    `--link ${preset} is for its CI, which sets ${name}`,
    'Elsewhere write the address: --link "https://github.com/OWNER/REPOSITORY/blob/REVISION/{path}#L{line}".',
  );
};

/** A host stands before the path, and no password in it: the page goes to others. */
const address = /^(https?:\/\/[^\s/{}?#@\\]+\/|vscode:\/\/file\/)[!-~]*$/;

const checked = (template: string): string => {
  const sample = template.replaceAll('{path}', 'a').replaceAll('{line}', '1');
  if (address.test(template) && template.includes('{path}') && URL.canParse(sample)) return template;
  throw new UsageError(
    `--link cannot be "${template}"`,
    `Write an address of https, http or vscode://file/ with {path} and {line} behind its host, or ${presets.join(', ')}.`,
  );
};
