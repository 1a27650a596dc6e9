import { isSlip } from '../../model/spelling.ts';
import { globMatcher, matchesGlob } from '../../pattern/glob.ts';

/**
 * The glob that somebody meant who wrote one that matches nothing: one part of it, up to its first wildcard, is a slip of
 * the keyboard away from a name that is there. Undefined where there is no such name.
 *
 * @param names of any number of parts, with `/` between them
 */
export const meantGlob = (glob: string, names: Iterable<string>): string | undefined => {
  const parts = glob.split('/').map((part) => ({ part, matches: part === '' ? () => false : globMatcher(part) }));
  for (const name of names) {
    const mended = mendedBy(parts, name.split('/'));
    if (mended !== undefined && matchesGlob(name, mended)) return mended;
  }
  return undefined;
};

interface Part {
  readonly part: string;
  readonly matches: (text: string) => boolean;
}

/** Undefined where more than one part of the name does not fit, or none. */
const mendedBy = (parts: readonly Part[], name: readonly string[]): string | undefined => {
  const odd = parts.findIndex(({ part, matches }, index) => part !== '**' && name[index] !== undefined && !matches(name[index]));
  const mended = odd === -1 ? undefined : mendedPart(parts[odd]?.part ?? '', name[odd] ?? '');
  return mended === undefined ? undefined : parts.map(({ part }, index) => (index === odd ? mended : part)).join('/');
};

const mendedPart = (part: string, name: string): string | undefined => {
  const [written = ''] = /^[^*?[\]{}()!+@]*/.exec(part) ?? [];
  const rest = part.slice(written.length);
  const beginnings = rest === '' ? [name] : [0, -1, 1].map((more) => name.slice(0, written.length + more));
  const meant = beginnings.find((beginning) => isSlip(written, beginning));
  return meant === undefined ? undefined : meant + rest;
};

const leftOver = 'Correct it, or take it out if it is left over.';

const maxNames = 5;

/** What to do about it: what was meant, else what there is to choose from. */
export const hintOf = (meant: string | undefined, what: string, names: readonly string[]): string => {
  if (meant !== undefined) return `Did you mean "${meant}"?`;
  const unnamed = names.length - maxNames;
  const listed = names.slice(0, maxNames).join(', ');
  return names.length === 0 ? leftOver : `${what}: ${listed}${unnamed > 0 ? ` and ${unnamed} more` : ''}.`;
};
