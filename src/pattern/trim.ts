/** A text without such letters at its end. `replace(/x+$/)` tries every run of them, and takes the square of a long one. */
export const withoutEnd = (text: string, letters: string): string => {
  let end = text.length;
  while (end > 0 && letters.includes(text[end - 1] ?? '')) end--;
  return text.slice(0, end);
};

export const withoutStart = (text: string, letters: string): string => {
  let start = 0;
  while (start < text.length && letters.includes(text[start] ?? '')) start++;
  return text.slice(start);
};
