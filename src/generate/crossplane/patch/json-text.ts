import { type GoValue, goNil, sortedKeys, wellFormed } from '../../../gotemplate/value.ts';

/** A known value as Go's encoding/json writes it. */
export const jsonText = (value: GoValue): string => {
  switch (value.type) {
    case 'nil':
    case 'unknown':
      return 'null';
    case 'bool':
    case 'int':
      return String(value.value);
    case 'float64':
      return numberText(value.value);
    case 'string':
      return quoted(value.value);
    case 'list':
      return `[${value.items.map(jsonText).join(',')}]`;
    case 'map':
      return `{${sortedKeys(value)
        .map((key) => `${quoted(key)}:${jsonText(value.entries.get(key) ?? goNil)}`)
        .join(',')}}`;
    default:
      return value satisfies never;
  }
};

/** JavaScript writes the same digits; Go leaves out a zero that leads the exponent, as it does. */
const numberText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

const quoted = (text: string): string =>
  JSON.stringify(wellFormed(text)).replace(/[<>&\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
