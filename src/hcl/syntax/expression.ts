/** Expressions of HCL's native syntax, as hclsyntax reads them (`parser.go`). */
import { fail } from '../failure.ts';
import {
  type Cursor,
  deeper,
  errorSpan,
  expectSign,
  peekIdentifier,
  skip,
  skipLines,
  spanFrom,
  startsWith,
  takeIdentifier,
  takes,
  withLines,
} from './cursor.ts';
import { readForNames, readHeredoc, readQuoted, type TemplateText } from './template.ts';
import type { BinaryOperator, Call, Expression, For, ObjectExpression, Splat, Tuple } from './tree.ts';

export const readExpression = (cursor: Cursor): Expression =>
  deeper(cursor, () => {
    skip(cursor);
    const start = cursor.position;
    const condition = readBinary(cursor, 0);
    if (!takes(cursor, '?')) return condition;
    const then = readExpression(cursor);
    expectSign(cursor, ':', 'Missing false expression in conditional: a colon and the value for false have to follow');
    const otherwise = readExpression(cursor);
    return { type: 'conditional', condition, then, otherwise, span: spanFrom(cursor, start) };
  });

/** From the loosest to the tightest; of two that begin alike the longer first. */
const levels: readonly (readonly BinaryOperator[])[] = [['||'], ['&&'], ['==', '!='], ['>=', '<=', '>', '<'], ['+', '-'], ['*', '/', '%']];

const readBinary = (cursor: Cursor, level: number): Expression => {
  const operators = levels[level];
  if (operators === undefined) return readWithTraversals(cursor);
  const start = cursor.position;
  let left = readBinary(cursor, level + 1);
  for (;;) {
    const operator = takeOperator(cursor, operators);
    if (operator === undefined) return left;
    skip(cursor);
    const right = readBinary(cursor, level + 1);
    left = { type: 'binary', operator, left, right, span: spanFrom(cursor, start) };
  }
};

const takeOperator = (cursor: Cursor, operators: readonly BinaryOperator[]): BinaryOperator | undefined => {
  const before = cursor.position;
  skip(cursor);
  const found = operators.find((operator) => startsWith(cursor, operator));
  if (found === undefined) {
    cursor.position = before;
    return undefined;
  }
  cursor.position += found.length;
  return found;
};

const readWithTraversals = (cursor: Cursor): Expression => {
  skip(cursor);
  const start = cursor.position;
  return readTraversals(cursor, readTerm(cursor), start);
};

const readTraversals = (cursor: Cursor, from: Expression, start: number): Expression => {
  let found = from;
  for (;;) {
    const before = cursor.position;
    skip(cursor);
    const at = cursor.position;
    if (cursor.text[at] === '.' && !startsWith(cursor, '...')) {
      cursor.position++;
      found = readDot(cursor, found, start, at);
    } else if (cursor.text[at] === '[') {
      cursor.position++;
      found = readBrackets(cursor, found, start, at);
    } else {
      cursor.position = before;
      return found;
    }
  }
};

const legacyIndex = /\d+/y;

const readDot = (cursor: Cursor, of: Expression, start: number, at: number): Expression => {
  const name = takeIdentifier(cursor);
  if (name) return { type: 'attribute', of, name: name.text, at: spanFrom(cursor, at), span: spanFrom(cursor, start) };
  if (takes(cursor, '*')) return readAttributeSplat(cursor, of, start, at);
  legacyIndex.lastIndex = cursor.position;
  const digits = legacyIndex.exec(cursor.text)?.[0];
  if (digits === undefined) return fail('Invalid attribute name: a name has to follow the dot', errorSpan(cursor));
  const keyStart = cursor.position;
  cursor.position += digits.length;
  const key: Expression = { type: 'literal', value: Number(digits), span: spanFrom(cursor, keyStart) };
  return { type: 'index', of, key, at: spanFrom(cursor, at), span: spanFrom(cursor, start) };
};

