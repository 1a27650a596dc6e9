/** The order in which people read: the worst first, then what reaches production, then by place. */
import type { CheckResult } from '../../../lint/result.ts';
import type { Finding } from '../../../model/finding.ts';
import { severityRank } from '../../../model/severity.ts';

/** Sorts by severity, then by how much it reaches; equal ones keep the order of their places. */
export const worstFirst = (findings: readonly Finding[], result: Pick<CheckResult, 'protectedEnvironments'>): readonly Finding[] => {
  const rank = reachRank(result);
  return findings.toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity) || rank(a) - rank(b));
};

/** Protected environments before other clusters before nothing. */
const reachRank =
  ({ protectedEnvironments }: Pick<CheckResult, 'protectedEnvironments'>) =>
  ({ reach: { clusters, environments } }: Finding): number => {
    if (environments.some((name) => protectedEnvironments.includes(name))) return 0;
    return clusters.length > 0 ? 1 : 2;
  };
