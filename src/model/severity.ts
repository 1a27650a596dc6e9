/** From worst to mildest. */
export const severities = ['error', 'warning', 'info'] as const;

export type Severity = (typeof severities)[number];

/** Position in `severities`: 0 is the worst. */
export const severityRank = (severity: Severity): number => severities.indexOf(severity);

/** The milder of the two; `limit` absent means no limit. */
export const atMost = (severity: Severity, limit: Severity | undefined): Severity =>
  limit !== undefined && severityRank(limit) > severityRank(severity) ? limit : severity;
