/** A repository behind a URL, however it is spelled. */
interface RepositoryAddress {
  readonly protocol: 'ssh' | 'http' | 'oci';
  /** Lower case, without user and port. */
  readonly host: string;
  /** Undefined for the protocol's own. */
  readonly port: string | undefined;
  /** Without `.git`, without slashes around it. */
  readonly path: string;
}

/**
 * Whether two URLs mean one repository: `ssh://git@host/org/repo`, `git@host:org/repo` and `https://host/org/repo.git`
 * do. Ports count only between equal protocols, since a server's ssh and https ports differ; case does not count, since
 * no forge tells repositories apart by it. OCI repositories equal only OCI repositories.
 */
export const isSameRepository = (a: string, b: string): boolean => {
  const [first, second] = [addressOf(a), addressOf(b)];
  if (first === undefined || second === undefined) return trimmed(a) === trimmed(b);
  if ((first.protocol === 'oci') !== (second.protocol === 'oci')) return false;
  if (first.protocol === second.protocol && first.port !== second.port) return false;
  return first.host === second.host && first.path.toLowerCase() === second.path.toLowerCase();
};

/** Who serves a repository and whose it is there (organisation, user, top group); undefined for what is no URL of a server. */
export const hostAndOwner = (url: string): { readonly host: string; readonly owner: string } | undefined => {
  const address = addressOf(url);
  if (address === undefined) return undefined;
  const { host, path } = address;
  return { host, owner: path.includes('/') ? path.slice(0, path.indexOf('/')) : '' };
};

/** The last part of a repository's path, in lower case; what mirrors and forks keep. */
export const repositoryName = (url: string): string => {
  const path = addressOf(url)?.path ?? trimmed(url);
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
};

/** A text with its URLs, but not who fetches from them; with ssh a name alone is no secret. */
export const withoutCredentials = (text: string): string =>
  text.replace(/(https?:\/\/)[^@/\s]{0,500}@/gi, '$1').replace(/(:\/\/)[^@/:\s]{0,500}:[^@/\s]{0,500}@/gi, '$1');

const protocols = new Map<string, readonly [protocol: RepositoryAddress['protocol'], port: string]>([
  ['ssh', ['ssh', '22']],
  ['git+ssh', ['ssh', '22']],
  ['http', ['http', '80']],
  ['https', ['http', '443']],
  ['git', ['http', '9418']],
  ['oci', ['oci', '443']],
]);

const withScheme = /^([a-z+]+):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/]+)(?::(\d*))?(?:\/(.*))?$/i;
/** git's short form for ssh: a colon before the first slash. One letter before it is a drive of Windows. */
const scpLike = /^(?:[^@/:]+@)?([^:/]{2,}):(?!\/\/)(.*)$/;

const addressOf = (url: string): RepositoryAddress | undefined => {
  // No server has a longer one.
  if (url.length > 4096) return undefined;
  const [, scheme, host = '', port, path = ''] = withScheme.exec(url.trim()) ?? [];
  if (scheme !== undefined) {
    const [protocol, ownPort] = protocols.get(scheme.toLowerCase()) ?? [];
    return protocol && address({ protocol, host, port: port === '' || port === ownPort ? undefined : port, path });
  }
  const [, scpHost, scpPath = ''] = scpLike.exec(url.trim()) ?? [];
  return scpHost === undefined ? undefined : address({ protocol: 'ssh', host: scpHost, port: undefined, path: scpPath });
};

/** Hosts that serve another one's repositories, for ssh behind firewalls or as a registry's second name. */
const hostAliases = new Map([
  ['ssh.github.com', 'github.com'],
  ['altssh.gitlab.com', 'gitlab.com'],
  ['altssh.bitbucket.org', 'bitbucket.org'],
  ['ssh.dev.azure.com', 'dev.azure.com'],
  ['registry-1.docker.io', 'docker.io'],
  ['index.docker.io', 'docker.io'],
]);

const address = ({ protocol, host: written, port, path: writtenPath }: RepositoryAddress): RepositoryAddress => {
  const lower = written.toLowerCase();
  const host = hostAliases.get(lower) ?? lower;
  const path = trimmed(decoded(writtenPath.replace(/[?#].*$/, '')));
  // A host of its own for ssh has a port of its own, too.
  const ownPort = host === lower ? port : undefined;
  return { protocol, host, port: ownPort, path: forgePath(host, path) };
};

/** Azure DevOps puts `v3/` before ssh paths and `_git/` into https paths, Bitbucket Server `scm/` before https paths. */
const forgePath = (host: string, path: string): string => {
  if (host === 'dev.azure.com') return path.replace(/^v3\//, '').replace(/\/_git\//, '/');
  return path.replace(/^scm\//, '');
};

const trimmed = (path: string): string =>
  path
    .trim()
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/i, '');

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};
