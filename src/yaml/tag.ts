import type { ScalarNode } from './node.ts';

/** The tag that go-yaml gives a scalar. */
export const tagOf = ({ value, text, style }: ScalarNode): string => {
  switch (typeof value) {
    case 'string':
      // A plain date is printed as a time.
      return style === 'plain' && value !== text ? '!!timestamp' : '!!str';
    case 'boolean':
      return '!!bool';
    case 'bigint':
      return '!!int';
    case 'number':
      return Number.isInteger(value) && !/[.eE]/.test(text.replace(/^0x.*/i, '')) ? '!!int' : '!!float';
    case 'object':
      return '!!null';
    default:
      return value satisfies never;
  }
};
