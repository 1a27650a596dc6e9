/** Plain values → YAML in the many ways that people write it. */
import { stringify } from 'yaml';
import type { Random } from './random.ts';

/** A scalar that stands in the text exactly so, whatever it is read as. */
export interface Raw {
  readonly raw: string;
}

export type Content = string | number | boolean | null | Raw | readonly Content[] | { readonly [key: string]: Content };

export const raw = (text: string): Raw => ({ raw: text });

/** One document. The style of its strings, and whether its maps are written in one line, are the seed's choice. */
export const yamlOf = (content: Content, random: Random): string => {
  const pieces: string[] = [];
  const marked = (value: Content): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (isList(value)) return value.map(marked);
    if (isRaw(value)) return `RAW${pieces.push(value.raw) - 1}END`;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, marked(item)]));
  };
  const text = stringify(marked(content), {
    defaultStringType: random.one(['PLAIN', 'PLAIN', 'PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE']),
    defaultKeyType: 'PLAIN',
    blockQuote: random.one(['literal', 'literal', 'folded']),
    collectionStyle: random.one(['any', 'any', 'any', 'flow']),
    lineWidth: random.one([0, 80]),
    version: '1.1',
  });
  return text.replace(/(['"]?)RAW(\d+)END\1/g, (_, __, index: string) => pieces[Number(index)] ?? '');
};

const isList = (value: object): value is readonly Content[] => Array.isArray(value);

const isRaw = (value: object): value is Raw => 'raw' in value;
