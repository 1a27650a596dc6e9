/** What a pattern lets through, by example. */

/**
 * Texts that a pattern of RE2 is meant to match, with what its groups take of them: one with the last character of every
 * class, one with the first. `.` and classes that exclude are taken for digits: they say nothing of what people have there.
 * Nothing for a pattern with more than literals, classes, groups, alternatives and repetition.
 */
export const samplesOf = (pattern: string): readonly Sample[] =>
  (['last', 'first'] as const).flatMap((choice) => {
    const reader: Reader = { pattern, at: 0, groups: new Map(), count: 0, choice };
    const text = alternatives(reader);
    return text === undefined || reader.at < pattern.length ? [] : [{ text, groups: reader.groups }];
  });

interface Sample {
  readonly text: string;
  /** By number, and by name. */
  readonly groups: ReadonlyMap<string, string>;
}

interface Reader {
  readonly pattern: string;
  at: number;
  readonly groups: Map<string, string>;
  count: number;
  readonly choice: 'first' | 'last';
}

/** The last alternative, or the first; all of them are read. */
const alternatives = (reader: Reader): string | undefined => {
  const texts: string[] = [];
  for (;;) {
    const text = sequence(reader);
    if (text === undefined) return undefined;
    texts.push(text);
    if (reader.pattern[reader.at] !== '|') break;
    reader.at++;
  }
  return reader.choice === 'last' ? texts.at(-1) : texts[0];
};

const sequence = (reader: Reader): string | undefined => {
  let text = '';
  for (;;) {
    const next = reader.pattern[reader.at];
    if (next === undefined || next === '|' || next === ')') return text;
    const part = atom(reader);
    const times = part === undefined ? undefined : repetition(reader);
    if (part === undefined || times === undefined) return undefined;
    text += part.repeat(times);
  }
};

const atom = (reader: Reader): string | undefined => {
  const next = reader.pattern[reader.at] ?? '';
  reader.at++;
  switch (next) {
    case '^':
    case '$':
      return '';
    case '.':
      return '1';
    case '(':
      return group(reader);
    case '[':
      return characterClass(reader);
    case '\\':
      return escaped(reader);
    default:
      return /[*+?{]/.test(next) ? undefined : next;
  }
};

const group = (reader: Reader): string | undefined => {
  const [opening, flags, name] = /^\?(?:(i?:)|P?<(\w{1,50})>)/.exec(reader.pattern.slice(reader.at, reader.at + 60)) ?? [];
  if (opening === undefined && reader.pattern[reader.at] === '?') return undefined;
  reader.at += opening?.length ?? 0;
  const number = flags === undefined ? ++reader.count : undefined;
  const text = alternatives(reader);
  if (text === undefined || reader.pattern[reader.at] !== ')') return undefined;
  reader.at++;
  if (number !== undefined) reader.groups.set(`${number}`, text);
  if (name !== undefined) reader.groups.set(name, text);
  return text;
};

const escaped = (reader: Reader): string | undefined => {
  const next = reader.pattern[reader.at];
  reader.at++;
  if (next === undefined) return undefined;
  if (/[dwSDW]/.test(next)) return next === 'D' ? 'a' : next === 'W' ? '-' : '1';
  return /[a-zA-Z0-9]/.test(next) ? undefined : next;
};

/** A letter, where the class has one: `z` of `[0-9a-z]`; with the first character `0`. */
const characterClass = (reader: Reader): string | undefined => {
  const [whole, inner = ''] = /^([^\]\\[]{1,200})\]/.exec(reader.pattern.slice(reader.at, reader.at + 202)) ?? [];
  if (whole === undefined) {
    const [shorthand] = /^\\d\]/.exec(reader.pattern.slice(reader.at)) ?? [];
    reader.at += shorthand?.length ?? 0;
    return shorthand === undefined ? undefined : '1';
  }
  reader.at += whole.length;
  if (inner.startsWith('^')) return '1';
  const letter = /[a-zA-Z]/.exec(inner)?.[0];
  return reader.choice === 'last' && letter !== undefined ? letter : inner[0];
};

/** How often what stands before is to be there: as seldom as may be, but once where it may. */
const repetition = (reader: Reader): number | undefined => {
  const [whole, sign, least = '1'] =
    /^(?:([*+?])|\{(\d{1,3})(?:,\d{0,3})?\})\??/.exec(reader.pattern.slice(reader.at, reader.at + 12)) ?? [];
  reader.at += whole?.length ?? 0;
  if (whole === undefined || sign !== undefined) return 1;
  return Math.max(1, Number(least));
};
