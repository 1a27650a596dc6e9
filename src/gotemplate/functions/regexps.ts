/** slim-sprig's regular expressions (`regex.go`): RE2, with the loops of Go's regexp. */
import type { RE2JS } from 're2js';
import { re2 } from '../../pattern/re2.ts';
import { failCall } from '../failure.ts';
import { type GoFunction, goFunction } from '../function.ts';
import { type GoValue, goBool, goList, goString } from '../value.ts';

const compile = (pattern: string): RE2JS => {
  try {
    return re2().RE2JS.compile(pattern);
  } catch (error) {
    return failCall(`error parsing regexp: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** A match: start and end of the whole, then of each group; -1 for a group that took no part. */
type Match = readonly (readonly [start: number, end: number])[];

const matchFrom = (pattern: RE2JS, text: string, from: number): Match | undefined => {
  const matcher = pattern.matcher(text);
  if (from > text.length || !matcher.find(from)) return undefined;
  return Array.from({ length: matcher.groupCount() + 1 }, (_, group) => [matcher.start(group), matcher.end(group)] as const);
};

/** How far the next letter is. */
const step = (text: string, at: number): number => String.fromCodePoint(text.codePointAt(at) ?? 0).length;

/** `Regexp.allMatches`: an empty match right behind another does not count. */
const allMatches = (pattern: RE2JS, text: string, limit: number): readonly Match[] => {
  const matches: Match[] = [];
  const most = limit < 0 ? Number.POSITIVE_INFINITY : limit;
  let before = -1;
  for (let at = 0; matches.length < most && at <= text.length; ) {
    const match = matchFrom(pattern, text, at);
    const [start, end] = match?.[0] ?? [-1, -1];
    if (match === undefined) break;
    const counts = end !== at || start !== before;
    at = end === at ? (at < text.length ? at + step(text, at) : text.length + 1) : end;
    before = end;
    if (counts) matches.push(match);
  }
  return matches;
};

const found = (pattern: string, text: string): string => {
  const [start, end] = matchFrom(compile(pattern), text, 0)?.[0] ?? [0, 0];
  return text.slice(start, end);
};

const nilStrings: GoValue = { ...goList([], 'string'), isNil: true };

const strings = (items: readonly string[]): GoValue => goList(items.map(goString), 'string');

const foundAll = (pattern: string, text: string, limit: number): GoValue => {
  const matches = allMatches(compile(pattern), text, limit);
  return matches.length === 0 ? nilStrings : strings(matches.map(([whole]) => text.slice(...(whole ?? [0, 0]))));
};

/** `Regexp.replaceAll` */
const replacedAll = (pattern: RE2JS, text: string, replacement: (match: Match) => string): string => {
  let result = '';
  let copied = 0;
  for (let at = 0; at <= text.length; ) {
    const match = matchFrom(pattern, text, at);
    const [start, end] = match?.[0] ?? [-1, -1];
    if (match === undefined) break;
    result += text.slice(copied, start);
    if (end > copied || start === 0) result += replacement(match);
    copied = end;
    const width = at < text.length ? step(text, at) : 0;
    at = at + width > end ? at + width : Math.max(at + 1, end);
  }
  return result + text.slice(copied);
};

/** `Regexp.Expand`: `$1`, `$name`, `${name}` and `$$`. */
const expanded = (template: string, text: string, match: Match, names: Readonly<Record<string, number>>): string =>
  template.replace(/\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu, (_, dollar?: string, braced?: string, bare?: string) => {
    if (dollar) return '$';
    const name = braced ?? bare ?? '';
    const group = /^[0-9]+$/.test(name) ? Number(name) : (names[name] ?? -1);
    const [start, end] = match[group] ?? [-1, -1];
    return start < 0 ? '' : text.slice(start, end);
  });

const split = (pattern: string, text: string, limit: number): GoValue => {
  const compiled = compile(pattern);
  if (limit === 0) return nilStrings;
  if (pattern !== '' && text === '') return strings(['']);
  const parts: string[] = [];
  let begin = 0;
  let last = 0;
  for (const [whole] of allMatches(compiled, text, limit)) {
    if (limit > 0 && parts.length === limit - 1) break;
    const [start, end] = whole ?? [0, 0];
    last = start;
    if (end !== 0) parts.push(text.slice(begin, start));
    begin = end;
  }
  if (last !== text.length) parts.push(text.slice(begin));
  return strings(parts);
};

/** `regexMatch` takes a pattern that cannot be read for one that does not match. */
const matches = (pattern: string, text: string): boolean => {
  try {
    return re2().RE2JS.compile(pattern).matcher(text).find();
  } catch {
    return false;
  }
};

const findAll = goFunction({ takes: ['string', 'string', 'int'], gives: ([pattern, text, limit]) => foundAll(pattern, text, limit) });
const find = goFunction({ takes: ['string', 'string'], gives: ([pattern, text]) => goString(found(pattern, text)) });
const replaceAll = goFunction({
  takes: ['string', 'string', 'string'],
  gives: ([pattern, text, replacement]) => {
    const compiled = compile(pattern);
    const names = compiled.namedGroups();
    return goString(replacedAll(compiled, text, (match) => expanded(replacement, text, match, names)));
  },
});
const replaceAllLiteral = goFunction({
  takes: ['string', 'string', 'string'],
  gives: ([pattern, text, replacement]) => goString(replacedAll(compile(pattern), text, () => replacement)),
});
const splitAll = goFunction({ takes: ['string', 'string', 'int'], gives: ([pattern, text, limit]) => split(pattern, text, limit) });

export const regexpFunctions: ReadonlyMap<string, GoFunction> = new Map(
  Object.entries({
    regexMatch: goFunction({ takes: ['string', 'string'], gives: ([pattern, text]) => goBool(matches(pattern, text)) }),
    mustRegexMatch: goFunction({
      takes: ['string', 'string'],
      gives: ([pattern, text]) => goBool(matchFrom(compile(pattern), text, 0) !== undefined),
    }),
    regexFindAll: findAll,
    mustRegexFindAll: findAll,
    regexFind: find,
    mustRegexFind: find,
    regexReplaceAll: replaceAll,
    mustRegexReplaceAll: replaceAll,
    regexReplaceAllLiteral: replaceAllLiteral,
    mustRegexReplaceAllLiteral: replaceAllLiteral,
    regexSplit: splitAll,
    mustRegexSplit: splitAll,
    regexQuoteMeta: goFunction({ takes: ['string'], gives: ([text]) => goString(text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')) }),
  }),
);
