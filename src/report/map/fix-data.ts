/** What the fix of a finding makes, as a diff to copy. */
import type { CheckResult, Fleet } from '../../lint/result.ts';
import type { Finding } from '../../model/finding.ts';
import { unifiedDiff } from '../check/diff.ts';
import type { FixData } from './map-shape.ts';

interface FixesInput extends Pick<Fleet, 'fixed'>, Pick<CheckResult, 'reveal'> {
  /** Characters of the page for all of them. */
  readonly room: number;
}

/** Findings are asked for in their order: the first have room, and the others say which command shows theirs. */
export const createFixes = ({ fixed, reveal, room }: FixesInput): ((finding: Finding) => FixData | undefined) => {
  let left = room;
  return (finding) => {
    const { fix, ruleId } = finding;
    if (!fix) return undefined;
    const { description, safety } = fix;
    const option = safety === 'safe' ? '--fix' : '--unsafe-fixes';
    const howTo = `flux-lint check ${option} --only ${ruleId}`;
    const about = { description, safety, howTo };
    if (fix.isSecret || left <= 0) return about;
    const files = fixed(finding);
    const diff = unifiedDiff(files, reveal);
    left -= diff.length;
    if (diff === '' || left < 0) return about;
    return { ...about, diff, ...(diff === unifiedDiff(files, (_, text) => text) ? {} : { isMasked: true as const }) };
  };
};
