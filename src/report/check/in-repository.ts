import type { CheckResult } from '../../lint/result.ts';
import type { Finding, Location } from '../../model/finding.ts';

/**
 * The result with the paths that a forge knows. It takes paths from the top of the repository, where workflows run;
 * where the root is a folder below (`flux-lint --root gitops`), that folder comes before them.
 */
export const inRepository = (result: CheckResult): CheckResult => {
  const { root } = result;
  if (root === '.' || root.startsWith('..') || /^(\/|[A-Za-z]:)/.test(root)) return result;
  const path = (below: string): string => `${root}/${below}`;
  const location = (place: Location): Location => (place.repository === undefined ? { ...place, path: path(place.path) } : place);
  const finding = (each: Finding): Finding => ({
    ...each,
    location: location(each.location),
    related: each.related.map((related) => ({ ...related, location: location(related.location) })),
    ...(each.fix && { fix: { ...each.fix, edits: each.fix.edits.map((edit) => ({ ...edit, path: path(edit.path) })) } }),
  });
  return {
    ...result,
    findings: result.findings.map(finding),
    suppressed: result.suppressed.map((entry) => ({ ...entry, finding: finding(entry.finding) })),
  };
};
