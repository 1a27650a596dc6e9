/** What a change comes to, a line for each object. */
import type { ImpactResult } from '../../src/analyze-change.ts';
import { type ObjectChange, objectChanges } from '../../src/impact/impact.ts';

/** `production flux-system/apps ~ HelmRelease podinfo/podinfo /spec/interval`; what Flux deletes ends in `pruned`. */
export const linesOf = ({ impact }: Pick<ImpactResult, 'impact'>): readonly string[] => [
  ...impact.clusters.flatMap(({ name, kustomizations }) =>
    kustomizations.flatMap((kustomization) =>
      objectChanges(kustomization).map((change) => `${name} ${kustomization.id}${kustomization.isHeld ? ' (held)' : ''} ${lineOf(change)}`),
    ),
  ),
  ...impact.unknown.map(({ cluster, kustomization, reason }) => `${cluster} ${kustomization} ? ${reason}`),
];

const lineOf = ({ base, head, kind, namespace, name, from, fields, isPruned }: ObjectChange): string => {
  const sign = base && head ? '~' : head ? '+' : '-';
  const former = from && ` from ${[from.kustomization, from.namespace, from.name].filter(Boolean).join(' ')}`;
  const pointers = fields.map(({ pointer }) => ` ${pointer}`).join('');
  return `${sign} ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}${former ?? ''}${pointers}${isPruned ? ' pruned' : ''}`;
};
