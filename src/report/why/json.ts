import type { Why } from '../../graph/why.ts';
import type { Location } from '../../model/finding.ts';
import type { Span } from '../../model/span.ts';

export interface WhyReport extends Why {
  readonly path: string;
  readonly line: number | undefined;
  readonly locate: (span: Span) => Location;
}

/** `why --format json` of the contract. */
export const whyJson = ({ path, line, ways, notReached, locate }: WhyReport): string => {
  const value = {
    version: 1,
    path,
    ...(line === undefined ? {} : { line }),
    ways: ways.map(({ cluster, environment, steps }) => ({
      cluster,
      environment: environment ?? null,
      steps: steps.map(({ type, label, at }) => ({ type, label, location: locate(at) })),
    })),
    ...(notReached === undefined
      ? {}
      : { notReached: { reason: notReached.reason, ...(notReached.nearest === undefined ? {} : { nearest: notReached.nearest }) } }),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
};
