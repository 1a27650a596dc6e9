/** A repository's other revisions, out of git's object store: nothing is checked out, nothing fetched. */
import { baseName, directoryOf, type File, type Files } from './files.ts';
import { git } from './git.ts';
import { type Blobs, openBlobs, usual } from './git-blobs.ts';
import { indexOf, type TreeEntry, treeOf } from './git-tree.ts';
import { filesView } from './view.ts';

export interface RevisionOptions {
  /** Put before every path in spans: it tells the files of a revision from those of the work tree. */
  readonly prefix: string;
  /** Another view that has most of these files: what has not changed since is that view's very `File`. */
  readonly like?: { readonly files: Files; readonly hasChanged: (path: string) => boolean } | undefined;
  /** The files that are fetched together when the first of them is asked for; default: those that builds read. */
  readonly together?: (path: string) => boolean;
  /** Where contents are read; default: by this view alone. */
  readonly blobs?: Blobs;
}

/**
 * The tree of a commit below a directory, by one listing. What builds read (YAML, variables, kustomization and ignore files) is
 * fetched from the object store in one batch when the first of it is asked for, so are scripts, documents and Terraform, what
 * lies beside kustomization files, and anything else by itself.
 *
 * @param directory absolute path in the work tree
 * @param revision a commit id (`resolveRevision`)
 * @returns undefined where there is no git, or no such commit with its tree
 */
export const gitRevisionFiles = (directory: string, revision: string, options: RevisionOptions): Files | undefined => {
  const listed = treeOf(directory, revision);
  return listed && gitFiles(directory, listed, options);
};

/** What is staged below a directory: the next commit's tree. */
export const gitIndexFiles = (directory: string, options: RevisionOptions): Files | undefined => {
  const listed = indexOf(directory);
  return listed && gitFiles(directory, listed, options);
};

/** A tree below a directory that has been listed already. */
export const gitFiles = (
  directory: string,
  listed: readonly TreeEntry[],
  { prefix, like, together = isReadByBuilds, blobs = openBlobs(directory) }: RevisionOptions,
): Files => {
  const entries = new Map(listed.map((entry) => [entry.path, entry] as const));
  const isShared = (path: string) => like !== undefined && !like.hasChanged(path);
  const own = listed.filter(({ path, isLink }) => isLink || !isShared(path));
  const kindOf = kindsIn(listed, together);
  for (const entry of own) blobs.expect(kindOf(entry), [entry.id]);
  const linked = (path: string): string | undefined => {
    const entry = entries.get(path);
    return entry?.isLink ? blobs.read(entry.id)?.toString('utf8') : undefined;
  };
  return filesView({
    paths: entries.keys(),
    ...(own.some(({ isLink }) => isLink) ? { link: linked } : {}),
    open: (path) => {
      const entry = entries.get(path);
      const shared = isShared(path) ? like?.files.file(path) : undefined;
      return shared ?? (entry && blobFile(prefix + path, () => blobs.read(entry.id)));
    },
  });
};

/** What of a tree is read with what. */
const kindsIn = (listed: readonly TreeEntry[], together: (path: string) => boolean): ((entry: TreeEntry) => string) => {
  const built = new Set(listed.filter(({ path }) => isKustomizationFile.test(baseName(path))).map(({ path }) => directoryOf(path)));
  const liesBeside = (directory: string) => built.has(directory) || built.has(directoryOf(directory));
  return ({ path, isLink, id }) => {
    if (isLink || together(path)) return usual;
    if (isSearched(path)) return 'searched';
    return liesBeside(directoryOf(path)) && !isNoText.test(path) ? 'beside' : id;
  };
};

/**
 * The commit that a name means: a branch here, one of a remote, a tag, or whatever else git knows (a commit id, `HEAD~1`,
 * `refs/heads/main`). Undefined where nothing here is called so.
 */
export const resolveRevision = (directory: string, reference: string): string | undefined => {
  if (reference === '' || reference.includes('\n')) return undefined;
  const remotes = remoteLines(directory).map(({ name }) => `refs/remotes/${name}/${reference}`);
  const candidates = [`refs/heads/${reference}`, ...new Set(remotes), `refs/tags/${reference}`, reference];
  return commitsNamed(directory, candidates)?.find((commit) => commit !== undefined);
};

/**
 * The commits that names mean to git itself, undefined for what it has not.
 *
 * @param names without line breaks
 * @returns undefined where git cannot tell of any
 */
export const commitsNamed = (directory: string, names: readonly string[]): readonly (string | undefined)[] | undefined => {
  const input = names.map((name) => `${name}^{commit}\n`).join('');
  const output = git(directory, ['cat-file', '--batch-check'], input)?.toString('utf8');
  return output
    ?.split('\n')
    .slice(0, names.length)
    .map((line) => /^([0-9a-f]{40,64}) commit /.exec(line)?.[1]);
};

/** The URLs that the repository is fetched from. */
export const gitRemotes = (directory: string): readonly string[] => [...new Set(remoteLines(directory).map(({ url }) => url))];

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

const isReadByBuilds = (path: string): boolean => /(\.ya?ml|\.json|\.env|(^|\/)(Kustomization|\.sourceignore))$/.test(path);

/** What is searched for what it makes or commits: scripts, pipelines, documents and Terraform. Who asks for one asks for all. */
const isSearched = (path: string): boolean =>
  (/^\.(github|forgejo|gitea|gitlab|circleci|woodpecker|buildkite|azure-pipelines|tekton)\//.test(path) && !isNoText.test(path)) ||
  /(\.(tf|tofu|tfvars|hcl|bicep|sh|bash|ps1|md|just|mk|gotmpl|tpl)|(^|\/)(Makefile|[Jj]ustfile|\.justfile|Taskfile[^/]*|Jenkinsfile))$/.test(
    path,
  );

const isKustomizationFile = /^([Kk]ustomization|kustomization\.ya?ml)$/;

/** Generators take in texts; what is none may be large, and is seldom asked for. */
const isNoText = /\.(png|jpe?g|gif|webp|ico|pdf|zip|t?gz|tar|bz2|xz|jar|woff2?|ttf|mp[34]|db|sqlite|bin|exe|so|wasm)$/i;

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
