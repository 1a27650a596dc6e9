const compiled = new Map<string, RegExp | undefined>();

/** Whether the text matches a Go regular expression (RE2). What JavaScript cannot read matches everything. */
export const matchesPattern = (text: string, pattern: string): boolean => {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
  return compiled.get(pattern)?.test(text) ?? true;
};

const compile = (pattern: string): RegExp | undefined => {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    try {
      return new RegExp(pattern);
    } catch {
      return undefined;
    }
  }
};
