import type { ChalkInstance } from 'chalk';
import type { WhyWay } from '../../graph/why.ts';
import { printable } from '../printable.ts';
import { counted, folded } from '../words.ts';
import type { WhyReport } from './json.ts';

/** The ways as indented lists, one for each cluster and Kustomization, from the cluster down to the file. */
export const whyText = (report: WhyReport, { colour }: { readonly colour: ChalkInstance }): string => {
  const { path, line, ways, notReached } = report;
  const subject = colour.bold(printable(line === undefined ? path : `${path}:${line}`));
  if (notReached) {
    const nearest = notReached.nearest === undefined ? '' : `\nThe nearest build that could read it: ${printable(notReached.nearest)}`;
    return `${subject} reaches no cluster: ${printable(notReached.reason)}.${nearest}\n`;
  }
  const clusters = new Set(ways.map((way) => way.cluster));
  const head = `${subject} reaches ${counted(clusters.size, 'cluster')}: ${printable(folded([...clusters], false))}:`;
  return `${[head, ...ways.map((way) => wayText(way, report, colour))].join('\n\n')}\n`;
};

const wayText = (way: WhyWay, { locate }: WhyReport, colour: ChalkInstance): string => {
  const environment = way.environment === undefined ? '' : ` (${way.environment}, because ${way.because ?? ''})`;
  const steps = way.steps.map(({ type, label, at }, depth) => {
    const { path, line } = locate(at);
    const place = type === 'file' || at.path === '' || at.end === at.start ? '' : colour.dim(`  ${printable(path)}:${line}`);
    return `${'  '.repeat(depth + 1)}${words[type]} ${printable(label)}${place}`;
  });
  return [`${colour.bold(printable(way.cluster))}${printable(environment)}`, ...steps].join('\n');
};

const words = {
  cluster: 'cluster',
  kustomization: 'Kustomization',
  overlay: 'overlay',
  component: 'component',
  file: 'file',
  object: 'in',
} as const;
