/** Text → tokens, as Go's `text/template/parse` cuts it: delimiters of one's choice, trim markers, comments. */
import { fail } from './failure.ts';
import { goQuote } from './go-quote.ts';

export type TokenType =
  | 'text'
  | 'left'
  | 'right'
  | 'space'
  | 'assign'
  | 'declare'
  | 'pipe'
  | 'open'
  | 'close'
  | 'char'
  | 'bool'
  | 'character'
  | 'complex'
  | 'number'
  | 'string'
  | 'raw-string'
  | 'variable'
  | 'field'
  | 'dot'
  | 'identifier'
  | 'keyword'
  | 'end';

export interface Token {
  readonly type: TokenType;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface Delimiters {
  readonly left: string;
  readonly right: string;
}

const keywords = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'nil', 'template', 'with']);
const leftComment = '/*';
const rightComment = '*/';
const isSpace = (letter: string | undefined): boolean => letter === ' ' || letter === '\t' || letter === '\r' || letter === '\n';
const word = /[\p{L}\p{Nd}_]/u;
const spaces = /^[ \t\r\n]+/;
const trailingSpaces = /[ \t\r\n]+$/;

/** All tokens, the last one of type `end`. */
export const lex = (input: string, { left, right }: Delimiters): readonly Token[] => {
  const tokens: Token[] = [];
  let position = 0;
  const add = (type: TokenType, start: number, end: number) => tokens.push({ type, text: input.slice(start, end), start, end });

  while (position < input.length) {
    const found = input.indexOf(left, position);
    if (found === -1) {
      add('text', position, input.length);
      position = input.length;
      break;
    }
    let inside = found + left.length;
    const trims = input[inside] === '-' && isSpace(input[inside + 1]);
    const trimmed = trims ? (trailingSpaces.exec(input.slice(position, found))?.[0].length ?? 0) : 0;
    if (found - trimmed > position) add('text', position, found - trimmed);
    if (trims) inside += 2;
    if (input.startsWith(leftComment, inside)) {
      position = afterComment(input, inside, right);
      continue;
    }
    add('left', found, inside);
    position = lexAction(input, { from: inside, left: found, right, add });
  }
  add('end', input.length, input.length);
  return tokens;
};

/** Where the text goes on behind a comment. */
const afterComment = (input: string, start: number, right: string): number => {
  const found = input.indexOf(rightComment, start + leftComment.length);
  if (found === -1) return fail('unclosed comment', start, input.length);
  const delimiter = rightDelimiter(input, found + rightComment.length, right);
  if (!delimiter) return fail('comment ends before closing delimiter', start, found + rightComment.length);
  return delimiter.end;
};

/** The right delimiter at a place, with its trim marker and the spaces that this takes away. */
const rightDelimiter = (input: string, at: number, right: string): { readonly end: number } | undefined => {
  if (isSpace(input[at]) && input[at + 1] === '-' && input.startsWith(right, at + 2)) {
    const end = at + 2 + right.length;
    return { end: end + (spaces.exec(input.slice(end))?.[0].length ?? 0) };
  }
  return input.startsWith(right, at) ? { end: at + right.length } : undefined;
};

interface Action {
  readonly from: number;
  /** Where the left delimiter stands. */
  readonly left: number;
  readonly right: string;
  readonly add: (type: TokenType, start: number, end: number) => void;
}

/** Tokens up to the right delimiter; gives where it ends. */
const lexAction = (input: string, { from, left, right, add }: Action): number => {
  let at = from;
  let depth = 0;
  for (;;) {
    const delimiter = rightDelimiter(input, at, right);
    if (delimiter) {
      if (depth > 0) return fail('unclosed left paren', at, at + 1);
      add('right', at, delimiter.end);
      return delimiter.end;
    }
    if (at >= input.length) return fail('unclosed action', left, input.length);
    const letter = letterAt(input, at);
    const next = at + letter.length;
    if (isSpace(letter)) {
      const end = endOfSpace(input, at, right);
      add('space', at, end);
      at = end;
      continue;
    }
    const token = lexToken(input, at, right);
    if (token.type === 'open') depth++;
    if (token.type === 'close') depth--;
    if (depth < 0) return fail('unexpected right paren', at, next);
    add(token.type, at, token.end);
    at = token.end;
  }
};

