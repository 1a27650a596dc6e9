import { createHash } from 'node:crypto';
import type { CheckResult } from '../../lint/result.ts';
import type { Finding, Location } from '../../model/finding.ts';

/**
 * The result with the paths that a forge knows: from the top of the repository, whatever the working directory was. Where
 * the root is a folder below, that folder comes before them and goes into the fingerprints: a forge that is given the
 * reports of several roots takes equal fingerprints for one finding.
 */
export const inRepository = (result: CheckResult): CheckResult => {
  const { folder } = result;
  if (folder === '') return result;
  const path = (below: string): string => `${folder}/${below}`;
  const location = (place: Location): Location => (place.repository === undefined ? { ...place, path: path(place.path) } : place);
  const finding = (each: Finding): Finding => ({
    ...each,
    fingerprint: createHash('sha256').update(`${folder}\u0000${each.fingerprint}`).digest('hex').slice(0, 32),
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
