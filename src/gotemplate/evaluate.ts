/**
 * A template and its functions → text in chunks that know where they come from. What Go's `text/template` does, over values that may be unknown: an unknown value leaves a hole in the text, an unknown condition
 * is decided by the caller.
 */
import type { Origin } from '../model/origin.ts';
import { callAt, fail, failMissing } from './failure.ts';
import { formatValue } from './format.ts';
import type { Functions, GoFunction, Param } from './function.ts';
import { goQuote } from './go-quote.ts';
import { type Context, type Holes, unknownIn } from './hole.ts';
import { limits } from './limits.ts';
import type { Command, FunctionOperand, Literal, Operand, Pipe, RangeNode, Template, TemplateNode } from './syntax.ts';
import { type GoValue, goBool, goFloat, goInt, goNil, goString, sortedKeys, truth, typeName, type Unknown } from './value.ts';

/** A piece of the output. */
export interface Chunk {
  readonly text: string;
  /** The text or the action that made it, as offsets of the template. */
  readonly start: number;
  readonly end: number;
  /** It stands in the template as it is. */
  readonly isLiteral: boolean;
  /** The values it was made of. */
  readonly reads: readonly Origin[];
  /** It stands for any number of itself, none included. */
  readonly isRepeated: boolean;
}

export interface EvaluateInput {
  readonly template: Template;
  readonly text: string;
  readonly functions: Functions;
  readonly data: GoValue;
  readonly holes: Holes;
  /** What an unknown condition is taken for. Asked by key, so that one condition is decided alike everywhere. */
  readonly decide: (key: string) => boolean;
  /** The option `missingkey`: whether a key that a map lacks fails the template, is nothing at all, or is nil. */
  readonly missingKey: MissingKey;
}

export type MissingKey = 'error' | 'default' | 'zero';

interface Variable {
  readonly name: string;
  value: GoValue;
}

/** Where a list of nodes is evaluated. */
interface Scope {
  readonly variables: Variable[];
  /** Templates that call each other. */
  readonly depth: number;
  readonly isRepeated: boolean;
}

type Jump = 'break' | 'continue' | undefined;

