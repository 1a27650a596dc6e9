/**
 * Patterns that are matched in time that grows with the pattern and with the text, and never with what they have in common:
 * all ways to match go on side by side (https://swtch.com/~rsc/regexp/regexp1.html). Whatever stands in a repository, no
 * pattern of it meets a matcher that tries one way after the other.
 */
export type Part =
  | { readonly type: 'letter'; readonly matches: (letter: string) => boolean }
  | { readonly type: 'sequence'; readonly parts: readonly Part[] }
  | { readonly type: 'either'; readonly options: readonly Part[] }
  /** Any number of it, none too. */
  | { readonly type: 'many'; readonly part: Part };

export const nothing: Part = { type: 'sequence', parts: [] };

export const anything: Part = { type: 'many', part: { type: 'letter', matches: () => true } };

export const letter = (matches: (letter: string) => boolean): Part => ({ type: 'letter', matches });

export const literal = (text: string): Part => sequence([...text].map((wanted) => letter((found) => found === wanted)));

export const sequence = (parts: readonly Part[]): Part => ({ type: 'sequence', parts });

export const either = (options: readonly Part[]): Part => ({ type: 'either', options });

export const many = (part: Part): Part => ({ type: 'many', part });

/** Whether a pattern matches the whole of a text. */
export const wholeMatcher = (part: Part): ((text: string) => boolean) => {
  const states: State[] = [];
  const start = addStates(part, states, end);
  return (text) => {
    let active = reachable([start], states);
    for (const found of text) {
      active = reachable(after(found, active, states), states);
      if (active.size === 0) return false;
    }
    return active.has(end);
  };
};

/**
 * How many bytes the shortest or longest start of a text has, at least one, that a pattern matches. A start may end within a
 * letter: each byte of it that is there matches as Go reads it, as the letter that stands for none.
 */
export const prefixMatcher = (part: Part): ((letters: readonly string[], longest: boolean) => number | undefined) => {
  const states: State[] = [];
  const start = addStates(part, states, end);
  return (letters, longest) => {
    let active = reachable([start], states);
    let found: number | undefined;
    let size = 0;
    for (const letter of letters) {
      const bytes = bytesOf(letter);
      let cut = active;
      for (let byte = 1; byte < bytes && cut.size > 0; byte++) {
        cut = reachable(after('\ufffd', cut, states), states);
        if (cut.has(end)) found = size + byte;
        if (found !== undefined && !longest) return found;
      }
      active = reachable(after(letter, active, states), states);
      size += bytes;
      if (active.size === 0) return found;
      if (active.has(end)) found = size;
      if (found !== undefined && !longest) return found;
    }
    return found;
  };
};

/** What is half of a pair is a byte by itself. */
const bytesOf = (letter: string): number => (/^[\ud800-\udfff]$/.test(letter) ? 1 : Buffer.byteLength(letter));

const after = (found: string, active: ReadonlySet<number>, states: readonly State[]): readonly number[] => {
  const next: number[] = [];
  for (const at of active) {
    const state = states[at];
    if (state?.type === 'letter' && state.matches(found)) next.push(state.next);
  }
  return next;
};

type State =
  | { readonly type: 'letter'; readonly matches: (letter: string) => boolean; readonly next: number }
  | { readonly type: 'fork'; next: readonly number[] };

/** The state in which the whole pattern has been matched. */
const end = -1;

/** Adds what stands for a part, from behind; where it starts. */
const addStates = (part: Part, states: State[], next: number): number => {
  switch (part.type) {
    case 'letter':
      return states.push({ type: 'letter', matches: part.matches, next }) - 1;
    case 'sequence':
      return part.parts.reduceRight((behind, inner) => addStates(inner, states, behind), next);
    case 'either':
      return states.push({ type: 'fork', next: part.options.map((option) => addStates(option, states, next)) }) - 1;
    case 'many': {
      const fork: State = { type: 'fork', next: [next] };
      const at = states.push(fork) - 1;
      fork.next = [addStates(part.part, states, at), next];
      return at;
    }
    default:
      return part satisfies never;
  }
};

/** With all that forks lead to. */
const reachable = (from: readonly number[], states: readonly State[]): ReadonlySet<number> => {
  const found = new Set<number>();
  const waiting = [...from];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (found.has(at)) continue;
    found.add(at);
    const state = states[at];
    if (state?.type === 'fork') waiting.push(...state.next);
  }
  return found;
};
