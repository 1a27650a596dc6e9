import type { Finding } from '../../../model/finding.ts';
import { grouped } from '../../../model/grouped.ts';
import { type Severity, severityRank } from '../../../model/severity.ts';

export interface RuleCount {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly count: number;
  /** How many of them `--fix` repairs. */
  readonly fixable: number;
  readonly url: string | undefined;
}

/** How often each rule found something, by severity: the worst first, of these the most frequent. */
export const countsByRule = (findings: readonly Finding[]): readonly RuleCount[] =>
  [...grouped(findings, ({ ruleId, severity }) => `${severity} ${ruleId}`).values()]
    .map((found): RuleCount => {
      const [{ ruleId, severity, url }] = found;
      return { ruleId, severity, url, count: found.length, fixable: found.filter(({ fix }) => fix?.safety === 'safe').length };
    })
    .sort((a, b) => severityRank(a.severity) - severityRank(b.severity) || b.count - a.count || (a.ruleId < b.ruleId ? -1 : 1));
