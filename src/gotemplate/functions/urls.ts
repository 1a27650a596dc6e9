/** slim-sprig's functions of URLs (`url.go`), for URLs as they are usually written. */
import { failCall } from '../failure.ts';
import { type GoFunction, goFunction } from '../function.ts';
import { type GoMap, goMap, goString, kindName, wellFormed } from '../value.ts';

const grammar = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?:\/\/(?:([^/?#@]*)@)?([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;

const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return failCall(`unable to parse url: parse ${JSON.stringify(text)}: invalid URL escape`);
  }
};

const parsed = (url: string): GoMap => {
  const match = grammar.exec(url);
  if (!match || /\p{Cc}/u.test(url)) return failCall(`unable to parse url: ${JSON.stringify(url)}`);
  const [, scheme = '', userinfo = '', host = '', path = '', query = '', fragment = ''] = match;
  const isOpaque = scheme !== '' && !url.slice(scheme.length + 1).startsWith('/') && path !== '';
  if (!scheme && !path.startsWith('/') && /^[^/]*:/.test(path))
    return failCall('unable to parse url: first path segment in URL cannot contain colon');
  const parts = {
    scheme: scheme.toLowerCase(),
    host,
    hostname: host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1'),
    path: isOpaque ? '' : unescaped(path),
    query,
    opaque: isOpaque ? path : '',
    fragment: unescaped(fragment),
    userinfo,
  };
  return goMap(Object.entries(parts).map(([key, value]) => [key, goString(value)] as const));
};

const escaped = (text: string): string => encodeURI(wellFormed(text)).replace(/[?#]/g, (letter) => (letter === '?' ? '%3F' : '%23'));

const joined = (parts: GoMap): string => {
  const part = (key: string): string => {
    const value = parts.entries.get(key);
    if (value === undefined) return '';
    if (value.type === 'string') return value.value;
    return failCall(`unable to parse ${key} key, must be of type string, but ${kindName(value)} found`);
  };
  const [scheme, userinfo, host, opaque, query, fragment] = ['scheme', 'userinfo', 'host', 'opaque', 'query', 'fragment'].map(part);
  const path = escaped(part('path'));
  let url = scheme ? `${scheme}:` : '';
  if (opaque) url += opaque;
  else {
    if (scheme || host || userinfo) {
      if (host || path || userinfo)
        url += scheme && !host && !userinfo && !path.startsWith('//') ? (path.startsWith('/') ? '//' : '') : '//';
      if (userinfo) url += `${userinfo}@`;
      url += host;
    }
    if (path && !path.startsWith('/') && host) url += '/';
    url += path;
  }
  if (query) url += `?${query}`;
  return fragment ? `${url}#${escaped(fragment)}` : url;
};

export const urlFunctions: ReadonlyMap<string, GoFunction> = new Map(
  Object.entries({
    urlParse: goFunction({ takes: ['string'], gives: ([url]) => parsed(url) }),
    urlJoin: goFunction({ takes: ['map'], gives: ([parts]) => goString(joined(parts)) }),
  }),
);
