import { eastAsianWidth } from 'get-east-asian-width';

/**
 * How many cells a text fills on a terminal. What a terminal shows as one character counts once; wide scripts and emoji
 * fill two cells, marks and joiners none.
 */
export const cells = (text: string): number => {
  if (/^[ -~]*$/.test(text)) return text.length;
  segmenter ??= new Intl.Segmenter('en');
  let sum = 0;
  for (const { segment } of segmenter.segment(text)) sum += cellsOfCharacter(segment);
  return sum;
};

/** Made when the first text wants it: it costs a sixth of a start. */
let segmenter: Intl.Segmenter | undefined;

const cellsOfCharacter = (segment: string): number => {
  if (/\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\u20e3/u.test(segment)) return 2;
  const visible = /[^\p{M}\p{Cc}\p{Cf}]/u.exec(segment)?.[0].codePointAt(0);
  return visible === undefined ? 0 : eastAsianWidth(visible);
};