/** Throws the failure that `attemptTemplate` meets. */
export const evaluate = ({ template, text, functions, data, holes, decide, missingKey }: EvaluateInput): readonly Chunk[] => {
  const chunks: Chunk[] = [];
  let steps = 0;
  let size = 0;
  let place = { start: 0, end: 0 };
  let reads: Origin[] = [];

  const spend = (count: number) => {
    steps += count;
    if (steps > limits.steps) fail(`it does more than ${limits.steps} steps`, place.start, place.end);
  };
  let nesting = 0;
  const enter = <T>(look: () => T): T => {
    if (++nesting > limits.nesting) fail(`its values are nested more than ${limits.nesting} deep`, place.start, place.end);
    const result = look();
    nesting--;
    return result;
  };
  const context: Context = { holes, spend, enter };

  const write = (chunk: Chunk) => {
    size += chunk.text.length;
    if (size > limits.output) fail(`it gives more than ${limits.output} characters`, chunk.start, chunk.end);
    chunks.push(chunk);
  };

  const truthOf = (value: GoValue): boolean => {
    const known = truth(value);
    if (known !== undefined) return known;
    const unknown = value.type === 'map' ? value.open : value.type === 'unknown' ? value : undefined;
    return decide(unknown?.key ?? '') !== (unknown?.isNegated ?? false);
  };

  const walk = (nodes: readonly TemplateNode[], dot: GoValue, scope: Scope): Jump => {
    for (const node of nodes) {
      const jump = step(node, dot, scope);
      if (jump) return jump;
    }
    return undefined;
  };

  const step = (node: TemplateNode, dot: GoValue, scope: Scope): Jump => {
    const { start, end } = node;
    place = node;
    spend(1);
    switch (node.type) {
      case 'text':
        write({ text: node.text, start, end, isLiteral: true, reads: [], isRepeated: scope.isRepeated });
        return undefined;
      case 'action': {
        reads = [];
        const value = pipeline(node.pipe, dot, scope);
        if (node.pipe.declared.length > 0) return undefined;
        const printed = value.type === 'nil' ? '<no value>' : formatValue(value, context);
        write({ text: printed, start, end, isLiteral: false, reads, isRepeated: scope.isRepeated });
        return undefined;
      }
      case 'if':
      case 'with': {
        const mark = scope.variables.length;
        const value = pipeline(node.pipe, dot, scope);
        const isTrue = truthOf(value);
        const jump = isTrue ? walk(node.body, node.type === 'with' ? value : dot, scope) : walk(node.otherwise ?? [], dot, scope);
        scope.variables.length = mark;
        return jump;
      }
      case 'range':
        return range(node, dot, scope);
      case 'template': {
        const body = template.defined.get(node.name);
        if (body === undefined) return fail(`template ${goQuote(node.name)} not defined`, start, end);
        if (scope.depth >= limits.depth) fail(`templates call each other more than ${limits.depth} deep`, start, end);
        const value = node.pipe ? pipeline(node.pipe, dot, scope) : goNil;
        walk(body, value, { ...scope, variables: [{ name: '$', value }], depth: scope.depth + 1 });
        return undefined;
      }
      case 'break':
      case 'continue':
        return node.type;
      default:
        return node satisfies never;
    }
  };

  const range = (node: RangeNode, dot: GoValue, scope: Scope): Jump => {
    const { variables } = scope;
    const mark = variables.length;
    const over = pipeline(node.pipe, dot, scope);
    const inside = variables.length;
    const { declared, isAssignment } = node.pipe;
    const bind = (index: GoValue, item: GoValue) => {
      const [first, second] = declared;
      const values = second === undefined ? [item] : [index, item];
      for (const [position, value] of values.entries()) {
        const name = declared[position];
        if (name === undefined || first === undefined) continue;
        if (isAssignment) assign(name, value, scope);
        else {
          const variable = variables[inside - declared.length + position];
          if (variable) variable.value = value;
        }
      }
    };
    let isEmpty = true;
    for (const [index, item] of elements(over, node)) {
      isEmpty = false;
      place = node;
      spend(1);
      bind(index, item);
      const jump = walk(node.body, item, over.type === 'unknown' ? { ...scope, isRepeated: true } : scope);
      variables.length = inside;
      if (jump === 'break') break;
    }
    const jump = isEmpty && node.otherwise ? walk(node.otherwise, dot, scope) : undefined;
    variables.length = mark;
    return jump;
  };

  const elements = function* (over: GoValue, node: RangeNode): Generator<readonly [GoValue, GoValue]> {
    const { start, end } = node.pipe;
    switch (over.type) {
      case 'nil':
        return;
      case 'int':
        if (node.pipe.declared.length > 1) fail(`can't use ${over.value} to iterate over more than one variable`, start, end);
        for (let value = 0n; value < over.value; value++) yield [goNil, goInt(value, over.of)];
        return;
      case 'list':
        for (const [index, item] of over.items.entries()) yield [goInt(index), item];
        return;
      case 'map': {
        for (const key of sortedKeys(over)) yield [goString(key), over.entries.get(key) ?? goNil];
        if (over.open) yield* elements(over.open, node);
        return;
      }
      case 'unknown':
        if (truthOf({ ...over, isNegated: false })) {
          yield [
            { ...over, key: `index of ${over.key}` },
            { ...over, key: `element of ${over.key}` },
          ];
        }
        return;
      default:
        fail(`range can't iterate over ${formatValue(over, context)}`, start, end);
    }
  };

  const assign = (name: string, value: GoValue, { variables }: Scope) => {
    const variable = variables.findLast((candidate) => candidate.name === name);
    if (variable) variable.value = value;
    else fail(`undefined variable: ${name}`, place.start, place.end);
  };

  const pipeline = (pipe: Pipe, dot: GoValue, scope: Scope): GoValue => {
    let value: GoValue | undefined;
    for (const command of pipe.commands) value = evaluateCommand(command, value, dot, scope);
    const result = value ?? goNil;
    for (const name of pipe.declared) {
      if (pipe.isAssignment) assign(name, result, scope);
      else scope.variables.push({ name, value: result });
    }
    return result;
  };

  const evaluateCommand = (command: Command, final: GoValue | undefined, dot: GoValue, scope: Scope): GoValue => {
    const [first, ...args] = command.operands;
    if (first === undefined) return goNil;
    const hasArguments = args.length > 0 || final !== undefined;
    if (first.type === 'function') return call(first, { args, final, dot, scope });
    if (hasArguments && 'fields' in first && first.fields.length > 0) {
      valueIn(first, dot, scope);
      return fail(`${first.fields.at(-1)} is not a method but has arguments`, first.start, first.end);
    }
    if (hasArguments) fail(`can't give argument to non-function ${text.slice(first.start, first.end)}`, first.start, first.end);
    if (first.type === 'nil') return fail('nil is not a command', first.start, first.end);
    return valueIn(first, dot, scope);
  };

  /** The value of an operand where its type is open. */
  const valueIn = (operand: Operand, dot: GoValue, scope: Scope): GoValue => {
    switch (operand.type) {
      case 'dot':
        return seen(dot);
      case 'field':
        return seen(fieldsOf(dot, operand));
      case 'variable': {
        const variable = scope.variables.findLast(({ name }) => name === operand.name);
        if (!variable) return fail(`undefined variable: ${operand.name}`, operand.start, operand.end);
        return seen(fieldsOf(variable.value, operand));
      }
      case 'function':
        return call(operand, { args: [], final: undefined, dot, scope });
      case 'chain':
        return seen(fieldsOf(valueIn(operand.of, dot, scope), operand));
      case 'pipe':
        return pipeline(operand, dot, scope);
      default:
        return literalValue(operand);
    }
  };

  /** Remembers where a value was written that the output is made of. */
  const seen = (value: GoValue): GoValue => {
    if (value.at) reads.push(value.at);
    return value;
  };

  const fieldsOf = (value: GoValue, operand: Operand & { readonly fields: readonly string[] }): GoValue => {
    let here = value;
    for (const field of operand.fields) here = fieldOf(here, field, operand);
    return here;
  };

  const fieldOf = (value: GoValue, field: string, operand: Operand): GoValue => {
    const { start, end } = operand;
    switch (value.type) {
      case 'unknown':
        return within(value, field);
      case 'nil':
        if (missingKey === 'error') return fail(`nil data; no entry for key ${goQuote(field)}`, start, end);
        return value.isMissing ? value : fail(`nil pointer evaluating interface {}.${field}`, start, end);
      case 'map': {
        const found = value.entries.get(field) ?? (value.open && within(value.open, field));
        return found ?? (missingKey === 'error' ? failMissing(field, operand) : missingKey === 'zero' ? goNil : missing);
      }
      default:
        return fail(`can't evaluate field ${field} in type ${typeName(value)}`, start, end);
    }
  };

  interface Call {
    readonly args: readonly Operand[];
    readonly final: GoValue | undefined;
    readonly dot: GoValue;
    readonly scope: Scope;
  }

  const call = (operand: FunctionOperand, given: Call): GoValue => {
    const { name, start, end } = operand;
    spend(1);
    if (name === 'and' || name === 'or') return junction(operand, given);
    const declared = functions(name);
    if (!declared) return fail(`${goQuote(name)} is not a defined function`, start, end);
    const { args, final, dot, scope } = given;
    const { params, rest } = declared;
    const count = args.length + (final === undefined ? 0 : 1);
    if (rest === undefined ? count !== params.length : count < params.length) {
      const wanted = `${rest === undefined ? '' : 'at least '}${params.length}`;
      fail(`wrong number of args for ${name}: want ${wanted} got ${count}`, start, end);
    }
    const values = args.map((arg, index) => argument(arg, params[index] ?? rest ?? 'any', dot, scope));
    if (final !== undefined) values.push(validated(final, params[args.length] ?? rest ?? 'any', operand));
    place = operand;
    if (declared.rendersTemplate) return included(values, operand, scope);
    const result = callAt(name, operand, () => applied(declared, name, values));
    const length = result.type === 'string' ? result.value.length : result.type === 'list' ? result.items.length : 0;
    if (length > limits.value) fail(`${name} gives more than ${limits.value} letters or items`, start, end);
    spend(length >> 6);
    return seen(result);
  };

  /** `include` of Helm and Crossplane: what a named template gives, as a text. */
  const included = ([name, data = goNil]: readonly GoValue[], { start, end }: Operand, scope: Scope): GoValue => {
    const body = name?.type === 'string' ? template.defined.get(name.value) : undefined;
    if (body === undefined) return fail('error calling include: there is no such template', start, end);
    if (scope.depth >= limits.depth) return fail(`templates call each other more than ${limits.depth} deep`, start, end);
    const mark = chunks.length;
    walk(body, data, { ...scope, variables: [{ name: '$', value: data }], depth: scope.depth + 1 });
    const made = chunks.splice(mark);
    for (const { reads: inside } of made) reads.push(...inside);
    return goString(made.map((chunk) => chunk.text).join(''));
  };

  const applied = (declared: GoFunction, name: string, values: readonly GoValue[]): GoValue => {
    if (declared.unknowns !== 'opaque') return declared.call(values, context);
    for (const value of values) {
      const unknown = unknownIn(value, context);
      if (unknown) return resultOf(name, values, unknown);
    }
    return declared.call(values, context);
  };

  /** What an opaque function makes of something unknown; equal calls give equal unknowns. */
  const resultOf = (name: string, values: readonly GoValue[], { why, at }: Unknown): Unknown => {
    const keys = values.map((value) =>
      value.type === 'unknown' ? `${value.isNegated ? '!' : ''}${value.key}` : formatValue(value, context),
    );
    const [only] = values;
    if (name === 'not' && only?.type === 'unknown') return { ...only, isNegated: !only.isNegated };
    const opposite = opposites.get(name);
    return { type: 'unknown', why, at, key: `${opposite ?? name} ${keys.join(' ')}`, isNegated: opposite !== undefined };
  };

  /** `and` and `or` stop where they are decided. */
  const junction = (operand: FunctionOperand, { args, final, dot, scope }: Call): GoValue => {
    const { name, start, end } = operand;
    if (args.length === 0 && final === undefined) fail(`wrong number of args for ${name}: want at least 1 got 0`, start, end);
    let value: GoValue = goNil;
    for (const arg of args) {
      value = argument(arg, 'any', dot, scope);
      if (truthOf(value) === (name === 'or')) return value;
    }
    return final ?? value;
  };

  const argument = (operand: Operand, param: Param, dot: GoValue, scope: Scope): GoValue => {
    const { start, end } = operand;
    const found = () => text.slice(start, end);
    switch (operand.type) {
      case 'nil':
        return param === 'any' ? goNil : param === 'map' ? goNil : fail(`cannot assign nil to ${param}`, start, end);
      case 'bool':
      case 'string':
        if (param === 'any' || param === operand.type) return literalValue(operand);
        return fail(`expected ${typeWords[param]}; found ${found()}`, start, end);
      case 'number': {
        if (param === 'any') return literalValue(operand);
        if (param === 'int' && operand.int !== undefined) return goInt(operand.int);
        if (param === 'float64' && operand.float !== undefined) return goFloat(operand.float);
        return fail(`expected ${typeWords[param]}; found ${found()}`, start, end);
      }
      default: {
        const value = valueIn(operand, dot, scope);
        const isField = 'fields' in operand && operand.fields.length > 0;
        // A nil that a field holds is one of interface type, which no map is.
        if (value.type === 'nil' && param === 'map' && isField) {
          fail('wrong type for value; expected map[string]interface {}; got interface {}', start, end);
        }
        return validated(value, param, operand);
      }
    }
  };

  const literalValue = (literal: Literal): GoValue => {
    switch (literal.type) {
      case 'bool':
        return goBool(literal.value);
      case 'string':
        return goString(literal.value);
      case 'number':
        if (literal.isFloat) return goFloat(literal.float ?? 0);
        return literal.int === undefined ? fail(`${literal.text} overflows int`, literal.start, literal.end) : goInt(literal.int);
      default:
        return goNil;
    }
  };

  const validated = (value: GoValue, param: Param, { start, end }: Operand): GoValue => {
    if (param === 'any' || value.type === 'unknown') return value;
    if (value.type === 'nil') return param === 'map' ? value : fail(`invalid value; expected ${param}`, start, end);
    const fits = param === 'map' ? value.type === 'map' && value.of === 'interface {}' : typeName(value) === param;
    if (fits) return value;
    const wanted = param === 'map' ? 'map[string]interface {}' : param;
    return fail(`wrong type for value; expected ${wanted}; got ${typeName(value)}`, start, end);
  };

  walk(template.root, data, { variables: [{ name: '$', value: data }], depth: 0, isRepeated: false });
  return chunks;
};

/** What Go calls an invalid value: nothing, whose fields are nothing too. */
const missing: GoValue = { type: 'nil', isMissing: true };

const within = (unknown: Unknown, field: string): Unknown => ({ ...unknown, key: `${unknown.key}.${field}`, isNegated: false });

/** Comparisons that are the opposite of another. */
const opposites = new Map([
  ['ne', 'eq'],
  ['ge', 'lt'],
  ['gt', 'le'],
  ['not', 'truth'],
]);

const typeWords: Readonly<Record<Param, string>> = {
  any: 'a value',
  bool: 'bool',
  float64: 'float',
  int: 'integer',
  map: 'map',
  string: 'string',
};
