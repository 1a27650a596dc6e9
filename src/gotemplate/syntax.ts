/** The syntax tree of a template. Offsets are those of its text, `end` exclusive. */

interface Place {
  readonly start: number;
  readonly end: number;
}

/** What is written between texts. */
export type TemplateNode = TextNode | ActionNode | BranchNode | RangeNode | CallNode | JumpNode;

export interface TextNode extends Place {
  readonly type: 'text';
  readonly text: string;
}

/** `<< pipeline >>` */
export interface ActionNode extends Place {
  readonly type: 'action';
  readonly pipe: Pipe;
}

export interface BranchNode extends Place {
  readonly type: 'if' | 'with';
  readonly pipe: Pipe;
  readonly body: readonly TemplateNode[];
  readonly otherwise: readonly TemplateNode[] | undefined;
}

export interface RangeNode extends Place {
  readonly type: 'range';
  readonly pipe: Pipe;
  readonly body: readonly TemplateNode[];
  readonly otherwise: readonly TemplateNode[] | undefined;
}

/** `<< template "name" pipeline >>`, and what `block` becomes. */
export interface CallNode extends Place {
  readonly type: 'template';
  readonly name: string;
  readonly pipe: Pipe | undefined;
}

export interface JumpNode extends Place {
  readonly type: 'break' | 'continue';
}

export interface Pipe extends Place {
  readonly type: 'pipe';
  readonly declared: readonly string[];
  /** `=` instead of `:=`. */
  readonly isAssignment: boolean;
  readonly commands: readonly Command[];
}

export interface Command extends Place {
  /** The function or value, then its arguments. Never empty. */
  readonly operands: readonly Operand[];
}

export type Operand = Literal | FieldOperand | VariableOperand | FunctionOperand | ChainOperand | Pipe;

export type Literal = Place &
  (
    | { readonly type: 'dot' | 'nil' }
    | { readonly type: 'bool'; readonly value: boolean }
    | { readonly type: 'string'; readonly value: string }
    | NumberLiteral
  );

/** What a number may be taken for, as its text says. */
export interface NumberLiteral {
  readonly type: 'number';
  readonly text: string;
  readonly int: bigint | undefined;
  readonly float: number | undefined;
  /** Whether it is a float where the type is open. */
  readonly isFloat: boolean;
}

/** `.a.b` */
export interface FieldOperand extends Place {
  readonly type: 'field';
  readonly fields: readonly string[];
}

/** `$x.a.b` */
export interface VariableOperand extends Place {
  readonly type: 'variable';
  readonly name: string;
  readonly fields: readonly string[];
}

export interface FunctionOperand extends Place {
  readonly type: 'function';
  readonly name: string;
}

/** `(pipeline).a.b` and `function.a.b` */
export interface ChainOperand extends Place {
  readonly type: 'chain';
  readonly of: Pipe | FunctionOperand;
  readonly fields: readonly string[];
}

/** A template and those that it defines, by name; its own name is the empty one. */
export interface Template {
  readonly root: readonly TemplateNode[];
  readonly defined: ReadonlyMap<string, readonly TemplateNode[]>;
}
