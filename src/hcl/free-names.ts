/** Which names an expression reads that it does not bind itself. */
import type { Span } from '../model/span.ts';
import type { Expression, Part } from './syntax/tree.ts';
import { partsOf } from './walk.ts';

export interface FreeName {
  readonly name: string;
  readonly span: Span;
}

export const hasDirectives = (parts: readonly Part[]): boolean => parts.some(({ type }) => type === 'if' || type === 'for');

export const freeNames = (expression: Expression): readonly FreeName[] => namesIn(expression, new Set());

type Names = ReadonlySet<string>;

const namesIn = (expression: Expression, bound: Names): readonly FreeName[] => {
  switch (expression.type) {
    case 'variable':
      return bound.has(expression.name) ? [] : [{ name: expression.name, span: expression.span }];
    case 'template':
      return expression.parts.flatMap((part) => namesInPart(part, bound));
    case 'for': {
      const { collection, key, value, condition } = expression;
      const inner = withNames(bound, expression);
      return [...namesIn(collection, bound), ...[key, value, condition].flatMap((part) => (part ? namesIn(part, inner) : []))];
    }
    default:
      return partsOf(expression).flatMap((part) => namesIn(part, bound));
  }
};

const namesInPart = (part: Part, bound: Names): readonly FreeName[] => {
  const all = (parts: readonly Part[], names: Names) => parts.flatMap((each) => namesInPart(each, names));
  switch (part.type) {
    case 'text':
      return [];
    case 'interpolation':
      return namesIn(part.expression, bound);
    case 'if':
      return [...namesIn(part.condition, bound), ...all(part.then, bound), ...all(part.otherwise, bound)];
    case 'for':
      return [...namesIn(part.collection, bound), ...all(part.body, withNames(bound, part))];
    default:
      return part satisfies never;
  }
};

const withNames = (bound: Names, { keyName, valueName }: { readonly keyName: string | undefined; readonly valueName: string }): Names =>
  new Set([...bound, ...(keyName === undefined ? [] : [keyName]), valueName]);