/** `a.*.b.c`: names alone may follow. */
const readAttributeSplat = (cursor: Cursor, of: Expression, start: number, at: number): Splat => {
  const itemStart = at;
  let each: Expression = { type: 'splat-item', span: spanFrom(cursor, at) };
  for (;;) {
    const before = cursor.position;
    skip(cursor);
    const dot = cursor.position;
    if (cursor.text[dot] !== '.' || startsWith(cursor, '...')) {
      cursor.position = before;
      return { type: 'splat', of, each, span: spanFrom(cursor, start) };
    }
    cursor.position++;
    each = readDot(cursor, each, itemStart, dot);
  }
};

const readBrackets = (cursor: Cursor, of: Expression, start: number, at: number): Expression =>
  deeper(cursor, () => {
    const isSplat = withLines(cursor, false, () => {
      const before = cursor.position;
      if (takes(cursor, '*') && takes(cursor, ']')) return true;
      cursor.position = before;
      return false;
    });
    if (isSplat) {
      const item: Expression = { type: 'splat-item', span: spanFrom(cursor, at) };
      return { type: 'splat', of, each: readTraversals(cursor, item, at), span: spanFrom(cursor, start) };
    }
    const key = withLines(cursor, false, () => {
      const read = readExpression(cursor);
      expectSign(cursor, ']', 'Missing close bracket on index: the index operator has to end with "]"');
      return read;
    });
    return { type: 'index', of, key, at: spanFrom(cursor, at), span: spanFrom(cursor, start) };
  });

const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const heredocOpening = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n/uy;

const readTerm = (cursor: Cursor): Expression => {
  const { text } = cursor;
  const start = cursor.position;
  const character = text[start] ?? '';
  switch (character) {
    case '"':
      cursor.position++;
      return asExpression(cursor, start, readQuoted(cursor, readExpression));
    case '(': {
      cursor.position++;
      const inner = withLines(cursor, false, () => {
        const read = readExpression(cursor);
        expectSign(cursor, ')', 'Unbalanced parentheses: a closing parenthesis has to end the expression');
        return read;
      });
      return { type: 'parentheses', inner, span: spanFrom(cursor, start) };
    }
    case '[':
      cursor.position++;
      return readTuple(cursor, start);
    case '{':
      cursor.position++;
      return readObject(cursor, start);
    case '-':
    case '!': {
      cursor.position++;
      const operand = deeper(cursor, () => readWithTraversals(cursor));
      return { type: 'unary', operator: character, operand, span: spanFrom(cursor, start) };
    }
    case '<':
      return readHeredocTerm(cursor, start);
  }
  number.lastIndex = start;
  const digits = number.exec(text)?.[0];
  if (digits !== undefined) {
    cursor.position += digits.length;
    return { type: 'literal', value: Number(digits), span: spanFrom(cursor, start) };
  }
  return readName(cursor, start);
};

const asExpression = (cursor: Cursor, start: number, { parts, only }: TemplateText): Expression => {
  const span = spanFrom(cursor, start);
  return only ? { type: 'wrap', inner: only, span } : { type: 'template', parts, span };
};

const readHeredocTerm = (cursor: Cursor, start: number): Expression => {
  heredocOpening.lastIndex = start;
  const opening = heredocOpening.exec(cursor.text);
  if (!opening) return fail('Invalid expression: an expression was expected here', errorSpan(cursor));
  cursor.position += opening[0].length;
  return asExpression(cursor, start, readHeredoc(cursor, opening[2] ?? '', opening[1] === '-', readExpression));
};

const literals: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

const readName = (cursor: Cursor, start: number): Expression => {
  const name = takeIdentifier(cursor);
  if (!name) return fail('Invalid expression: an expression was expected here', errorSpan(cursor));
  let full = name.text;
  while (startsWith(cursor, '::')) {
    cursor.position += 2;
    full += `::${takeIdentifier(cursor)?.text ?? ''}`;
  }
  const nameSpan = spanFrom(cursor, start);
  if (cursor.text[cursor.position] === '(') {
    cursor.position++;
    return readCall(cursor, full, nameSpan, start);
  }
  const literal = literals.get(full);
  if (literal !== undefined) return { type: 'literal', value: literal, span: nameSpan };
  return { type: 'variable', name: full, span: nameSpan };
};

