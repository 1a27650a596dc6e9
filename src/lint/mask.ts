import type { Span } from '../model/span.ts';

/** The text with every character of these spans hidden. Line breaks stay, so every place in it is where it was. */
export const maskedText = (text: string, masks: readonly Pick<Span, 'start' | 'end'>[]): string => {
  let shown = text;
  for (const { start, end } of masks) shown = shown.slice(0, start) + shown.slice(start, end).replace(/[^\r\n]/g, '*') + shown.slice(end);
  return shown;
};
