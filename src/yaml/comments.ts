import { Lexer } from 'yaml';

export interface Comment {
  readonly start: number;
  readonly end: number;
  /** From `#` to the end of the line. */
  readonly text: string;
}

/** The comments of a text, wherever they stand; `#` inside scalars is none. */
export const commentsOf = (text: string): readonly Comment[] => {
  const comments: Comment[] = [];
  let offset = 0;
  let isContent = false;
  for (const token of new Lexer().lex(text)) {
    // Zero-width marks of the lexer: document start, end of a flow line, "the next token is a scalar".
    if (token === '\u0002' || token === '\u0018') continue;
    if (token === '\u001f') {
      isContent = true;
      continue;
    }
    if (!isContent && token.startsWith('#')) comments.push({ start: offset, end: offset + token.length, text: token });
    isContent = false;
    offset += token.length;
  }
  return comments;
};
