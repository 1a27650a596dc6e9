/**
 * Templates: quoted strings, heredocs and the files of `templatefile`. Text is cut as HCL's scanner cuts it (a heredoc's at
 * the end of each line), since a strip marker takes the white space of one neighbouring piece alone (hclsyntax:
 * `parser_template.go`, `scan_tokens.rl`).
 */
import type { Span } from '../../model/span.ts';
import { fail } from '../failure.ts';
import { type Cursor, errorSpan, expectSign, spanFrom, startsWith, takeIdentifier, takes, withLines } from './cursor.ts';
import type { Expression, ForPart, IfPart, Part } from './tree.ts';

export interface TemplateText {
  readonly parts: readonly Part[];
  /** Exactly one interpolation: the value itself. */
  readonly only: Expression | undefined;
}

export type ReadExpression = (cursor: Cursor) => Expression;

/** Behind the opening quote, up to and with the closing one. */
export const readQuoted = (cursor: Cursor, read: ReadExpression): TemplateText => {
  const start = cursor.position - 1;
  const tokens: Token[] = [];
  for (;;) {
    const { text, position } = cursor;
    const character = text[position];
    if (character === undefined) fail('Unterminated template string: the string has no closing quote', spanFrom(cursor, start, start + 1));
    if (character === '"') {
      cursor.position++;
      return finish(cursor, tokens);
    }
    if (character === '\n' || character === '\r') {
      fail('Invalid multi-line string: a quoted string ends on the line it begins; a heredoc goes over several', errorSpan(cursor));
    }
    if (isSequence(cursor)) tokens.push(readSequence(cursor, read));
    else tokens.push(readQuotedText(cursor));
  }
};

/** Behind `<<EOT` and its line break, up to the marker, which is read, too. */
export const readHeredoc = (cursor: Cursor, marker: string, isFlush: boolean, read: ReadExpression): TemplateText => {
  const opened = spanFrom(cursor, cursor.position - 1, cursor.position);
  const tokens: Token[] = [];
  let isLineStart = true;
  for (;;) {
    const { text, position } = cursor;
    if (position >= text.length) fail(`Unterminated template string: no line holds ${marker} alone to end the heredoc`, opened);
    if (isSequence(cursor)) {
      tokens.push(readSequence(cursor, read));
      isLineStart = false;
      continue;
    }
    if (isLineStart) {
      const newline = text.indexOf('\n', position);
      const end = newline === -1 ? text.length : newline;
      if (end - position < marker.length + 200 && text.slice(position, end).trim() === marker) {
        cursor.position = text[end - 1] === '\r' ? end - 1 : end;
        if (isFlush) flush(tokens);
        return finish(cursor, tokens);
      }
    }
    const token = readPlainText(cursor);
    isLineStart = token.text.endsWith('\n');
    tokens.push(token);
  }
};

/** A whole text. */
export const readBare = (cursor: Cursor, read: ReadExpression): TemplateText => {
  const tokens: Token[] = [];
  while (cursor.position < cursor.text.length) tokens.push(isSequence(cursor) ? readSequence(cursor, read) : readPlainText(cursor));
  return finish(cursor, tokens);
};

type Token = TextToken | InterpolationToken | IfToken | ForToken | EndToken;

interface TextToken {
  readonly type: 'text';
  text: string;
  /** Moves along with what is taken off in front. */
  start: number;
  end: number;
  readonly isExact: boolean;
}

interface Strips {
  readonly start: number;
  readonly span: Span;
  readonly stripsBefore: boolean;
  readonly stripsAfter: boolean;
}

interface InterpolationToken extends Strips {
  readonly type: 'interpolation';
  readonly expression: Expression;
}

interface IfToken extends Strips {
  readonly type: 'if';
  readonly condition: Expression;
}

interface ForToken extends Strips {
  readonly type: 'for';
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
}

interface EndToken extends Strips {
  readonly type: 'else' | 'endif' | 'endfor';
}

const isSequence = (cursor: Cursor): boolean => startsWith(cursor, '${') || startsWith(cursor, '%{');

