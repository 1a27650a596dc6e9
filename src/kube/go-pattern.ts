import type { RE2JS } from 're2js';
import { re2 } from './re2.ts';

const compiled = new Map<string, RE2JS | undefined>();

/**
 * Whether a text matches a pattern of a CRD, as the API server reads it: RE2, in linear time whatever stands there. A
 * pattern that RE2 cannot read is refused with its CRD; here it matches everything.
 */
export const matchesGoPattern = (text: string, pattern: string): boolean => compiledOnce(pattern)?.matcher(text).find() ?? true;

export const isGoPattern = (pattern: string): boolean => compiledOnce(pattern) !== undefined;

const compiledOnce = (pattern: string): RE2JS | undefined => {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
  return compiled.get(pattern);
};

const compile = (pattern: string): RE2JS | undefined => {
  try {
    return re2().RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
};
