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

/** A suppression at a finding's place, or at any of its related places, holds. */
export const applySuppressions = (findings: readonly Finding[], suppressions: readonly Suppression[]): Suppressed => {
  const byPath = grouped(suppressions, ({ directive }) => directive.path);
  const used = new Set<Suppression>();
  const kept: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of findings) {
    const places = [finding.location, ...finding.related.map(({ location }) => location)];
    const holding = places.flatMap((place) => (byPath.get(place.path) ?? []).filter((suppression) => holds(suppression, finding, place)));
    const [first] = holding;
    for (const suppression of holding) used.add(suppression);
    if (first) suppressed.push({ finding, reason: first.directive.reason });
    else kept.push(finding);
  }
  return { kept, suppressed, unused: suppressions.filter((suppression) => !used.has(suppression)) };
};

const holds = ({ rule, firstLine, lastLine }: Suppression, finding: Finding, { repository, revision, line }: Location): boolean =>
  repository === undefined && revision === undefined && rule === finding.ruleId && firstLine <= line && line <= lastLine;