/** The last space belongs to a trim marker that follows. */
const endOfSpace = (input: string, from: number, right: string): number => {
  let end = from;
  while (isSpace(input[end])) end++;
  return input[end] === '-' && input.startsWith(right, end + 1) ? end - 1 : end;
};

interface Lexed {
  readonly type: TokenType;
  readonly end: number;
}

const single: ReadonlyMap<string, TokenType> = new Map([
  ['=', 'assign'],
  ['|', 'pipe'],
  ['(', 'open'],
  [')', 'close'],
]);

const lexToken = (input: string, at: number, right: string): Lexed => {
  const letter = letterAt(input, at);
  const alone = single.get(letter);
  if (alone !== undefined) return { type: alone, end: at + 1 };
  switch (letter) {
    case ':':
      return input[at + 1] === '=' ? { type: 'declare', end: at + 2 } : fail('expected :=', at, at + 1);
    case '"':
      return { type: 'string', end: endOfQuoted(input, at, 'unterminated quoted string') };
    case "'":
      return { type: 'character', end: endOfQuoted(input, at, 'unterminated character constant') };
    case '`': {
      const end = input.indexOf('`', at + 1);
      return end === -1 ? fail('unterminated raw quoted string', at, input.length) : { type: 'raw-string', end: end + 1 };
    }
    case '$':
      return isTerminator(input, at + 1, right) ? { type: 'variable', end: at + 1 } : named(input, at, right, 'variable');
    case '.':
      if (/[0-9]/.test(input[at + 1] ?? '')) return lexNumber(input, at);
      return isTerminator(input, at + 1, right) ? { type: 'dot', end: at + 1 } : named(input, at, right, 'field');
    default:
  }
  if (/[-+0-9]/.test(letter)) return lexNumber(input, at);
  if (word.test(letter)) return lexWord(input, at, right);
  if (/^[\x21-\x7e]$/.test(letter)) return { type: 'char', end: at + 1 };
  return fail(`unrecognized character in action: ${goQuote(letter)}`, at, at + letter.length);
};

const named = (input: string, at: number, right: string, type: TokenType): Lexed => ({ type, end: endOfWord(input, at + 1, right) });

const lexWord = (input: string, at: number, right: string): Lexed => {
  const end = endOfWord(input, at, right);
  const text = input.slice(at, end);
  if (keywords.has(text)) return { type: 'keyword', end };
  return { type: text === 'true' || text === 'false' ? 'bool' : 'identifier', end };
};

const endOfWord = (input: string, from: number, right: string): number => {
  let end = from;
  while (end < input.length && word.test(letterAt(input, end))) end += letterAt(input, end).length;
  if (!isTerminator(input, end, right)) fail(`bad character ${goQuote(letterAt(input, end))}`, end, end + 1);
  return end;
};

const isTerminator = (input: string, at: number, right: string): boolean =>
  at >= input.length || isSpace(input[at]) || '.,|:)('.includes(input[at] ?? '') || input.startsWith(right, at);

const endOfQuoted = (input: string, start: number, unterminated: string): number => {
  const quote = input[start];
  for (let at = start + 1; at < input.length && input[at] !== '\n'; at++) {
    if (input[at] === quote) return at + 1;
    if (input[at] === '\\') {
      at++;
      if (input[at] === '\n') break;
    }
  }
  return fail(unterminated, start, input.length);
};

const number =
  /[-+]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][-+]?[0-9_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9_]*)?)i?/y;

const lexNumber = (input: string, start: number): Lexed => {
  const end = scanNumber(input, start);
  if (input[end] !== '+' && input[end] !== '-') return { type: 'number', end };
  const imaginary = scanNumber(input, end);
  return input[imaginary - 1] === 'i' ? { type: 'complex', end: imaginary } : fail(badNumber(input, start, imaginary), start, imaginary);
};

const scanNumber = (input: string, start: number): number => {
  number.lastIndex = start;
  const end = start + (number.exec(input)?.[0].length ?? 0);
  return end < input.length && word.test(letterAt(input, end)) ? fail(badNumber(input, start, end + 1), start, end + 1) : end;
};

const badNumber = (input: string, start: number, end: number): string => `bad number syntax: ${goQuote(input.slice(start, end))}`;

const letterAt = (input: string, at: number): string => String.fromCodePoint(input.codePointAt(at) ?? 0);
