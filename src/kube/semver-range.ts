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

/**
 * Whether a version is in a range of one comparison (`1.2.3`, `1.x`, `~1.2`, `^1.2.3`), as Masterminds/semver reads it; undefined for
 * what says more, and for pre-releases.
 */
export const isInRange = (text: string, range: string): boolean | undefined => {
  const [own, wanted] = [numbersOf(text), /^[~^]?/.exec(range.trim())?.[0]];
  const asked = numbersOf(range.trim().slice(wanted?.length ?? 0));
  if (!own || own.includes(undefined) || !asked) return undefined;
  const [major, minor, patch] = asked;
  if (major === undefined) return wanted === '' ? true : undefined;
  const isAtLeast = compare(own, [major, minor ?? 0, patch ?? 0]) >= 0;
  if (wanted === '') return own.every((number, index) => asked[index] === undefined || number === asked[index]);
  if (wanted === '~') return isAtLeast && own[0] === major && (minor === undefined || own[1] === minor);
  const firstOf = [major, minor, patch].findIndex((number) => number !== undefined && number > 0);
  const fixed = firstOf === -1 ? asked.filter((number) => number !== undefined).length : firstOf + 1;
  return isAtLeast && [major, minor ?? 0, patch ?? 0].slice(0, fixed).every((number, index) => own[index] === number);
};

type Numbers = readonly (number | undefined)[];

/** Three of them, undefined for `x` and for what is left out. */
const numbersOf = (text: string): Numbers | undefined => {
  const parts = text.replace(/^v/, '').split('.');
  if (parts.length > 3 || !parts.every((part) => /^(\d{1,15}|x|X|\*)$/.test(part))) return undefined;
  return [0, 1, 2].map((index) => (/^\d+$/.test(parts[index] ?? '') ? Number(parts[index]) : undefined));
};

const compare = (a: Numbers, b: Numbers): number => {
  const at = a.findIndex((number, index) => number !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
};
