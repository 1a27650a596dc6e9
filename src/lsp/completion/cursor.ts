/**
 * Where the cursor is, in a text that need not parse: while a key is typed, its document seldom does. It is read from the
 * indentation of the lines above, and from the brackets before it on its own line.
 */

export interface Cursor {
  /** The lines of its document. */
  readonly document: string;
  /** The keys and positions in lists that lead here. */
  readonly keys: readonly Step[];
  /** A value is asked for, of the last key or item; else a key of the map that `keys` lead to. */
  readonly isValue: boolean;
  /** Of the same map, already written: keys, and their values where those stand on the same line. */
  readonly siblings: ReadonlyMap<string, string>;
}

export type Step = string | number;

/** Undefined where no key and no value is written: in a comment, within a text. */
export const cursorAt = (text: string, offset: number): Cursor | undefined => {
  const lines = text.split(/\r?\n/);
  const at = text.slice(0, offset).split('\n').length - 1;
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const start = lines.slice(0, at).findLastIndex(isEndOfDocument) + 1;
  const length = lines.slice(at).findIndex(isEndOfDocument);
  const own = lines.slice(start, length === -1 ? lines.length : at + length);
  const document = own.join('\n');
  const { lead = '', key, rest = '' } = lineForm.exec(before)?.groups ?? {};
  const above = keysAbove(own.slice(0, at - start), lead);
  const keys = key === undefined ? above : [...above, unquoted(key)];
  if (/^[[{]/.test(rest)) {
    const flow = flowCursor(rest);
    return flow && { document, ...flow, keys: [...keys, ...flow.keys] };
  }
  if (!wordForm.test(rest) || (key !== undefined && before.endsWith(':'))) return undefined;
  return { document, keys, isValue: key !== undefined, siblings: siblingsOf(own, at - start, lead.length) };
};

const isEndOfDocument = (line: string): boolean => /^---(\s|$)/.test(line);

/** What is one word of a text without quotes. */
const wordForm = /^[\w./*$@:-]*$/;

/** The word that a text ends with. */
export const lastWord = (text: string): string => /[\w./*$@:-]*$/.exec(text)?.[0] ?? '';

/** Blanks and dashes, a key, and what stands behind it. */
const lineForm = /^(?<lead> *(?:- +)*)(?:(?<key>[\w./$-]+|'[^']*'|"[^"]*"):(?: +|$))?(?<rest>.*)$/;

/** Every line above that is less indented than what was found is a step outwards. */
const keysAbove = (lines: readonly string[], lead: string): readonly Step[] => {
  const keys: Step[] = [];
  let column = lead.length;
  /** Dashes before a key begin an item: it lies in a list. */
  const enter = (ownLead: string, above: readonly string[]) => {
    for (const dash of [...ownLead.matchAll(/-/g)].reverse()) {
      if (dash.index >= column) continue;
      keys.unshift(itemsAbove(above, dash.index));
      column = dash.index;
    }
  };
  enter(lead, lines);
  for (const [index, line] of [...lines.entries()].reverse()) {
    if (isBlank(line)) continue;
    const { lead: own = '', key } = lineForm.exec(line)?.groups ?? {};
    const dash = own.indexOf('-');
    const isOpened = key !== undefined && own.length < column;
    // A list may stand as far left as the key that holds it.
    const isHolder = key !== undefined && own.length === column && typeof keys[0] === 'number' && dash === -1;
    if (isOpened || isHolder) {
      keys.unshift(unquoted(key));
      column = own.length;
    }
    if (dash !== -1 && own.length <= column) enter(own, lines.slice(0, index));
  }
  return keys;
};

/** How many items of the same list stand above. */
const itemsAbove = (lines: readonly string[], column: number): number => {
  let count = 0;
  for (const line of [...lines].reverse()) {
    if (isBlank(line)) continue;
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    if (indent < column || (indent === column && line[column] !== '-')) break;
    if (indent === column) count++;
  }
  return count;
};

const isBlank = (line: string): boolean => /^\s*(#.*)?$/.test(line);

const unquoted = (key: string): string => key.replace(/^(["'])(.*)\1$/, '$2');

const siblingsOf = (lines: readonly string[], at: number, column: number): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const step of [-1, 1]) {
    for (let index = at + step; index >= 0 && index < lines.length; index += step) {
      const { lead = '', key, rest = '' } = lineForm.exec(lines[index] ?? '')?.groups ?? {};
      if (key === undefined || lead.length > column) continue;
      if (lead.length < column) break;
      if (step === 1 && lead.includes('-')) break;
      found.set(unquoted(key), unquoted(rest.replace(/ +#.*$/, '').trimEnd()));
      if (step === -1 && lead.includes('-')) break;
    }
  }
  return found;
};

interface Bracket {
  readonly isList: boolean;
  /** Of the item, in a list. */
  index: number;
  /** Whose value comes, in a map. */
  key: string | undefined;
  /** With what is written behind them. */
  readonly entries: Map<string, string>;
}

/** Where a line leads that begins with a bracket; undefined behind the last one. */
const flowCursor = (text: string): Omit<Cursor, 'document'> | undefined => {
  const open: Bracket[] = [];
  let word = '';
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|'[^']*'?|[[\]{},]|:(?=\s|$)|[^\s[\]{},:"']+(?::(?!\s|$)[^\s[\]{},"']*)*|\s+/g)) {
    const last = open.at(-1);
    if (token === '[' || token === '{') open.push({ isList: token === '[', index: 0, key: undefined, entries: new Map() });
    else if (token === ']' || token === '}') open.pop();
    else if (token === ',' && last) {
      last.index++;
      last.key = undefined;
    } else if (token === ':' && last) {
      last.key = unquoted(word);
      last.entries.set(last.key, '');
    } else if (last?.key !== undefined && /\S/.test(token)) last.entries.set(last.key, unquoted(token));
    // A blank may stand between a key and its colon.
    if (!/^\s+$/.test(token)) word = /^[[\]{},:]$/.test(token) ? '' : token;
  }
  const last = open.at(-1);
  // Behind a word that is done comes a bracket, a comma or a colon.
  if (!last || (word !== '' && /\s$/.test(text)) || !wordForm.test(word)) return undefined;
  const steps = open.map(({ isList, index, key }): Step | undefined => (isList ? index : key));
  return {
    keys: steps.flatMap((step) => step ?? []),
    isValue: last.isList || last.key !== undefined,
    siblings: last.entries,
  };
};
