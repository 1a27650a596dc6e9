/**
 * Whether Flux and Helm can read a text as a range of versions: comparisons joined by `,` or spaces, alternatives by `||`
 * (Masterminds/semver v3, which is what both use; its grammar is not node-semver's). Read from left to right, once.
 */
export const isSemverRange = (text: string): boolean =>
  text.split('||').every((part) => {
    const range = part.trim();
    return isHyphenated(range) || areComparisons(range);
  });

const version = /v?(?:\d+|[xX*])(?:\.(?:\d+|[xX*])){0,2}(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?/y;
const operator = /(?:=>|=<|!=|>=|<=|~>|[=><~^])?\s*/y;
const separator = /\s*,\s*|\s+/y;

/** Where a match that starts at a place ends; undefined where there is none. */
const behind = (pattern: RegExp, text: string, at: number): number | undefined => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
};

const isHyphenated = (range: string): boolean => {
  const [from = '', dash, to = '', ...others] = range.split(/\s+/, 4);
  return dash === '-' && others.length === 0 && isVersion(from) && isVersion(to);
};

const isVersion = (text: string): boolean => behind(version, text, 0) === text.length;

const areComparisons = (range: string): boolean => {
  for (let at = 0; ; ) {
    const end = behind(version, range, behind(operator, range, at) ?? at);
    if (end === undefined) return false;
    if (end === range.length) return true;
    const next = behind(separator, range, end);
    if (next === undefined) return false;
    // A comma may be the last.
    if (next === range.length) return true;
    at = next;
  }
};
