const compiled = new Map<string, RegExp>();

/** Whether a text matches one of our own patterns, which mean the same in Go and in JavaScript. */
export const matchesPattern = (text: string, pattern: string): boolean => {
  const known = compiled.get(pattern) ?? new RegExp(pattern, 'u');
  compiled.set(pattern, known);
  return known.test(text);
};
