/**
 * A tree as the text that sigs.k8s.io/yaml 1.6 makes of it (go.yaml.in/yaml/v2 behind JSON): keys sorted, lists not
 * indented, quotes only where the text would else be read as something else, folded after column 80. Flux substitutes
 * in this text, and so does the Flux operator with templates: what a string looks like in it decides what it becomes.
 */
import type { ListNode, MapNode, Node, ScalarNode, UnknownNode } from './node.ts';
import { isPlainString, isTimestamp } from './scalar.ts';

export interface Printed {
  readonly text: string;
  /** Where each scalar and key stands in the text, in order. */
  readonly pieces: readonly PrintedPiece[];
}

export interface PrintedPiece {
  readonly node: ScalarNode | UnknownNode;
  readonly start: number;
  readonly end: number;
}

/** What is printed for a value that nobody knows. */
const placeholder = 'unknown';

export const printAsGo = (root: MapNode): Printed => {
  let text = '';
  const pieces: PrintedPiece[] = [];

  const startLine = (indent: number) => {
    if (text !== '' && !text.endsWith('\n')) text += '\n';
    text += ' '.repeat(indent);
  };

  /** Text at the end of the present line; lines that follow stand at `indent`. */
  const scalar = (node: ScalarNode | UnknownNode, indent: number, isKey: boolean) => {
    const column = text.length - (text.lastIndexOf('\n') + 1);
    const printed = printScalar(node, { indent, column, isKey });
    pieces.push({ node, start: text.length, end: text.length + printed.length });
    text += printed;
  };

  /** Entries behind each other; the first one on the present line where that is an item's. */
  const map = (node: MapNode, indent: number, isItem: boolean) => {
    const entries = [...node.entries].sort((a, b) => (a.key.text < b.key.text ? -1 : 1));
    for (const [index, entry] of entries.entries()) {
      if (index > 0 || !isItem) startLine(indent);
      scalar(entry.key, indent, true);
      text += ':';
      value(entry.value, indent);
    }
  };

  const list = (node: ListNode, indent: number, isItem: boolean) => {
    for (const [index, item] of node.items.entries()) {
      if (index > 0 || !isItem) startLine(indent);
      text += '-';
      if (isEmpty(item)) text += item.type === 'map' ? ' {}' : ' []';
      else if (item.type === 'map' || item.type === 'list') {
        text += ' ';
        if (item.type === 'map') map(item, indent + 2, true);
        else list(item, indent + 2, true);
      } else {
        text += ' ';
        scalar(item, indent + 2, false);
      }
    }
  };

  const value = (node: Node, indent: number) => {
    if (isEmpty(node)) text += node.type === 'map' ? ' {}' : ' []';
    else if (node.type === 'map') map(node, indent + 2, false);
    else if (node.type === 'list') list(node, indent, false);
    else {
      text += ' ';
      scalar(node, indent + 2, false);
    }
  };

  if (isEmpty(root)) text = '{}';
  map(root, 0, false);
  startLine(0);
  return { text, pieces };
};

const isEmpty = (node: Node): boolean =>
  (node.type === 'map' && node.entries.length === 0) || (node.type === 'list' && node.items.length === 0);

export type GoStyle = 'plain' | 'single' | 'double' | 'literal';

/** How go-yaml writes a string that is no key. */
export const goStyle = (text: string): GoStyle => {
  if (text.includes('\n')) return unprintable.test(text) || / (\n|$)/.test(text) ? 'double' : 'literal';
  if (!isGoString(text) || unprintable.test(text)) return 'double';
  return isPlainText(text) ? 'plain' : 'single';
};

/** Whether a text that stands unquoted in a block is read as one scalar with this text, whatever its type. */
export const isPlainText = (text: string): boolean =>
  text !== '' && !unprintable.test(text) && !text.includes('\n') && !indicator.test(text) && !/^ | $/.test(text);

