import type { Finding, Location } from '../../model/finding.ts';
import { grouped } from '../../model/grouped.ts';
import type { SuppressedFinding } from '../result.ts';
import type { Suppression } from './suppressions.ts';

export interface Suppressed {
  readonly kept: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** Those that suppressed nothing. */
  readonly unused: readonly Suppression[];
}

/** A suppression at a finding's place, or at any of its related places, holds; of several the first. */
export const applySuppressions = (findings: readonly Finding[], suppressions: readonly Suppression[]): Suppressed => {
  const linesByRule = new Map<string, Set<number>>();
  for (const finding of findings) {
    for (const place of placesOf(finding)) {
      const key = keyOf(place.path, finding.ruleId);
      linesByRule.set(key, (linesByRule.get(key) ?? new Set()).add(place.line));
    }
  }
  const holders = new Map<string, ReadonlyMap<number, Suppression>>();
  const unused = new Set(suppressions);
  for (const [key, group] of grouped(suppressions, ({ directive, rule }) => keyOf(directive.path, rule))) {
    const lines = [...(linesByRule.get(key) ?? [])].sort((a, b) => a - b);
    for (const suppression of group) if (holdsAny(suppression, lines)) unused.delete(suppression);
    holders.set(key, firstHolders(group, lines));
  }

  const kept: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of findings) {
    const [first] = placesOf(finding).flatMap(({ path, line }) => holders.get(keyOf(path, finding.ruleId))?.get(line) ?? []);
    if (first) suppressed.push({ finding, reason: first.directive.reason });
    else kept.push(finding);
  }
  return { kept, suppressed, unused: [...unused] };
};

const placesOf = ({ location, related }: Finding): readonly Location[] =>
  [location, ...related.map((other) => other.location)].filter(
    ({ repository, revision }) => repository === undefined && revision === undefined,
  );

const keyOf = (path: string, rule: string): string => `${rule}\n${path}`;

const holdsAny = ({ firstLine, lastLine }: Suppression, lines: readonly number[]): boolean => {
  const line = lines[firstFrom(lines, firstLine)];
  return line !== undefined && line <= lastLine;
};

/** The index of the first line from a line on. */
const firstFrom = (lines: readonly number[], line: number): number => {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The first suppression that holds on each line. A line that has one is skipped from then on, so that each is met once. */
const firstHolders = (suppressions: readonly Suppression[], lines: readonly number[]): ReadonlyMap<number, Suppression> => {
  const found = new Map<number, Suppression>();
  const next = lines.map((_, index) => index);
  const free = (index: number): number => {
    let at = index;
    for (let to = next[at]; to !== undefined && to !== at; to = next[at]) {
      next[at] = next[to] ?? to;
      at = to;
    }
    return at;
  };
  for (const suppression of suppressions) {
    for (let at = free(firstFrom(lines, suppression.firstLine)); at < lines.length; at = free(at)) {
      const line = lines[at] ?? 0;
      if (line > suppression.lastLine) break;
      found.set(line, suppression);
      next[at] = at + 1;
    }
  }
  return found;
};
