import type { Example } from '../../lint/rule-meta.ts';

/** The files of an example in their order; a lone text has no path. */
export const exampleFiles = (example: Example): readonly { readonly path: string | undefined; readonly text: string }[] => {
  if (typeof example === 'string') return [{ path: undefined, text: shown(example) }];
  return Object.entries(example).map(([path, text]) => ({ path, text: shown(text) }));
};

/** The harness's markers in words for people; no blank lines around. */
const shown = (text: string): string => {
  const marked = text.replace(/^(\s*)# expect: .*$/gm, '$1# reported below').replace(/# expect: .*$/gm, '# <- reported');
  return `${marked.replace(/^\n+|\s+$/g, '')}\n`;
};
