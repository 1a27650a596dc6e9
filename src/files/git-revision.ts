/** A repository's other revisions, out of git's object store: nothing is checked out, nothing fetched. */
import type { File, Files } from './files.ts';
import { git } from './git.ts';
import { filesView } from './view.ts';

export interface RevisionOptions {
  /** Put before every path in spans: it tells the files of a revision from those of the work tree. */
  readonly prefix: string;
  /** Another view that has most of these files: what has not changed since is that view's very `File`. */
  readonly like?: { readonly files: Files; readonly hasChanged: (path: string) => boolean } | undefined;
  /** The files that are fetched together when the first of them is asked for; default: those that builds read. */
  readonly together?: (path: string) => boolean;
}

/**
 * The tree of a commit below a directory, by one listing. What builds read (YAML, kustomization and ignore files) is
 * fetched from the object store in one batch when the first of it is asked for, so are scripts, documents and Terraform, and
 * anything else by itself.
 *
 * @param directory absolute path in the work tree
 * @param revision a commit id (`resolveRevision`)
 * @returns undefined where there is no git, or no such commit with its tree
 */
export const gitRevisionFiles = (directory: string, revision: string, options: RevisionOptions): Files | undefined => {
  const listing = git(directory, ['ls-tree', '-r', '-z', '--end-of-options', revision]);
  return listing && listedFiles(directory, parseListing(listing.toString('utf8')), options);
};

/** What is staged below a directory: the next commit's tree. */
export const gitIndexFiles = (directory: string, options: RevisionOptions): Files | undefined => {
  const listing = git(directory, ['ls-files', '-z', '--stage']);
  return listing && listedFiles(directory, parseIndex(listing.toString('utf8')), options);
};

const listedFiles = (
  directory: string,
  listed: readonly TreeEntry[],
  { prefix, like, together = isReadByBuilds }: RevisionOptions,
): Files => {
  const entries = new Map(listed.map((entry) => [entry.path, entry] as const));
  const isShared = (path: string) => like !== undefined && !like.hasChanged(path);
  const own = listed.filter(({ path, isLink }) => isLink || !isShared(path));
  const idsOf = (isMeant: (entry: TreeEntry) => boolean) => own.filter(isMeant).map(({ id }) => id);
  const isUsual = ({ path, isLink }: TreeEntry) => isLink || together(path);
  const blobs = createBlobs(directory, [idsOf(isUsual), idsOf((entry) => !isUsual(entry) && isSearched(entry.path))]);
  return filesView({
    paths: entries.keys(),
    link: (path) => {
      const entry = entries.get(path);
      return entry?.isLink ? blobs(entry.id)?.toString('utf8') : undefined;
    },
    open: (path) => {
      const entry = entries.get(path);
      const shared = isShared(path) ? like?.files.file(path) : undefined;
      return shared ?? (entry && blobFile(prefix + path, () => blobs(entry.id)));
    },
  });
};

/**
 * The commit that a name means: a branch here, one of a remote, a tag, or whatever else git knows (a commit id, `HEAD~1`,
 * `refs/heads/main`). Undefined where nothing here is called so.
 */
export const resolveRevision = (directory: string, reference: string): string | undefined => {
  if (reference === '' || reference.includes('\n')) return undefined;
  const remotes = remoteLines(directory).map(({ name }) => `refs/remotes/${name}/${reference}`);
  const candidates = [`refs/heads/${reference}`, ...new Set(remotes), `refs/tags/${reference}`, reference];
  const input = candidates.map((candidate) => `${candidate}^{commit}\n`).join('');
  const lines = git(directory, ['cat-file', '--batch-check'], input)?.toString('utf8').split('\n') ?? [];
  return lines.map((line) => /^([0-9a-f]{40,64}) commit /.exec(line)?.[1]).find((commit) => commit !== undefined);
};

/** The URLs that the repository is fetched from. */
export const gitRemotes = (directory: string): readonly string[] => [...new Set(remoteLines(directory).map(({ url }) => url))];

/** The branch that is checked out; undefined without git, and with a detached head. */
export const gitBranch = (directory: string): string | undefined =>
  git(directory, ['symbolic-ref', '--quiet', '--short', 'HEAD'])?.toString('utf8').trim();

