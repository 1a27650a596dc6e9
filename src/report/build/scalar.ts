import type { ScalarNode } from '../../yaml/node.ts';
import { goNumber } from '../../yaml/print-as-go.ts';
import { resolvePlain } from '../../yaml/scalar.ts';

/** The lines of a scalar: more than one for a block, whose text comes without its indentation. */
export const printScalar = ({ value }: ScalarNode): readonly string[] => {
  if (typeof value !== 'string') return [value === null ? 'null' : typeof value === 'number' ? goNumber(value) : String(value)];
  if (isBlock(value)) return blockLines(value);
  return [printText(value)];
};

export const printKey = ({ text }: ScalarNode): string => printText(text);

/** go-yaml writes several lines as a block, unless the block could not be read back as they are. */
const isBlock = (text: string): boolean =>
  text.includes('\n') &&
  text.trim() !== '' &&
  !/^[ \n]/.test(text) &&
  !/[ \t]\n|[ \t]$/.test(text) &&
  !unprintable.test(text) &&
  !/\t/.test(text);

const blockLines = (text: string): readonly string[] => {
  const ends = /\n*$/.exec(text)?.[0].length ?? 0;
  const chomping = ends === 0 ? '-' : ends === 1 ? '' : '+';
  const lines = text.slice(0, text.length - Math.min(ends, 1)).split('\n');
  return [`|${chomping}`, ...lines];
};

const printText = (text: string): string => {
  if (text === '') return '""';
  if (unprintable.test(text) || text.includes('\n')) return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escaped);
  if (isTyped(text)) return JSON.stringify(text);
  return isPlain(text) ? text : `'${text.replaceAll("'", "''")}'`;
};

const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be printed as they are
const unprintable = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;

/** Read as something else than this text by YAML 1.1: numbers, booleans, dates, sexagesimals. */
const isTyped = (text: string): boolean =>
  resolvePlain(text) !== text ||
  resolvePlain(text, 'yaml-1.1') !== text ||
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt\s]|$)/.test(text) ||
  /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text) ||
  text === '=' ||
  text === '<<';

const isPlain = (text: string): boolean =>
  !/^[,[\]{}#&*!|>'"%@`]/.test(text) &&
  !/^[-?:](?:\s|$)/.test(text) &&
  !/^(?:---|\.\.\.)/.test(text) &&
  !/^\s|\s$/.test(text) &&
  !/:(?:\s|$)|\s#/.test(text);
