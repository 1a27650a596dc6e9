/**
 * Whether Flux and Helm can read a text as a range of versions: comparisons joined by `,` or spaces, alternatives by `||`
 * (Masterminds/semver v3, which is what both use; its grammar is not node-semver's).
 */
export const isSemverRange = (text: string): boolean => text.split('||').every((part) => hyphen.test(part) || comparisons.test(part));

const number = '(?:\\d+|[xX*])';
const labels = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const version = `v?${number}(?:\\.${number}){0,2}(?:-${labels})?(?:\\+${labels})?`;
const comparison = `(?:=|!=|>=|=>|<=|=<|>|<|~>|~|\\^)?\\s*${version}`;

const hyphen = new RegExp(`^\\s*${version}\\s+-\\s+${version}\\s*$`);
const comparisons = new RegExp(`^\\s*${comparison}(?:(?:\\s*,\\s*|\\s+)${comparison})*\\s*,?\\s*$`);