const readCall = (cursor: Cursor, name: string, nameSpan: Call['nameSpan'], start: number): Call =>
  withLines(cursor, false, () => {
    const args: Expression[] = [];
    let isExpanded = false;
    while (!takes(cursor, ')')) {
      args.push(readExpression(cursor));
      if (takes(cursor, '...')) {
        isExpanded = true;
        takes(cursor, ',');
        expectSign(cursor, ')', 'Missing closing parenthesis: nothing may follow an argument with "..."');
        break;
      }
      if (takes(cursor, ',')) continue;
      expectSign(cursor, ')', 'Missing argument separator: a comma has to part each argument from the next');
      break;
    }
    return { type: 'call', name, nameSpan, args, isExpanded, span: spanFrom(cursor, start) };
  });

const isFor = (cursor: Cursor): boolean => withLines(cursor, false, () => peekIdentifier(cursor) === 'for');

const readTuple = (cursor: Cursor, start: number): Tuple | For => {
  if (isFor(cursor)) return readFor(cursor, start, ']');
  return withLines(cursor, false, () => {
    const items: Expression[] = [];
    while (!takes(cursor, ']')) {
      items.push(readExpression(cursor));
      if (takes(cursor, ',')) continue;
      expectSign(cursor, ']', 'Missing item separator: a comma has to part each item from the next');
      break;
    }
    return { type: 'tuple', items, span: spanFrom(cursor, start) };
  });
};

const readObject = (cursor: Cursor, start: number): ObjectExpression | For => {
  if (isFor(cursor)) return readFor(cursor, start, '}');
  return withLines(cursor, true, () => {
    const items: ObjectExpression['items'][number][] = [];
    for (;;) {
      skipLines(cursor);
      if (takes(cursor, '}')) break;
      const key = asKey(readExpression(cursor));
      if (!takes(cursor, ':')) {
        expectSign(cursor, '=', 'Missing attribute value: an equals sign or a colon has to follow the key');
      }
      items.push({ key, value: readExpression(cursor) });
      if (takes(cursor, ',')) continue;
      const next = cursor.text[cursor.position];
      if (next === '\n' || next === '\r') continue;
      expectSign(cursor, '}', 'Missing attribute separator: a new line or a comma has to part each attribute from the next');
      break;
    }
    return { type: 'object', items, span: spanFrom(cursor, start) };
  });
};

/** A name alone is a text as a key. */
const asKey = (key: Expression): Expression => (key.type === 'variable' ? { type: 'literal', value: key.name, span: key.span } : key);

const readFor = (cursor: Cursor, start: number, close: ']' | '}'): For =>
  withLines(cursor, false, () => {
    takeIdentifier(cursor);
    const names = readForNames(cursor);
    const collection = readExpression(cursor);
    expectSign(cursor, ':', "Invalid 'for' expression: a colon has to follow the collection");
    const first = readExpression(cursor);
    const hasKey = close === '}' && takes(cursor, '=>');
    if (close === '}' && !hasKey) fail('Invalid \'for\' expression: a key, "=>" and a value make an object', errorSpan(cursor));
    const value = hasKey ? readExpression(cursor) : first;
    const isGrouped = takes(cursor, '...');
    let condition: Expression | undefined;
    if (peekIdentifier(cursor) === 'if') {
      takeIdentifier(cursor);
      condition = readExpression(cursor);
    }
    expectSign(cursor, close, `Invalid 'for' expression: "${close}" has to end it`);
    return {
      type: 'for',
      ...names,
      collection,
      key: hasKey ? first : undefined,
      value,
      condition,
      isGrouped,
      span: spanFrom(cursor, start),
    };
  });
