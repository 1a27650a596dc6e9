import type { Impact, ObjectChange } from '../../impact/impact.ts';
import type { NotJudged } from '../../lint/result.ts';
import type { Finding } from '../../model/finding.ts';
import { grouped } from '../../model/grouped.ts';

/** All that a report of a change may print. */
export interface ImpactReport {
  readonly impact: Pick<Impact, 'changedFiles' | 'clusters' | 'unknown'>;
  /** A commit id. */
  readonly base: string;
  /** A commit id, `worktree` or `index`. */
  readonly head: string;
  /** Of the rules that only a change can trigger. */
  readonly findings: readonly Finding[];
  readonly notJudged: readonly NotJudged[];
}

/** What happens to an object beside that it comes, changes or goes, in words behind its name; empty where that is all. */
export const remark = ({ from, base, head, isPruned, namespace }: ObjectChange, isHeld: boolean): string => {
  if (!head)
    return isPruned ? 'Flux deletes it' : isHeld ? 'stays while the Kustomization is suspended' : 'stays in the cluster without an owner';
  if (from?.kustomization !== undefined) {
    return `moved from ${from.kustomization}${isPruned ? ', which deletes it unless this one is faster' : ''}`;
  }
  if (from === undefined) return '';
  const former = `${from.namespace ?? namespace ?? ''}/${from.name ?? head.name}`;
  return base ? `was ${from.name ?? head.name}` : `renamed from ${former}`;
};

/** What could not be compared: of one Kustomization, for one reason. */
export interface IncomparableGroup {
  readonly kustomization: string;
  readonly reason: string;
  readonly clusters: readonly string[];
}

/** One entry for each Kustomization and reason, with all its clusters: a broken base is said once. */
export const incomparableGroups = ({ impact: { unknown } }: Pick<ImpactReport, 'impact'>): readonly IncomparableGroup[] => {
  const groups = grouped(unknown, ({ kustomization, reason }) => JSON.stringify([kustomization, reason]));
  return [...groups.values()].map((group) => {
    const [{ kustomization, reason }] = group;
    return { kustomization, reason, clusters: group.map(({ cluster }) => cluster) };
  });
};

export const headWords = (head: string): string =>
  head === 'worktree' ? 'the work tree' : head === 'index' ? 'the index' : head.slice(0, 12);
