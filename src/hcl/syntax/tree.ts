/** What HCL's grammar gives: bodies, expressions and templates, each with the stretch of its file. */
import type { Span } from '../../model/span.ts';

export interface Body {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
  readonly span: Span;
}

export interface Attribute {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
  readonly span: Span;
}

export interface Block {
  readonly type: string;
  readonly labels: readonly Label[];
  readonly body: Body;
  /** From the type to the brace. */
  readonly header: Span;
  readonly span: Span;
}

interface Label {
  readonly text: string;
  readonly span: Span;
}

interface Base {
  readonly span: Span;
}

export type Expression =
  | Literal
  | Template
  | Wrap
  | Variable
  | GetAttribute
  | GetIndex
  | Splat
  | SplatItem
  | Call
  | Tuple
  | ObjectExpression
  | For
  | Conditional
  | Binary
  | Unary
  | Parentheses;

export interface Literal extends Base {
  readonly type: 'literal';
  readonly value: string | number | boolean | null;
}

export interface Template extends Base {
  readonly type: 'template';
  readonly parts: readonly Part[];
}

/** `"${x}"` alone: the value as it is, whatever its type. */
export interface Wrap extends Base {
  readonly type: 'wrap';
  readonly inner: Expression;
}

export interface Variable extends Base {
  readonly type: 'variable';
  readonly name: string;
}

export interface GetAttribute extends Base {
  readonly type: 'attribute';
  readonly of: Expression;
  readonly name: string;
  /** The dot and the name. */
  readonly at: Span;
}

export interface GetIndex extends Base {
  readonly type: 'index';
  readonly of: Expression;
  readonly key: Expression;
  /** The brackets and what is between them. */
  readonly at: Span;
}

/** `of[*].each`, `of.*.each`. */
export interface Splat extends Base {
  readonly type: 'splat';
  readonly of: Expression;
  /** What is done with every item, which a `splat-item` stands for. */
  readonly each: Expression;
}

export interface SplatItem extends Base {
  readonly type: 'splat-item';
}

export interface Call extends Base {
  readonly type: 'call';
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: readonly Expression[];
  /** The last argument is a list of arguments: `f(xs...)`. */
  readonly isExpanded: boolean;
}

export interface Tuple extends Base {
  readonly type: 'tuple';
  readonly items: readonly Expression[];
}

export interface ObjectExpression extends Base {
  readonly type: 'object';
  readonly items: readonly { readonly key: Expression; readonly value: Expression }[];
}

export interface For extends Base {
  readonly type: 'for';
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
  /** Of an object; undefined for a tuple. */
  readonly key: Expression | undefined;
  readonly value: Expression;
  readonly condition: Expression | undefined;
  /** `value...`: values of equal keys together. */
  readonly isGrouped: boolean;
}

export interface Conditional extends Base {
  readonly type: 'conditional';
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '>' | '<=' | '>=' | '+' | '-' | '*' | '/' | '%';

export interface Binary extends Base {
  readonly type: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Unary extends Base {
  readonly type: 'unary';
  readonly operator: '-' | '!';
  readonly operand: Expression;
}

export interface Parentheses extends Base {
  readonly type: 'parentheses';
  readonly inner: Expression;
}

/** A part of a template. */
export type Part = TextPart | InterpolationPart | IfPart | ForPart;

export interface TextPart extends Base {
  readonly type: 'text';
  readonly text: string;
  /** Every character stands in the file as it is, from the span's start on. */
  readonly isExact: boolean;
}

export interface InterpolationPart extends Base {
  readonly type: 'interpolation';
  readonly expression: Expression;
}

export interface IfPart extends Base {
  readonly type: 'if';
  readonly condition: Expression;
  readonly then: readonly Part[];
  readonly otherwise: readonly Part[];
}

export interface ForPart extends Base {
  readonly type: 'for';
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
  readonly body: readonly Part[];
}