const readSequence = (cursor: Cursor, read: ReadExpression): Token => {
  const start = cursor.position;
  const isControl = cursor.text[start] === '%';
  cursor.position += 2;
  const stripsBefore = cursor.text[cursor.position] === '~';
  if (stripsBefore) cursor.position++;
  return withLines(cursor, false, () => {
    const control = isControl ? readControl(cursor, read) : ({ type: 'interpolation', expression: read(cursor) } as const);
    const stripsAfter = takes(cursor, '~}');
    if (!stripsAfter) {
      expectSign(cursor, '}', 'Extra characters after interpolation expression: a closing brace has to end the template sequence');
    }
    return { ...control, start, span: spanFrom(cursor, start), stripsBefore, stripsAfter };
  });
};

type Control =
  | Pick<IfToken, 'type' | 'condition'>
  | Pick<ForToken, 'type' | 'keyName' | 'valueName' | 'collection'>
  | Pick<EndToken, 'type'>;

const readControl = (cursor: Cursor, read: ReadExpression): Control => {
  const keyword = takeIdentifier(cursor);
  switch (keyword?.text) {
    case 'if':
      return { type: 'if', condition: read(cursor) };
    case 'for': {
      const names = readForNames(cursor);
      return { type: 'for', ...names, collection: read(cursor) };
    }
    case 'else':
    case 'endif':
    case 'endfor':
      return { type: keyword.text };
    default:
      return fail('Invalid template directive: a directive is one of if, else, endif, for and endfor', keyword?.span ?? errorSpan(cursor));
  }
};

/** `k, v in` and `v in`. */
export const readForNames = (cursor: Cursor): { readonly keyName: string | undefined; readonly valueName: string } => {
  const first = takeIdentifier(cursor);
  if (!first) return fail("Invalid 'for' expression: a variable name has to follow 'for'", errorSpan(cursor));
  const second = takes(cursor, ',') ? takeIdentifier(cursor) : undefined;
  const keyword = takeIdentifier(cursor);
  if (keyword?.text !== 'in') fail("Invalid 'for' expression: 'in' has to follow the names", keyword?.span ?? errorSpan(cursor));
  return second ? { keyName: first.text, valueName: second.text } : { keyName: undefined, valueName: first.text };
};

/** An escaped `${` or `%{`, which stands for itself without the first sign. */
const readEscapedSequence = (cursor: Cursor): TextToken | undefined => {
  if (!startsWith(cursor, '$${') && !startsWith(cursor, '%%{')) return undefined;
  const start = cursor.position;
  cursor.position += 3;
  return { type: 'text', text: cursor.text.slice(start + 1, start + 3), start, end: start + 3, isExact: false };
};

const readPlainText = (cursor: Cursor): TextToken => {
  const escaped = readEscapedSequence(cursor);
  if (escaped) return escaped;
  const start = cursor.position;
  plainRun.lastIndex = start;
  const run = plainRun.exec(cursor.text)?.[0] ?? '';
  // A `$` or `%` that begins nothing.
  cursor.position += run === '' ? 1 : run.length;
  const text = cursor.text.slice(start, cursor.position);
  return { type: 'text', text, start, end: cursor.position, isExact: true };
};