/** go-yaml prints the basic plane without controls; breaks other than \n are never written as they are. */
export const unprintable = /[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** What gives a plain text another meaning where it stands in a block. */
const indicator = /^[#,[\]{}&*!|>'"%@`]|^---|^\.\.\.|^[-?](?: |$)|:(?: |$)| #/;

const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** Dates are strings again when they are read, and quoted all the same. */
const isGoString = (text: string): boolean => isPlainString(text, 'yaml-1.1') && !base60.test(text) && !isTimestamp(text);

interface Position {
  readonly indent: number;
  readonly column: number;
  readonly isKey: boolean;
}

const printScalar = (node: ScalarNode | UnknownNode, position: Position): string => {
  if (node.type === 'unknown') return placeholder;
  if (typeof node.value !== 'string' && !position.isKey)
    return node.value === null ? 'null' : typeof node.value === 'number' ? goNumber(node.value) : String(node.value);
  const text = typeof node.value === 'string' ? node.value : node.text;
  const style = goStyle(text);
  switch (style) {
    case 'plain':
      return folded(text, position);
    case 'single':
      return folded(`'${text.replaceAll("'", "''")}'`, position);
    case 'literal':
      return position.isKey ? doubleQuoted(text) : literal(text, position.indent);
    case 'double':
      return position.isKey ? doubleQuoted(text) : folded(doubleQuoted(text), position);
    default:
      return style satisfies never;
  }
};

/** A single space behind column 80 becomes a line break. In double quotes several do, the others behind a backslash. */
const folded = (printed: string, { indent, column, isKey }: Position): string => {
  if (isKey || column + printed.length <= maxColumn) return printed;
  const isDouble = printed.startsWith('"');
  const isQuoted = isDouble || printed.startsWith("'");
  let here = column;
  let result = '';
  for (let index = 0; index < printed.length; index++) {
    const letter = printed[index] ?? '';
    const next = printed[index + 1];
    const isInside = !isQuoted || (index > 1 && index < printed.length - 2);
    const breaks = letter === ' ' && printed[index - 1] !== ' ' && here > maxColumn && isInside && (isDouble || next !== ' ');
    result += breaks ? `\n${' '.repeat(indent)}${next === ' ' ? '\\' : ''}` : letter;
    here = breaks ? indent : here + 1;
  }
  return result;
};

const maxColumn = 80;

const literal = (text: string, indent: number): string => {
  const indentation = /^[ \n]/.test(text) ? '2' : '';
  const chomping = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  const lines = text.split('\n').map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
  return `|${indentation}${chomping}\n${lines.join('\n')}`;
};

const escapes = new Map([
  ['\0', '0'],
  ['\x07', 'a'],
  ['\b', 'b'],
  ['\t', 't'],
  ['\n', 'n'],
  ['\v', 'v'],
  ['\f', 'f'],
  ['\r', 'r'],
  ['\x1b', 'e'],
  ['"', '"'],
  ['\\', '\\'],
  ['\u0085', 'N'],
  ['\u2028', 'L'],
  ['\u2029', 'P'],
]);

const doubleQuoted = (text: string): string => {
  let result = '"';
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    const known = escapes.get(letter);
    if (known !== undefined) result += `\\${known}`;
    else if (!unprintable.test(letter)) result += letter;
    else if (code <= 0xff) result += `\\x${hex(code, 2)}`;
    else result += code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
  }
  return `${result}"`;
};

const hex = (code: number, digits: number): string => code.toString(16).toUpperCase().padStart(digits, '0');

/** A number as Go's `strconv.FormatFloat(number, 'g', -1, 64)` writes it: from a million on with an exponent. */
export const goFloat = (number: number): string => {
  const [mantissa = '', exponent = '0'] = Math.abs(number).toExponential().split('e');
  const power = Number(exponent);
  const sign = number < 0 ? '-' : '';
  if (number === 0) return '0';
  if (power < -4 || power >= 6) return `${sign}${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  const digits = mantissa.replace('.', '');
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${digits}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, '0');
  return digits.length > power + 1 ? `${sign}${whole}.${digits.slice(power + 1)}` : sign + whole;
};

/** A number as it is printed behind JSON: whole ones in full as far as 64 bits hold them; what is not finite, as go-yaml's encoder writes it. */
export const goNumber = (number: number): string => {
  if (Number.isNaN(number)) return '.nan';
  if (!Number.isFinite(number)) return number < 0 ? '-.inf' : '.inf';
  return Number.isInteger(number) && number > -(2 ** 63) && number < 2 ** 64 ? String(number) : goFloat(number);
};
