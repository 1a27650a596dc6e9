import type { Finding, Location } from '../../../model/finding.ts';
import { withoutPassword } from '../../../model/repository-url.ts';
import { messageOf } from './message.ts';

const root = '%SRCROOT%';

/**
 * A file as SARIF names it: percent-encoded below the base of its repository. GitHub does not look at bases
 * (github/codeql-action#2456), and would take a file of a mapped checkout for one of this repository that has the same
 * path: so the base of a checkout is its host, and the URI starts with the checkout's own path there.
 */
export const placeOf = ({ path, repository }: Pick<Location, 'path' | 'repository'>) => {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  if (repository === undefined) return { uri, uriBaseId: root };
  return { uri: `${hostAndPath(repository).path}${uri}`, uriBaseId: baseIdOf(repository) };
};

/** A SARIF location; the message says what the place has to do with the result. */
export const locationOf = ({ line, column, endLine, endColumn, revision, ...file }: Location, message?: string) => ({
  physicalLocation: {
    artifactLocation: placeOf(file),
    region: { startLine: line, startColumn: column, endLine, endColumn },
  },
  ...(message === undefined ? {} : { message: messageOf(message) }),
  ...(revision === undefined ? {} : { properties: { revision } }),
});

/** The bases that places of these findings lie below: the root, and each mapped checkout by the URL it stands for. */
export const baseIdsOf = (findings: readonly Finding[]) => {
  const places = findings.flatMap(({ location, related }) => [location, ...related.map((place) => place.location)]);
  const repositories = [...new Set(places.flatMap(({ repository }) => (repository === undefined ? [] : [repository])))].sort();
  return {
    [root]: { description: { text: 'The top of the repository that was linted.' } },
    ...Object.fromEntries(
      repositories.map((url) => [
        baseIdOf(url),
        {
          uri: hostAndPath(url).host,
          description: { text: `Where ${withoutPassword(url)} is: the URIs of its files start with its path.` },
        },
      ]),
    ),
  };
};

/** The checkout's URL tells it apart; a password in it is nobody's business. */
const baseIdOf = (url: string): string => directoryUri(url);

const hostAndPath = (url: string): { readonly host: string; readonly path: string } => {
  const uri = directoryUri(url);
  const [host = uri] = /^[a-z][a-z0-9+.-]*:\/\/[^/]*\//i.exec(uri) ?? [];
  return { host, path: uri.slice(host.length) };
};

/** An absolute URI that ends in a slash, as SARIF wants bases; git's short form `git@host:org/apps` written out. */
const directoryUri = (url: string): string => {
  const short = /^([^/:@]{1,200}@[^/:]{1,500}):(?!\/\/)\/?(.*)$/.exec(url);
  const written = short ? `ssh://${short[1]}/${short[2]}` : url;
  const uri = encodeURI(withoutPassword(written).replace(half, '\ufffd')).replaceAll('%25', '%');
  return uri.endsWith('/') ? uri : `${uri}/`;
};

/** Of a surrogate pair, as YAML may escape it: nothing encodes it. */
const half = /\p{Cs}/gu;
