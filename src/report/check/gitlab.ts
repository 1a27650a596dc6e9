import type { CheckResult } from '../../lint/result.ts';
import type { Finding } from '../../model/finding.ts';
import type { Severity } from '../../model/severity.ts';
import { pathText, placeText } from '../place.ts';
import { printable } from '../printable.ts';
import { inRepository } from './in-repository.ts';

/** `check --format gitlab`: a Code Quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format). */
export const gitlabReport = (result: CheckResult): string => `${JSON.stringify(inRepository(result).findings.map(issue), undefined, 2)}\n`;

/** GitLab's words run from info to blocker; nothing of ours stops a merge by itself. */
const severityWords = { error: 'critical', warning: 'major', info: 'info' } as const satisfies Record<Severity, string>;

const issue = ({ ruleId, severity, message, hint, location, fingerprint }: Finding) => {
  const here = location.repository === undefined && location.revision === undefined;
  const description = [...(here ? [] : [`${placeText(location)}:`]), message, ...(hint === undefined ? [] : [hint])].join(' ');
  return {
    description: printable(description),
    check_name: ruleId,
    fingerprint,
    severity: severityWords[severity],
    location: { path: pathText(location), lines: { begin: location.line, end: location.endLine } },
  };
};
