/**
 * The grammar of Flux's variable substitution (fluxcd/pkg `envsubst`, v1.7.1 in the last patches of Flux 2.9): text → parts. It looks like
 * bash and is not: `${v-d}` is an error, `$v` and `$(v)` are text, and each `$$` becomes `$`.
 */

/** A stretch of the text that stands for itself, but for doubled dollars. */
export interface TextPart {
  readonly type: 'text';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** `${name}`, or `${name operator arguments}`. */
export interface Expression {
  readonly type: 'expression';
  readonly name: string;
  /** As written: `:=`, `//`, `^^`; `length` for `${#name}`; undefined for the bare value. */
  readonly operator: string | undefined;
  /** One list of parts for each argument. A default's parts are joined. */
  readonly parameters: readonly (readonly Part[])[];
  readonly start: number;
  readonly end: number;
}

export type Part = TextPart | Expression;

export type Template =
  | { readonly type: 'template'; readonly parts: readonly Part[] }
  /** In Flux's words; `start` is where the form begins that it cannot read. */
  | { readonly type: 'error'; readonly message: TemplateError; readonly start: number };

export type TemplateError =
  | 'bad substitution'
  | 'missing closing brace'
  | 'unable to parse variable name'
  | 'unable to parse substitution within function'
  | 'unable to parse default function';

/** Operators that give something else where there is no value: no error in strict mode. */
export const isDefaultOperator = (operator: string | undefined): boolean => operator !== undefined && defaultOperators.has(operator);

const defaultOperators = new Set(['=', ':=', ':-', ':+', ':?']);

/** The whole of a text. Offsets are in UTF-16 units of it. */
export const parseTemplate = (text: string): Template => {
  const parts: Part[] = [];
  for (let offset = 0; offset < text.length; ) {
    const part = startsExpression(text, offset) ? expressionAt(text, offset, 1) : literalAt(text, offset, plainText);
    if (part.type === 'error') return { ...part, start: offset };
    parts.push(part);
    offset = part.end;
  }
  return { type: 'template', parts };
};

/** Every expression among the parts, those within others too. */
export const expressionsIn = (parts: readonly Part[]): readonly Expression[] =>
  parts.flatMap((part) => (part.type === 'text' ? [] : [part, ...part.parameters.flatMap(expressionsIn)]));

interface Failed {
  readonly type: 'error';
  readonly message: TemplateError;
}

const failed = (message: TemplateError): Failed => ({ type: 'error', message });

const startsExpression = (text: string, offset: number): boolean => text[offset] === '$' && text[offset + 1] === '{';

/** Where a stretch of text ends, and which letters give the next one its plain meaning. */
interface Stretch {
  readonly stop: string;
  readonly escapes: 'none' | 'dollar' | 'dollar and backslash';
}

const plainText: Stretch = { stop: '', escapes: 'dollar' };

const literalAt = (text: string, start: number, { stop, escapes }: Stretch): TextPart => {
  let value = '';
  let offset = start;
  while (offset < text.length && !startsExpression(text, offset)) {
    const letter = text[offset] ?? '';
    const next = text[offset + 1];
    const isEscape =
      (letter === '$' && next === '$' && escapes !== 'none') ||
      (letter === '\\' && (next === '/' || next === '\\') && escapes === 'dollar and backslash');
    if (!isEscape && stop.includes(letter)) break;
    value += isEscape ? next : letter;
    offset += isEscape ? 2 : 1;
  }
  return { type: 'text', text: value, start, end: offset };
};

const nameAt = (text: string, start: number): string => /^[\p{L}\p{Nd}_]*/u.exec(text.slice(start))?.[0] ?? '';

/** An expression as far as it is read. */
interface Head {
  readonly text: string;
  readonly start: number;
  readonly name: string;
  readonly operator: string;
  /** How many expressions it stands in. */
  readonly depth: number;
}

/** Nobody nests so deep; it keeps a hostile text from exhausting the stack. */
const maxDepth = 100;

const expressionAt = (text: string, start: number, depth: number): Expression | Failed => {
  const nameStart = start + 2;
  if (text[nameStart] === '#') return lengthAt(text, start);
  const name = nameAt(text, nameStart);
  if (name === '') return failed('unable to parse variable name');
  const rest = text.slice(nameStart + name.length);
  const head = (operator: RegExp): Head => ({ text, start, name, depth, operator: operator.exec(rest)?.[0] ?? '' });
  switch (rest[0]) {
    case '}':
      return { type: 'expression', name, operator: undefined, parameters: [], start, end: nameStart + name.length + 1 };
    case ':':
      return /^:[=\-?+]/.test(rest) ? withDefault(head(/^:./)) : withSubstring(head(/^:/));
    case '=':
      return withDefault(head(/^=/));
    case ',':
    case '^':
      return withCasing(head(/^[,^]{1,2}/));
    case '/':
      return withReplacement(head(/^\/[/#%]?/));
    case '#':
    case '%':
      return withPattern(head(/^(##?|%%?)/));
    default:
      return failed('missing closing brace');
  }
};

const afterOperator = ({ start, name, operator }: Head): number => start + 2 + name.length + operator.length;

const finished = ({ name, operator, start }: Head, parameters: Expression['parameters'], end: number): Expression => ({
  type: 'expression',
  name,
  operator,
  parameters,
  start,
  end,
});

const lengthAt = (text: string, start: number): Expression | Failed => {
  const name = nameAt(text, start + 3);
  const end = start + 3 + name.length;
  if (name === '' || text[end] !== '}') return failed('bad substitution');
  return { type: 'expression', name, operator: 'length', parameters: [], start, end: end + 1 };
};

/** Any number of texts and expressions up to the brace. */
const withDefault = (head: Head): Expression | Failed => {
  const parts: Part[] = [];
  let offset = afterOperator(head);
  while (head.text[offset] !== '}') {
    const part = parameterAt(head, offset, { stop: '}', escapes: 'none' });
    if (part.type === 'error') return part;
    parts.push(part);
    offset = part.end;
  }
  return finished(head, [parts], offset + 1);
};

const withSubstring = (head: Head): Expression | Failed => {
  // Flux's scanner steps back by the width of the letter behind the colon: right for ASCII only.
  if (!/[\0-\x7f]/.test(head.text[afterOperator(head)] ?? '')) return failed('bad substitution');
  const position = parameterAt(head, afterOperator(head), { stop: ':}', escapes: 'none' });
  if (position.type === 'error') return position;
  if (head.text[position.end] === '}') return finished(head, [[position]], position.end + 1);
  const length = skip(head.text, position.end, ':');
  if (length === position.end) return failed('bad substitution');
  return closed(head, [[position]], parameterAt(head, length, { stop: '}', escapes: 'none' }));
};

const withCasing = (head: Head): Expression | Failed => {
  const end = afterOperator(head);
  return head.text[end] === '}' ? finished(head, [], end + 1) : failed('bad substitution');
};

const withPattern = (head: Head): Expression | Failed =>
  closed(head, [], parameterAt(head, afterOperator(head), { stop: '}', escapes: 'none' }));

/** The pattern goes on to the next slash, through braces and lines. */
const withReplacement = (head: Head): Expression | Failed => {
  const pattern = parameterAt(head, afterOperator(head), { stop: '/', escapes: 'dollar and backslash' });
  if (pattern.type === 'error') return pattern;
  const replacement = skip(head.text, pattern.end, '/');
  if (replacement === pattern.end) return failed('bad substitution');
  if (head.text[replacement] === '}') return finished(head, [[pattern]], replacement + 1);
  return closed(head, [[pattern]], parameterAt(head, replacement, { stop: '}', escapes: 'dollar and backslash' }));
};

const skip = (text: string, offset: number, letter: string): number => {
  let end = offset;
  while (text[end] === letter) end++;
  return end;
};

/** One text or one expression; there must be something. */
const parameterAt = ({ text, depth }: Head, offset: number, stretch: Stretch): Part | Failed => {
  const nothing = failed('unable to parse substitution within function');
  if (startsExpression(text, offset)) return depth < maxDepth ? expressionAt(text, offset, depth + 1) : nothing;
  const part = literalAt(text, offset, stretch);
  return part.end === offset ? nothing : part;
};

const closed = (head: Head, before: Expression['parameters'], last: Part | Failed): Expression | Failed => {
  if (last.type === 'error') return last;
  return head.text[last.end] === '}' ? finished(head, [...before, [last]], last.end + 1) : failed('bad substitution');
};
