/** The parts of expressions, for who looks through them. */
import type { Expression, Part } from './syntax/tree.ts';

/** An expression and everything in it, from the outside in. */
export const walkExpression = (expression: Expression, visit: (part: Expression) => void): void => {
  visit(expression);
  for (const part of partsOf(expression)) walkExpression(part, visit);
};

/** What stands directly in an expression, in order. */
export const partsOf = (expression: Expression): readonly Expression[] => {
  switch (expression.type) {
    case 'literal':
    case 'variable':
    case 'splat-item':
      return [];
    case 'template':
      return expression.parts.flatMap(inTemplate);
    case 'wrap':
    case 'parentheses':
      return [expression.inner];
    case 'attribute':
      return [expression.of];
    case 'index':
      return [expression.of, expression.key];
    case 'splat':
      return [expression.of, expression.each];
    case 'call':
      return expression.args;
    case 'tuple':
      return expression.items;
    case 'object':
      return expression.items.flatMap(({ key, value }) => [key, value]);
    case 'for':
      return [expression.collection, expression.key, expression.value, expression.condition].filter((part) => part !== undefined);
    case 'conditional':
      return [expression.condition, expression.then, expression.otherwise];
    case 'binary':
      return [expression.left, expression.right];
    case 'unary':
      return [expression.operand];
    default:
      return expression satisfies never;
  }
};

const inTemplate = (part: Part): readonly Expression[] => {
  switch (part.type) {
    case 'text':
      return [];
    case 'interpolation':
      return [part.expression];
    case 'if':
      return [part.condition, ...part.then.flatMap(inTemplate), ...part.otherwise.flatMap(inTemplate)];
    case 'for':
      return [part.collection, ...part.body.flatMap(inTemplate)];
    default:
      return part satisfies never;
  }
};
