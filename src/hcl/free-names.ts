/** Which names an expression reads that it does not bind itself. */
import type { Span } from '../model/span.ts';
import type { Expression, Part } from './syntax/tree.ts';

export interface FreeName {
  readonly name: string;
  readonly span: Span;
}

export const freeNames = (expression: Expression): readonly FreeName[] => {
  const found: FreeName[] = [];
  walk(expression, new Set(), (free) => found.push(free));
  return found;
};

export const hasDirectives = (parts: readonly Part[]): boolean => parts.some(({ type }) => type === 'if' || type === 'for');

type Add = (name: FreeName) => void;

const walk = (expression: Expression, bound: ReadonlySet<string>, add: Add): void => {
  switch (expression.type) {
    case 'literal':
    case 'splat-item':
      return;
    case 'variable':
      if (!bound.has(expression.name)) add({ name: expression.name, span: expression.span });
      return;
    case 'template':
      return walkParts(expression.parts, bound, add);
    case 'wrap':
    case 'parentheses':
      return walk(expression.inner, bound, add);
    case 'attribute':
      return walk(expression.of, bound, add);
    case 'index':
      walk(expression.of, bound, add);
      return walk(expression.key, bound, add);
    case 'splat':
      walk(expression.of, bound, add);
      return walk(expression.each, bound, add);
    case 'call':
      for (const arg of expression.args) walk(arg, bound, add);
      return;
    case 'tuple':
      for (const item of expression.items) walk(item, bound, add);
      return;
    case 'object':
      for (const { key, value } of expression.items) {
        walk(key, bound, add);
        walk(value, bound, add);
      }
      return;
    case 'for': {
      walk(expression.collection, bound, add);
      const inner = withNames(bound, expression.keyName, expression.valueName);
      for (const part of [expression.key, expression.value, expression.condition]) if (part) walk(part, inner, add);
      return;
    }
    case 'conditional':
      walk(expression.condition, bound, add);
      walk(expression.then, bound, add);
      return walk(expression.otherwise, bound, add);
    case 'binary':
      walk(expression.left, bound, add);
      return walk(expression.right, bound, add);
    case 'unary':
      return walk(expression.operand, bound, add);
    default:
      return expression satisfies never;
  }
};

const walkParts = (parts: readonly Part[], bound: ReadonlySet<string>, add: Add): void => {
  for (const part of parts) {
    switch (part.type) {
      case 'text':
        break;
      case 'interpolation':
        walk(part.expression, bound, add);
        break;
      case 'if':
        walk(part.condition, bound, add);
        walkParts(part.then, bound, add);
        walkParts(part.otherwise, bound, add);
        break;
      case 'for':
        walk(part.collection, bound, add);
        walkParts(part.body, withNames(bound, part.keyName, part.valueName), add);
        break;
      default:
        part satisfies never;
    }
  }
};

const withNames = (bound: ReadonlySet<string>, keyName: string | undefined, valueName: string): ReadonlySet<string> =>
  new Set([...bound, ...(keyName === undefined ? [] : [keyName]), valueName]);
