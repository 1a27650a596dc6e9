import { summarise } from '../../impact/impact.ts';
import { counted, folded } from '../words.ts';
import type { ImpactReport } from './impact-report.ts';

/** The change in one sentence: how far it goes, and what is deleted. */
export const verdict = ({ impact }: ImpactReport): string => {
  const { clusters, environments, removed, pruned, changed, added, moved } = summarise(impact.clusters);
  const unknown = impact.unknown.length === 0 ? '' : ` ${counted(impact.unknown.length, 'Kustomization')} could not be compared.`;
  if (clusters === 0) {
    return impact.unknown.length === 0
      ? 'The change reaches nothing: no cluster applies anything else because of it.'
      : `Of what is known, nothing changes.${unknown}`;
  }
  const where = `${counted(clusters, 'cluster')}${environments.length === 0 ? '' : ` (${folded(environments, true)})`}`;
  const counts = [
    ...(removed > 0 ? [`${removed} removed`] : []),
    ...(changed > 0 ? [`${changed} changed`] : []),
    ...(added > 0 ? [`${added} added`] : []),
    ...(moved > 0 ? [`${moved} of them with another owner`] : []),
  ];
  const deleted = pruned > 0 ? `Flux deletes ${counted(pruned, 'object')}.` : 'Flux deletes nothing.';
  return `Reaches ${where}: ${counts.join(', ')}. ${deleted}${unknown}`;
};
