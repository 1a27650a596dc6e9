import { asStars, type Hide } from '../../kube/credential/redact.ts';

/** Shorter values, and small numbers, are in every text by chance; where they stand they are hidden all the same. */
const minLength = 4;
const isOrdinary = (value: string): boolean => value.length < minLength || /^(true|false|null|none|\d{1,5})$/i.test(value);

/**
 * Hides known values in texts. One look at a text finds all of them, whatever their number.
 *
 * @param names what must stay readable though a value may be the same
 */
export const createHidden = (values: readonly string[], names: ReadonlySet<string>): ((text: string, hide?: Hide) => string) => {
  const byStart = new Map<string, Set<string>>();
  for (const value of values.flatMap(writtenForms)) {
    if (isOrdinary(value) || names.has(value)) continue;
    const start = value.slice(0, minLength);
    byStart.set(start, (byStart.get(start) ?? new Set()).add(value));
  }
  const sorted = new Map([...byStart].map(([start, group]) => [start, [...group].sort((a, b) => b.length - a.length)] as const));
  // Most places in a text begin none of them: two characters tell that without a text being made.
  const beginnings = new Set(Array.from(sorted.keys(), (start) => pairAt(start, 0)));
  return (text, hide = asStars) => {
    if (sorted.size === 0) return text;
    let shown = '';
    let copied = 0;
    for (let at = 0; at + minLength <= text.length; ) {
      const group = beginnings.has(pairAt(text, at)) ? sorted.get(text.slice(at, at + minLength)) : undefined;
      const found = group?.find((value) => text.startsWith(value, at) && !isPartOfWord(value, text, at));
      if (found === undefined) at++;
      else {
        shown += text.slice(copied, at) + hide(found);
        at += found.length;
        copied = at;
      }
    }
    return copied === 0 ? text : shown + text.slice(copied);
  };
};

const pairAt = (text: string, at: number): number => text.charCodeAt(at) * 65_536 + text.charCodeAt(at + 1);

/**
 * A short word that stands within a longer one: the password `admin` within `cluster-admin` and `pgadmin.yaml`. What is made
 * of other letters, or is long, does not get there by chance.
 */
const isPartOfWord = (value: string, text: string, at: number): boolean =>
  /^[a-z]{1,7}$/i.test(value) && (/[\w.-]/.test(text[at - 1] ?? '') || /[\w-]/.test(text[at + value.length] ?? ''));

/** As it is, without blanks around it, with its quotes escaped, on one line, and line by line. */
const writtenForms = (value: string): readonly string[] => {
  const trimmed = value.trim();
  const escaped = JSON.stringify(trimmed).slice(1, -1);
  const lines = trimmed.includes('\n')
    ? trimmed
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line.length >= 8)
    : [];
  return [...new Set([value, trimmed, escaped, trimmed.replace(/\s+/g, ' '), ...lines])];
};
