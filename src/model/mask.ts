import type { Span } from './span.ts';

/** A star for every letter. Line breaks stay, so every place in the text is where it was. */
export const letterByLetter = (hidden: string): string => hidden.replace(/[^\r\n]/g, '*');

/** The text with every character of these spans hidden. */
export const maskedText = (text: string, masks: readonly Pick<Span, 'start' | 'end'>[]): string => {
  let shown = '';
  let copied = 0;
  for (const { start, end } of masks.toSorted((a, b) => a.start - b.start)) {
    if (end <= copied) continue;
    const from = Math.max(start, copied);
    shown += text.slice(copied, from) + letterByLetter(text.slice(from, end));
    copied = end;
  }
  return shown + text.slice(copied);
};
