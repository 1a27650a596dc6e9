import { slicedText } from '../../hcl/value/text.ts';
import type { HclString } from '../../hcl/value/value.ts';

/** The YAML documents of a text, by the lines that part them, without those that hold comments alone. */
export const documentsIn = (text: HclString): readonly HclString[] =>
  extents(text.value)
    .map(({ start, end }) => slicedText(text, start, end))
    .filter(({ value }) => /^\s*[^#\s]/m.test(value));

const extents = (text: string): readonly { readonly start: number; readonly end: number }[] => {
  const found: { start: number; end: number }[] = [];
  let start = 0;
  for (const match of text.matchAll(/^---(?=[ \t\r\n]|$)[^\n]*(?:\n|$)/gm)) {
    if (match.index > start) found.push({ start, end: match.index });
    start = match.index + match[0].length;
  }
  if (start < text.length || found.length === 0) found.push({ start, end: text.length });
  return found;
};
