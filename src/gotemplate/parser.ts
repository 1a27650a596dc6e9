/** Tokens → a syntax tree, as Go's `text/template/parse` reads them. */
import { fail } from './failure.ts';
import { goQuote, goUnquote } from './go-quote.ts';
import { type Delimiters, lex, type Token, type TokenType } from './lexer.ts';
import { parseNumber } from './parse-number.ts';
import type { Command, Operand, Pipe, Template, TemplateNode } from './syntax.ts';

interface ParseOptions {
  readonly delimiters: Delimiters;
  readonly isFunction: (name: string) => boolean;
}

/** What stands at the end of a list of nodes. */
interface Ending {
  readonly word: 'else' | 'end';
  readonly token: Token;
}

type Nodes = readonly TemplateNode[];

/** How deep parentheses and blocks may stand in each other; Go allows 10,000 parentheses. */
const maxDepth = 200;

const operandTypes: ReadonlySet<TokenType> = new Set([
  'bool',
  'character',
  'complex',
  'dot',
  'field',
  'identifier',
  'number',
  'raw-string',
  'string',
  'variable',
  'open',
]);

/** Throws the failure that `attemptTemplate` meets. */
export const parse = (text: string, { delimiters, isFunction }: ParseOptions): Template => {
  const tokens = lex(text, delimiters);
  const defined = new Map<string, Nodes>();
  let next = 0;
  let variables: string[] = ['$'];
  let rangeDepth = 0;
  let depth = 0;

  const peek = (): Token => tokens[next] ?? { type: 'end', text: '', start: text.length, end: text.length };
  const take = (): Token => {
    const token = peek();
    next++;
    return token;
  };
  const skipSpace = () => {
    while (peek().type === 'space') next++;
  };
  const takeNonSpace = (): Token => {
    skipSpace();
    return take();
  };
  const peekNonSpace = (): Token => {
    skipSpace();
    return peek();
  };
  const unexpected = ({ type, text: word, start, end }: Token, context: string): never =>
    fail(`unexpected ${type === 'end' ? 'end of the template' : goQuote(word)} in ${context}`, start, end);
  const isKeyword = (token: Token, ...words: readonly string[]): boolean => token.type === 'keyword' && words.includes(token.text);
  const closing = (context: string): Token => {
    const token = takeNonSpace();
    return token.type === 'right' ? token : unexpected(token, context);
  };
  const deeper = <T>(token: Token, read: () => T): T => {
    if (++depth > maxDepth) fail('nested too deep', token.start, token.end);
    const result = read();
    depth--;
    return result;
  };

  const define = (name: string, nodes: Nodes, token: Token) => {
    const known = defined.get(name);
    if (known === undefined || isEmpty(known)) defined.set(name, nodes);
    else if (!isEmpty(nodes)) fail(`multiple definition of template ${goQuote(name)}`, token.start, token.end);
  };

  const literalName = (token: Token, context: string): string => {
    if (token.type !== 'string' && token.type !== 'raw-string') return unexpected(token, context);
    return goUnquote(token.text) ?? fail('invalid syntax', token.start, token.end);
  };

  /** A body of its own variables and loops, up to its end. */
  const separate = (context: string): Nodes => {
    const [outerVariables, outerDepth] = [variables, rangeDepth];
    variables = ['$'];
    rangeDepth = 0;
    const { nodes, ending } = body();
    if (ending.word !== 'end') unexpected(ending.token, context);
    variables = outerVariables;
    rangeDepth = outerDepth;
    return nodes;
  };

  const definition = () => {
    const token = takeNonSpace();
    const name = literalName(token, 'define clause');
    closing('define clause');
    define(
      name,
      deeper(token, () => separate('define clause')),
      token,
    );
  };

  const body = (): { readonly nodes: Nodes; readonly ending: Ending } => {
    const nodes: TemplateNode[] = [];
    while (peekNonSpace().type !== 'end') {
      const node = textOrAction();
      if ('word' in node) return { nodes, ending: node };
      nodes.push(node);
    }
    return fail('unexpected end of the template: an end is missing', text.length, text.length);
  };

  const textOrAction = (): TemplateNode | Ending => {
    const token = takeNonSpace();
    if (token.type === 'text') return { type: 'text', text: token.text, start: token.start, end: token.end };
    return token.type === 'left' ? action(token) : unexpected(token, 'input');
  };

  const action = (left: Token): TemplateNode | Ending => {
    const token = peekNonSpace();
    if (token.type === 'keyword' && token.text !== 'nil') {
      take();
      return control(token, left);
    }
    const pipe = pipeline('command', 'right');
    return { type: 'action', pipe, start: left.start, end: pipe.end };
  };

  const control = (token: Token, left: Token): TemplateNode | Ending => {
    const { start } = left;
    switch (token.text) {
      case 'block': {
        const nameToken = takeNonSpace();
        const name = literalName(nameToken, 'block clause');
        const pipe = pipeline('block clause', 'right');
        define(
          name,
          deeper(token, () => separate('block clause')),
          nameToken,
        );
        return { type: 'template', name, pipe, start, end: pipe.end };
      }
      case 'template': {
        const name = literalName(takeNonSpace(), 'template clause');
        const pipe = peekNonSpace().type === 'right' ? undefined : pipeline('template clause', 'right');
        const end = pipe?.end ?? take().end;
        return { type: 'template', name, pipe, start, end };
      }
      case 'break':
      case 'continue': {
        const { end } = closing(token.text);
        if (rangeDepth === 0) fail(`${token.text} outside range`, token.start, token.end);
        return { type: token.text, start, end };
      }
      case 'else':
        if (!isKeyword(peekNonSpace(), 'if', 'with')) closing('else');
        return { word: 'else', token };
      case 'end':
        closing('end');
        return { word: 'end', token };
      case 'if':
      case 'with':
      case 'range':
        return deeper(token, () => branch(token.text === 'if' ? 'if' : token.text === 'with' ? 'with' : 'range', start));
      default:
        return unexpected(token, 'command');
    }
  };

  const branch = (type: 'if' | 'with' | 'range', start: number): TemplateNode => {
    const outer = variables.length;
    const pipe = pipeline(type, 'right');
    if (type === 'range') rangeDepth++;
    const { nodes, ending } = body();
    if (type === 'range') rangeDepth--;
    let otherwise: Nodes | undefined;
    if (ending.word === 'else') {
      const token = peek();
      // `else if` is an else with an if in it, whose end is that of both.
      if (type !== 'range' && isKeyword(token, type)) {
        take();
        otherwise = [deeper(token, () => branch(type, token.start))];
      } else {
        const rest = body();
        if (rest.ending.word !== 'end') unexpected(rest.ending.token, type);
        otherwise = rest.nodes;
      }
    }
    variables = variables.slice(0, outer);
    return { type, pipe, body: nodes, otherwise, start, end: pipe.end };
  };

  const pipeline = (context: string, ending: 'right' | 'close'): Pipe => {
    const { start } = peekNonSpace();
    const { declared, isAssignment } = declarations(context);
    const commands: Command[] = [];
    for (;;) {
      const token = peekNonSpace();
      if (token.type === ending) {
        take();
        checkPipeline(commands, context, token);
        return { type: 'pipe', declared, isAssignment, commands, start, end: token.end };
      }
      if (!operandTypes.has(token.type) && !isKeyword(token, 'nil')) unexpected(token, context);
      commands.push(command());
    }
  };

  /** `$x :=`, `$x =` or, for a range, `$i, $x :=`. */
  const declarations = (context: string): Pick<Pipe, 'declared' | 'isAssignment'> => {
    const declared: string[] = [];
    let isAssignment = false;
    const declare = (name: string) => {
      declared.push(name);
      variables = [...variables, name];
    };
    while (peekNonSpace().type === 'variable') {
      const before = next;
      const variable = take();
      const following = peekNonSpace();
      if (following.type === 'assign' || following.type === 'declare') {
        isAssignment = following.type === 'assign';
        take();
        declare(variable.text);
        break;
      }
      if (following.type !== 'char' || following.text !== ',') {
        next = before;
        break;
      }
      take();
      declare(variable.text);
      if (context !== 'range' || declared.length > 1) fail(`too many declarations in ${context}`, following.start, following.end);
      if (!['variable', 'right', 'close'].includes(peekNonSpace().type)) {
        fail('range can only initialize variables', following.start, following.end);
      }
    }
    return { declared, isAssignment };
  };

  const command = (): Command => {
    const { start } = peekNonSpace();
    const operands: Operand[] = [];
    for (;;) {
      skipSpace();
      const found = operand();
      if (found) operands.push(found);
      const token = peek();
      if (token.type === 'space') {
        take();
        continue;
      }
      if (token.type === 'pipe') take();
      else if (token.type !== 'right' && token.type !== 'close') unexpected(token, 'operand');
      if (operands.length === 0) fail('empty command', token.start, token.end);
      return { operands, start, end: operands.at(-1)?.end ?? token.start };
    }
  };

  const operand = (): Operand | undefined => {
    const found = term();
    if (found === undefined || peek().type !== 'field') return found;
    const fields: string[] = [];
    let { end } = found;
    while (peek().type === 'field') {
      const token = take();
      fields.push(token.text.slice(1));
      ({ end } = token);
    }
    switch (found.type) {
      case 'field':
      case 'variable':
        return { ...found, fields: [...found.fields, ...fields], end };
      case 'pipe':
      case 'function':
        return { type: 'chain', of: found, fields, start: found.start, end };
      default:
        return fail(`unexpected . after term ${goQuote(text.slice(found.start, found.end))}`, found.start, end);
    }
  };

  const term = (): Operand | undefined => {
    const token = peekNonSpace();
    const { start, end } = token;
    if (isKeyword(token, 'nil')) {
      take();
      return { type: 'nil', start, end };
    }
    if (!operandTypes.has(token.type)) return undefined;
    take();
    switch (token.type) {
      case 'identifier':
        if (!isFunction(token.text)) fail(`function ${goQuote(token.text)} not defined`, start, end);
        return { type: 'function', name: token.text, start, end };
      case 'dot':
        return { type: 'dot', start, end };
      case 'variable':
        if (!variables.includes(token.text)) fail(`undefined variable ${goQuote(token.text)}`, start, end);
        return { type: 'variable', name: token.text, fields: [], start, end };
      case 'field':
        return { type: 'field', fields: [token.text.slice(1)], start, end };
      case 'bool':
        return { type: 'bool', value: token.text === 'true', start, end };
      case 'open':
        return deeper(token, () => pipeline('parenthesized pipeline', 'close'));
      case 'string':
      case 'raw-string':
        return { type: 'string', value: literalName(token, 'command'), start, end };
      default:
        return { ...parseNumber(token), start, end };
    }
  };

  const root: TemplateNode[] = [];
  while (peek().type !== 'end') {
    const before = next;
    if (take().type === 'left' && isKeyword(takeNonSpace(), 'define')) {
      definition();
      continue;
    }
    next = before;
    const node = textOrAction();
    if ('word' in node) unexpected(node.token, 'input');
    else root.push(node);
  }
  return { root, defined };
};

const checkPipeline = (commands: readonly Command[], context: string, { start, end }: Token) => {
  if (commands.length === 0) fail(`missing value for ${context}`, start, end);
  for (const [index, { operands, ...place }] of commands.entries()) {
    const isValue = ['bool', 'dot', 'nil', 'number', 'string'].includes(operands[0]?.type ?? '');
    if (index > 0 && isValue) fail(`non executable command in pipeline stage ${index + 1}`, place.start, place.end);
  }
};

/** Nothing but white space: such a definition gives way to another. */
const isEmpty = (nodes: Nodes): boolean => nodes.every((node) => node.type === 'text' && node.text.trim() === '');