/** Whether history ends early here: a missing commit may exist all the same. */
export const isShallow = (directory: string): boolean =>
  git(directory, ['rev-parse', '--is-shallow-repository'])?.toString('utf8').trim() === 'true';

const remoteLines = (directory: string): readonly { readonly name: string; readonly url: string }[] => {
  const lines = git(directory, ['remote', '-v'])?.toString('utf8').split('\n') ?? [];
  return lines.flatMap((line) => {
    const [, name, url] = /^([^\t]+)\t(.*) \(fetch\)/.exec(line) ?? [];
    return name === undefined || url === undefined ? [] : [{ name, url }];
  });
};

interface TreeEntry {
  readonly path: string;
  readonly id: string;
  readonly isLink: boolean;
}

/** Commits in a tree are submodules: their content is not here. */
const parseListing = (listing: string): readonly TreeEntry[] =>
  listing.split('\0').flatMap((line) => {
    const [, mode, id, path] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return id === undefined || path === undefined ? [] : [{ path, id, isLink: mode === '120000' }];
  });

/** Files in conflict have no entry of stage 0, but up to three others. */
const parseIndex = (listing: string): readonly TreeEntry[] =>
  listing.split('\0').flatMap((line) => {
    const [, mode, id, path] = /^(\d+) ([0-9a-f]+) 0\t(.*)$/s.exec(line) ?? [];
    return id === undefined || path === undefined || mode === '160000' ? [] : [{ path, id, isLink: mode === '120000' }];
  });

const isReadByBuilds = (path: string): boolean => /(\.ya?ml|\.json|(^|\/)(Kustomization|\.sourceignore))$/.test(path);

/** What is searched for what it makes or commits: scripts, documents and Terraform. Who asks for one asks for all. */
const isSearched = (path: string): boolean =>
  /(\.(tf|tofu|tfvars|hcl|bicep|sh|bash|ps1|md|just|mk|gotmpl|tpl)|(^|\/)(Makefile|[Jj]ustfile|\.justfile|Taskfile[^/]*|Jenkinsfile))$/.test(
    path,
  );

/**
 * Contents by id, since each question is a process of its own: what is in a group is read with all of it.
 *
 * @param groups the first is read with whatever is asked for first
 */
const createBlobs = (directory: string, groups: readonly (readonly string[])[]): ((id: string) => Buffer | undefined) => {
  const read = new Map<string, Buffer>();
  const asked = new Set<string>();
  const groupOf = new Map(groups.flatMap((ids) => ids.map((id) => [id, ids] as const)));
  const load = (ids: ReadonlySet<string>) => {
    for (const id of ids) asked.add(id);
    for (const [id, content] of readBlobs(directory, [...ids])) read.set(id, content);
  };
  return (id) => {
    if (!asked.has(id)) load(new Set([id, ...(groupOf.get(id) ?? []), ...(asked.size === 0 ? (groups[0] ?? []) : [])]));
    return read.get(id);
  };
};

/** `<id> blob <size>`, the content, a line break, and so on; `<id> missing` for what is not here. */
const readBlobs = function* (directory: string, ids: readonly string[]): Generator<readonly [id: string, content: Buffer]> {
  const output = git(directory, ['cat-file', '--batch'], `${ids.join('\n')}\n`);
  let offset = 0;
  while (output && offset < output.length) {
    const end = output.indexOf(10, offset);
    const [id = '', type, size] = output.toString('latin1', offset, end).split(' ');
    offset = end + 1;
    if (type === 'missing') continue;
    yield [id, output.subarray(offset, offset + Number(size))];
    offset += Number(size) + 1;
  }
};

const blobFile = (path: string, content: () => Buffer | undefined): File => {
  let text: string | undefined;
  return {
    path,
    get text() {
      text ??= content()?.toString('utf8') ?? '';
      return text;
    },
    get unreadable() {
      return content() === undefined ? 'git has its name here, but not its content' : undefined;
    },
    bytes: () => content() ?? new Uint8Array(),
  };
};
