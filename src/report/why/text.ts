import type { ChalkInstance } from 'chalk';
import type { WhyWay } from '../../graph/why.ts';
import type { WhyReport } from './json.ts';

/** The ways as indented lists, one for each cluster and Kustomization, from the cluster down to the file. */
export const whyText = (report: WhyReport, { colour }: { readonly colour: ChalkInstance }): string => {
  const { path, line, ways, notReached } = report;
  const subject = line === undefined ? path : `${path}:${line}`;
  if (notReached) {
    const nearest = notReached.nearest === undefined ? '' : `\nThe nearest build that could read it: ${notReached.nearest}`;
    return `${colour.bold(subject)} reaches no cluster: ${notReached.reason}.${nearest}\n`;
  }
  const clusters = new Set(ways.map((way) => way.cluster));
  const head = `${colour.bold(subject)} reaches ${clusters.size === 1 ? '1 cluster' : `${clusters.size} clusters`}:`;
  return `${[head, ...ways.map((way) => wayText(way, report, colour))].join('\n\n')}\n`;
};

const wayText = (way: WhyWay, { locate }: WhyReport, colour: ChalkInstance): string => {
  const environment = way.environment === undefined ? '' : ` (${way.environment}, because ${way.because ?? ''})`;
  const steps = way.steps.map(({ type, label, at }, depth) => {
    const { path, line } = locate(at);
    const place = type === 'file' || at.path === '' || at.end === at.start ? '' : colour.dim(`  ${path}:${line}`);
    return `${'  '.repeat(depth + 1)}${words[type]} ${label}${place}`;
  });
  return [`${colour.bold(way.cluster)}${environment}`, ...steps].join('\n');
};

const words = {
  cluster: 'cluster',
  kustomization: 'Kustomization',
  overlay: 'overlay',
  component: 'component',
  file: 'file',
  object: 'in',
} as const;
