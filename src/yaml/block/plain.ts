/** Plain scalars and keys: where they may begin, and where they end. Offsets are of the text, `end` is that of the line. */

/** Whether what stands at `at` begins no plain scalar: an indicator, or a dash, colon or question mark that stands alone. */
export const isIndicator = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code === 45 || code === 58 || code === 63 ? standsAlone(text, at) : indicators.has(code);
};

const indicators: ReadonlySet<number> = new Set(Array.from('!"#%&\'*,>@[]`{|}', (character) => character.charCodeAt(0)));

/** Whether a space, a line break or the end of the text follows the character. */
export const standsAlone = (text: string, at: number): boolean => {
  const next = text.charCodeAt(at + 1);
  return next === 32 || next === 10 || at + 1 >= text.length;
};

/** The end of a plain scalar on its line: before a comment and spaces. Undefined where `: ` would make it a key. */
export const plainEnd = (text: string, at: number, end: number): number | undefined => {
  let last = at;
  for (let here = at; here < end; here++) {
    const code = text.charCodeAt(here);
    if (code === 32) continue;
    if (code === 35 && text.charCodeAt(here - 1) === 32) break;
    if (code === 58 && standsAlone(text, here)) return undefined;
    last = here + 1;
  }
  return last;
};

/** Where the colon stands behind a plain key that begins at `at`; undefined if there is no key. */
export const keyEnd = (text: string, at: number, end: number): number | undefined => {
  for (let colon = text.indexOf(':', at); colon !== -1 && colon < end; colon = text.indexOf(':', colon + 1)) {
    if (!standsAlone(text, colon)) continue;
    const isWhole = text.charCodeAt(colon - 1) !== 32 && !text.slice(at, colon).includes(' #');
    return isWhole ? colon : undefined;
  }
  return undefined;
};

/** Whether nothing but spaces and a comment stands between `from` and the end of the line. */
export const isRestEmpty = (text: string, from: number, end: number): boolean => {
  let at = from;
  while (text.charCodeAt(at) === 32) at++;
  return at >= end || (text.charCodeAt(at) === 35 && at > from);
};
