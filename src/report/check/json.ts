import type { CheckResult } from '../../lint/result.ts';
import type { Finding, Location } from '../../model/finding.ts';
import { countsByRule } from './arrange/statistics.ts';
import type { ReportOptions } from './check-report.ts';

/** `check --format json`, version 1: keys in a fixed order, absent where there is nothing to say. */
export const jsonReport = (
  { tool, root, findings, notJudged, assumed, summary }: CheckResult,
  { statistics = false }: Pick<ReportOptions, 'statistics'> = {},
): string => {
  const report = {
    version: 1,
    tool: { name: tool.name, version: tool.version },
    root,
    findings: findings.map(findingValue),
    notJudged: notJudged.map(({ reason, count, examples, howTo }) => ({ reason, count, examples, howTo })),
    assumed: assumed.length > 0 ? assumed : undefined,
    summary: {
      errors: summary.errors,
      warnings: summary.warnings,
      infos: summary.infos,
      fixable: summary.fixable,
      suppressed: summary.suppressed,
      baselined: summary.baselined,
      files: summary.files,
      objects: summary.objects,
      kustomizations: summary.kustomizations,
      clusters: summary.clusters,
    },
    statistics: statistics ? countsByRule(findings) : undefined,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
};

/** A finding as every JSON report has it. */
export const findingValue = (finding: Finding) => ({
  ruleId: finding.ruleId,
  severity: finding.severity,
  message: finding.message,
  hint: finding.hint,
  location: locationValue(finding.location),
  related: finding.related.map(({ location, message, flow }) => ({ location: locationValue(location), message, flow })),
  object: finding.object && {
    apiVersion: finding.object.apiVersion,
    kind: finding.object.kind,
    namespace: finding.object.namespace,
    name: finding.object.name,
  },
  reach: { clusters: finding.reach.clusters, environments: finding.reach.environments, tenants: finding.reach.tenants },
  fingerprint: finding.fingerprint,
  url: finding.url,
  new: finding.new,
  fix: finding.fix?.isSecret ? undefined : fixValue(finding.fix),
});

const fixValue = (fix: Finding['fix']) =>
  fix && {
    description: fix.description,
    safety: fix.safety,
    edits: fix.edits.map(({ path, range, text }) => ({ path, range, text })),
  };

const locationValue = ({ path, line, column, endLine, endColumn, repository, revision }: Location) => ({
  path,
  line,
  column,
  endLine,
  endColumn,
  repository,
  revision,
});
