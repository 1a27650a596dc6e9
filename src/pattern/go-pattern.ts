import type { RE2JS } from 're2js';
import { memoByText } from '../model/memo.ts';
import { re2 } from './re2.ts';
import { simpleRegexp } from './simple-regexp.ts';

/**
 * Whether a text matches a pattern of a CRD, as the API server reads it: RE2, in linear time whatever stands there. A
 * pattern that RE2 cannot read is refused with its CRD; here it matches everything.
 */
export const matchesGoPattern = (text: string, pattern: string): boolean => compiledOnce(pattern)?.matcher(text).find() ?? true;

/** Whether a pattern matches a text from its start to its end; a pattern that RE2 cannot read matches nothing. */
export const matchesWholeGoPattern = (text: string, pattern: string): boolean =>
  simpleRegexp(pattern)?.(text) ?? compiledOnce(`^(?:${pattern})$`)?.matcher(text).find() ?? false;

/** Whether RE2 can read a pattern that is to match the whole of a text. */
export const isWholeGoPattern = (pattern: string): boolean =>
  simpleRegexp(pattern) !== undefined || compiledOnce(`^(?:${pattern})$`) !== undefined;

/** What the groups of a pattern of ours take of a whole text, in order; undefined where it does not match. */
export const goCaptures = (pattern: string): ((text: string) => readonly string[] | undefined) => {
  const expression = compiledOnce(`(?s)^${pattern}$`);
  return (text) => {
    const matcher = expression?.matcher(text);
    if (!matcher?.find()) return undefined;
    return Array.from({ length: matcher.groupCount() }, (_, index) => matcher.group(index + 1) ?? '');
  };
};

/** The first match of a pattern in a text, then what its groups take of it; undefined where there is none. */
export const goCapturesOf = (text: string, pattern: string): readonly string[] | undefined => {
  const matcher = compiledOnce(pattern)?.matcher(text);
  if (!matcher?.find()) return undefined;
  return Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? '');
};

/** A text as a pattern that matches it and nothing else. */
export const quotedGoPattern = (text: string): string => re2().RE2JS.quote(text);

export const isGoPattern = (pattern: string): boolean => compiledOnce(pattern) !== undefined;

const compiledOnce = memoByText((pattern): RE2JS | undefined => {
  try {
    return re2().RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
});