const plainRun = /[^$%\n]*\n|[^$%\n]+/y;
const quotedRun = /(?:[^$%"\\\n\r]|\\[^\n\r])+/y;

const readQuotedText = (cursor: Cursor): TextToken => {
  const escaped = readEscapedSequence(cursor);
  if (escaped) return escaped;
  const start = cursor.position;
  quotedRun.lastIndex = start;
  const run = quotedRun.exec(cursor.text)?.[0] ?? cursor.text.slice(start, start + 1);
  cursor.position += run.length;
  const isExact = !run.includes('\\');
  return { type: 'text', text: isExact ? run : unescaped(cursor, run, start), start, end: cursor.position, isExact };
};

const escapes: ReadonlyMap<string, string> = new Map<string, string>(Object.entries({ n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }));

const unescaped = (cursor: Cursor, run: string, start: number): string =>
  run.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gsu, (written, short, long, character, offset) => {
    const code = short ?? long;
    const point = code === undefined ? undefined : Number.parseInt(code, 16);
    const text = point === undefined ? escapes.get(character) : point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
    if (text !== undefined) return text;
    const at = spanFrom(cursor, start + offset, start + offset + written.length);
    return fail(`Invalid escape sequence: ${written} is none; a backslash is written \\\\`, at);
  });

/** `<<-`: takes the smallest indentation off the pieces that begin a line, after strip markers have taken theirs. */
const flush = (tokens: readonly Token[]): void => {
  strip(tokens);
  let smallest = Number.POSITIVE_INFINITY;
  let isLineStart = true;
  const starting: TextToken[] = [];
  for (const token of tokens) {
    if (isLineStart) {
      isLineStart = false;
      const isBlank = token.type === 'text' && token.text.trim() === '' && token.text.endsWith('\n');
      if (token.type === 'text' && !isBlank) starting.push(token);
      if (!isBlank) smallest = Math.min(smallest, token.type === 'text' ? token.text.length - token.text.trimStart().length : 0);
    }
    if (token.type === 'text' && token.text.endsWith('\n')) isLineStart = true;
  }
  for (const token of starting) {
    token.text = token.text.slice(smallest);
    token.start += smallest;
  }
};

/** What strip markers take off the pieces beside them. Twice is as once. */
const strip = (tokens: readonly Token[]): void => {
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'text') continue;
    const before = tokens[index - 1];
    const after = tokens[index + 1];
    if (before && before.type !== 'text' && before.stripsAfter) {
      const kept = token.text.trimStart();
      if (token.isExact) token.start += token.text.length - kept.length;
      token.text = kept;
    }
    if (after && after.type !== 'text' && after.stripsBefore) token.text = token.text.trimEnd();
  }
};

const finish = (cursor: Cursor, tokens: readonly Token[]): TemplateText => {
  strip(tokens);
  const [first] = tokens;
  const only = tokens.length === 1 && first?.type === 'interpolation' ? first.expression : undefined;
  const reader = { tokens, position: 0 };
  const parts = readParts(cursor, reader, []);
  return { parts, only };
};

interface TokenReader {
  readonly tokens: readonly Token[];
  position: number;
}

/** Parts up to one of the tokens in `ends`, which stays unread, or to the end of all. */
const readParts = (cursor: Cursor, reader: TokenReader, ends: readonly EndToken['type'][], depth = 0): readonly Part[] => {
  const parts: Part[] = [];
  for (;;) {
    const token = reader.tokens[reader.position];
    if (token === undefined) {
      if (ends.length > 0) fail(`Unexpected end of template: a directive lacks its ${ends.at(-1)}`, errorSpan(cursor));
      return parts;
    }
    if (depth > maxDirectives) fail('Directives are nested deeper than is read', token.type === 'text' ? errorSpan(cursor) : token.span);
    switch (token.type) {
      case 'text': {
        reader.position++;
        const { text, start, end, isExact } = token;
        if (text !== '') parts.push({ type: 'text', text, isExact, span: cursor.place(start, isExact ? start + text.length : end) });
        break;
      }
      case 'interpolation':
        reader.position++;
        parts.push({ type: 'interpolation', expression: token.expression, span: token.span });
        break;
      case 'if':
        parts.push(readIf(cursor, reader, token, depth));
        break;
      case 'for':
        parts.push(readFor(cursor, reader, token, depth));
        break;
      case 'else':
      case 'endif':
      case 'endfor':
        if (ends.includes(token.type)) return parts;
        return fail(`Unexpected ${token.type} directive: the directives of this template are unbalanced`, token.span);
      default:
        return token satisfies never;
    }
  }
};

const maxDirectives = 100;

const readIf = (cursor: Cursor, reader: TokenReader, { condition, span }: IfToken, depth: number): IfPart => {
  reader.position++;
  const then = readParts(cursor, reader, ['else', 'endif'], depth + 1);
  const hasElse = reader.tokens[reader.position]?.type === 'else';
  if (hasElse) reader.position++;
  const otherwise = hasElse ? readParts(cursor, reader, ['endif'], depth + 1) : [];
  reader.position++;
  return { type: 'if', condition, then, otherwise, span };
};

const readFor = (cursor: Cursor, reader: TokenReader, token: ForToken, depth: number): ForPart => {
  reader.position++;
  const body = readParts(cursor, reader, ['endfor'], depth + 1);
  reader.position++;
  const { keyName, valueName, collection, span } = token;
  return { type: 'for', keyName, valueName, collection, body, span };
};
