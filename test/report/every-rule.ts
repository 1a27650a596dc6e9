/** What every rule says of its bad fixtures, as one result: the widest choice of texts, places, paths and fixes there is. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../rules/index.ts';
import type { CheckResult, SuppressedFinding } from '../../src/lint/result.ts';
import type { Finding, Location } from '../../src/model/finding.ts';
import { lintTexts, readTexts, toFixture } from '../fixture.ts';
import { cleanResult } from './sample.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/rules');

export const everyRule = (): CheckResult => {
  const findings: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const { id } of rules) {
    for (const name of readdirSync(join(fixtures, id)).filter((name) => name === 'bad' || name.startsWith('bad-'))) {
      const result = lintTexts(toFixture(readTexts(join(fixtures, id, name))).texts, { only: id.startsWith('lint/') ? [] : [id] });
      const inFolder = moved(`${id}/${name}`);
      findings.push(...result.findings.map(inFolder));
      suppressed.push(...result.suppressed.map((entry) => ({ ...entry, finding: inFolder(entry.finding) })));
    }
  }
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  const counts = { errors: count('error'), warnings: count('warning'), infos: count('info'), suppressed: suppressed.length };
  return { ...cleanResult, rules, findings, suppressed, summary: { ...cleanResult.summary, ...counts } };
};

/** The finding in a folder of its own, so that fixtures do not meet. */
const moved = (folder: string) => {
  const location = (place: Location): Location => (place.repository === undefined ? { ...place, path: `${folder}/${place.path}` } : place);
  return (finding: Finding): Finding => ({
    ...finding,
    location: location(finding.location),
    related: finding.related.map((related) => ({ ...related, location: location(related.location) })),
    fingerprint: `${folder} ${finding.fingerprint}`,
    ...(finding.fix && { fix: { ...finding.fix, edits: finding.fix.edits.map((edit) => ({ ...edit, path: `${folder}/${edit.path}` })) } }),
  });
};
