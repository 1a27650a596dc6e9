import { memoByText } from '../../model/memo.ts';
import { re2 } from '../../pattern/re2.ts';
import { simpleRegexp } from '../../pattern/simple-regexp.ts';
import { type Failure, failure } from '../resource/failure.ts';

/**
 * Regular expressions of a kustomization are Go's: RE2 syntax, and linear time whatever the pattern. JavaScript's own
 * differ in both, and a pattern in a repository must not be able to hold up a run.
 */
export interface GoRegexp {
  readonly type: 'regexp';
  readonly test: (text: string) => boolean;
}

/** A failure has Go's words (`error parsing regexp: missing closing ]`). One pattern stands in many patches, and is compiled once. */
export const goRegexp = memoByText((pattern): GoRegexp | Failure => {
  const { RE2JS, RE2JSSyntaxException } = re2();
  try {
    const compiled = RE2JS.compile(pattern);
    return { type: 'regexp', test: (text) => compiled.test(text) };
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return failure(error.message);
    throw error;
  }
});

/** A pattern that must match the whole text. An empty one matches everything, as kustomize's selectors want it. */
export const wholeMatch = (pattern: string): GoRegexp | Failure => {
  if (pattern === '') return { type: 'regexp', test: () => true };
  const simple = simpleRegexp(pattern);
  return simple ? { type: 'regexp', test: simple } : goRegexp(`^(?:${pattern})$`);
};
