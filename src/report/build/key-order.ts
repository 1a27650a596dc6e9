/**
 * The order in which go-yaml, and so kustomize, prints the keys of a map: other characters before letters, numbers by
 * their value.
 */
export const byKey = (a: string, b: string): number => {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  const [x, y] = [a[at], b[at]];
  if (x === undefined || y === undefined) return a.length - b.length;
  const [isLetterX, isLetterY] = [isLetter(x), isLetter(y)];
  if (isLetterX && isLetterY) return x < y ? -1 : 1;
  if (isLetterX || isLetterY) {
    const comesAfterDigit = at > 0 && isDigit(a[at - 1]);
    return isLetterX === comesAfterDigit ? -1 : 1;
  }
  return byNumber(a.slice(at), b.slice(at), startsInNumber(a, at) && (x === '0' || y === '0')) || (x < y ? -1 : 1);
};

/** Zeros within a number count, leading ones only make it longer. */
const byNumber = (a: string, b: string, isWithin: boolean): number => {
  const [digitsA, digitsB] = [/^\d*/.exec(a)?.[0] ?? '', /^\d*/.exec(b)?.[0] ?? ''];
  const value = (digits: string) => Number(isWithin ? `1${digits}` : digits || '0');
  return value(digitsA) - value(digitsB) || digitsA.length - digitsB.length;
};

const startsInNumber = (text: string, end: number): boolean => /[1-9]\d*$/.test(text.slice(0, end));

const isLetter = (char: string): boolean => /\p{L}/u.test(char);

const isDigit = (char: string | undefined): boolean => char !== undefined && /\d/.test(char);
