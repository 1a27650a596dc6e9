/** Findings of one rule that have one cause, told once: at the first place, with the count and the next places beside it. */
import type { Finding, Reach, RelatedLocation } from '../../model/finding.ts';
import { grouped } from '../../model/grouped.ts';

/**
 * What rules named as one cause becomes one finding. It comes after comments, the baseline and the comparison of two
 * revisions, each of which holds for one place and not for its neighbours.
 *
 * @param findings in their order; that of the first of each cause is kept
 */
export const toldTogether = (findings: readonly Finding[]): readonly Finding[] =>
  [...grouped(findings, causeOf).values()].map(([first, ...others]) => (others.length === 0 ? first : together(first, others)));

/** Found at another severity, or new where the others are not, it is another matter. */
const causeOf = ({ ruleId, severity, fingerprint, new: isNew, location: { repository, revision }, cause }: Finding): string =>
  cause === undefined ? fingerprint : JSON.stringify([ruleId, severity, isNew, repository, revision, cause.key]);

const shown = 5;

const together = (first: Finding, others: readonly Finding[]): Finding => {
  const next = others.slice(0, shown).map(({ location, cause }): RelatedLocation => ({ location, message: cause?.place ?? 'here, too' }));
  const fix = fixOf([first, ...others]);
  return {
    ...first,
    message: `${first.message} So it is in ${others.length === 1 ? '1 more place' : `${others.length} more places`}.`,
    related: [...first.related, ...next],
    alike: others.map(({ location }) => location),
    reach: united([first, ...others].map(({ reach }) => reach)),
    ...(fix ? { fix } : {}),
  };
};

/** All that can be mended at once; fixes of unlike safety are not mixed. */
const fixOf = (findings: readonly Finding[]): Finding['fix'] => {
  const fixes = findings.flatMap(({ fix }) => fix ?? []);
  const [first] = fixes;
  if (!first) return undefined;
  const alike = fixes.filter(({ safety }) => safety === first.safety);
  const edits = new Map(alike.flatMap(({ edits }) => edits.map((edit) => [JSON.stringify(edit), edit] as const)));
  const isSecret = alike.some((fix) => fix.isSecret);
  return { ...first, edits: [...edits.values()], ...(isSecret ? { isSecret } : {}) };
};

/** Everything that any of them reaches. */
export const united = (reaches: readonly Reach[]): Reach => ({
  clusters: sortedUnion(reaches.map(({ clusters }) => clusters)),
  environments: sortedUnion(reaches.map(({ environments }) => environments)),
  tenants: sortedUnion(reaches.map(({ tenants }) => tenants)),
});

const sortedUnion = (lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())].sort();
