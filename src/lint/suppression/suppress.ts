/**
 * Suppression comments: findings → those that stay, and those that a comment suppresses. What is wrong with the comments
 * themselves comes out as problems of `lint/…`; nothing suppresses those but the configuration.
 */
import type { Files } from '../../files/files.ts';
import type { Finding } from '../../model/finding.ts';
import type { StepProblem } from '../../model/problem.ts';
import type { Rule } from '../define-rule.ts';
import type { FailedRule } from '../result.ts';
import type { Settings } from '../settings.ts';
import type { Sources } from '../sources.ts';
import type { Ended } from '../walk.ts';
import { applySuppressions, type Suppressed } from './apply-suppressions.ts';
import { invalidSuppressions } from './invalid-suppressions.ts';
import { directivesOf, type Suppression, suppressionsOf } from './suppressions.ts';
import { unusedSuppressions } from './unused-suppressions.ts';

export interface SuppressInput {
  readonly files: Files;
  readonly sources: Sources;
  /** All that exist, on or off. */
  readonly rules: readonly Rule[];
  readonly settings: Settings;
  /** Hooks that ended before they had judged: what they would have found is not known. */
  readonly ended: readonly Ended[];
  readonly failed: readonly FailedRule[];
  readonly reportUnusedSuppressions: boolean;
  readonly rulesMissing: boolean;
}

export const suppress = (
  findings: readonly Finding[],
  { files, sources, rules, settings, ended, failed, reportUnusedSuppressions, rulesMissing }: SuppressInput,
): Omit<Suppressed, 'unused'> & { readonly problems: readonly StepProblem[] } => {
  const directives = files.paths.flatMap((path) => (/\.ya?ml$/.test(path) ? directivesOf(path, files.file(path)?.text ?? '') : []));
  const suppressions = suppressionsOf(directives);
  const { kept, suppressed, unused } = applySuppressions(findings, suppressions);
  const invalid = invalidSuppressions({
    directives,
    rules,
    needsReason: (path) => settings.optionsOf('lint/invalid-suppression', path)?.requireReason === true,
    mayNameAnyRule: rulesMissing,
  });
  const open = new Set([...ended, ...failed].map(({ ruleId }) => ruleId));
  const isJudged = ({ rule: id, directive }: Suppression) =>
    rules.some((rule) => rule.id === id && !rule.change) && settings.severityOf(id, directive.path) !== 'off' && !open.has(id);
  const problems = reportUnusedSuppressions ? unusedSuppressions(unused.filter(isJudged), suppressions, sources) : [];
  return { kept, suppressed, problems: [...invalid, ...problems] };
};
