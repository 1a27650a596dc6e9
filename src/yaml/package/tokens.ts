/**
 * The tokens of a text as go-yaml takes them. To it a quoted text and what stands in brackets may go on at any indentation,
 * also left of its key (`scannerc.go`: only `---` and `...` end them); to the `yaml` package they must be deeper.
 */
import { type CST, Lexer, Parser } from 'yaml';

export function* tokensOf(text: string): Generator<CST.Token, void> {
  const parser = new Parser();
  for (const lexeme of lexerAsGo().lex(text)) yield* parser.next(lexeme);
  yield* parser.end();
}

/** Gives tokens, and then what comes next. */
type Step = () => Generator<string, string | undefined>;

/** What the class keeps to itself in its types, but not in its code. */
interface Within {
  indentNext: number;
  parseQuotedScalar: Step;
  parseFlowCollection: Step;
}

const lexerAsGo = (): Lexer => {
  const lexer = new Lexer();
  // A cast, since the members are private to TypeScript; a test notices when a new version has others.
  const within = lexer as unknown as Within;
  const { parseQuotedScalar, parseFlowCollection } = within;
  within.parseQuotedScalar = () => anyIndentation(within, parseQuotedScalar);
  within.parseFlowCollection = () => anyIndentation(within, parseFlowCollection);
  return lexer;
};

function* anyIndentation(within: Within, parse: Step): Generator<string, string | undefined> {
  const { indentNext } = within;
  within.indentNext = 0;
  const next = yield* parse.call(within);
  within.indentNext = indentNext;
  return next;
}
