import type { StepProblem } from '../../model/problem.ts';
import { didYouMean, nearest } from '../../model/spelling.ts';
import { nearestRule } from '../known-rule.ts';
import type { RuleMeta } from '../rule-meta.ts';
import { type Directive, directiveWords } from './suppressions.ts';

export interface InvalidSuppressionsInput {
  readonly directives: readonly Directive[];
  readonly rules: readonly RuleMeta[];
  /** Whether suppressions in a file must say why. */
  readonly needsReason: (path: string) => boolean;
  /** Rules of plugins that were not loaded may have any name. */
  readonly mayNameAnyRule: boolean;
}

/** Directives that suppress nothing because of how they are written: `lint/invalid-suppression`. */
export const invalidSuppressions = ({
  directives,
  rules,
  needsReason,
  mayNameAnyRule,
}: InvalidSuppressionsInput): readonly StepProblem[] => {
  const known = new Set(rules.map(({ id }) => id));
  return directives.flatMap((directive) => {
    const { path, start, end, word } = directive;
    const problem = (message: string, hint?: string): StepProblem => ({
      ruleId: 'lint/invalid-suppression',
      at: { span: { path, start, end }, via: [] },
      message,
      hint,
    });
    if (!isWord(word)) {
      return problem(`There is no flux-lint-${word}. The comment does nothing.`, didYouMean(`flux-lint-${nearest(word, directiveWords)}`));
    }
    const unknown = mayNameAnyRule ? undefined : directive.rules.find((rule) => !known.has(rule));
    if (unknown !== undefined) {
      const hint = didYouMean(nearestRule(unknown, rules)) ?? '"flux-lint rules" lists them.';
      return problem(`There is no rule "${unknown}". Nothing is suppressed under that name.`, hint);
    }
    if (word === 'enable') return [];
    if (directive.rules.length === 0) {
      return problem(`flux-lint-${word} names no rule and suppresses nothing.`, `Name the rules: # flux-lint-${word} RULE -- reason`);
    }
    if (directive.reason === undefined && needsReason(path)) {
      return problem(
        `The suppression of ${directive.rules.join(', ')} gives no reason, and the configuration asks for one.`,
        `Write why behind the rules: # flux-lint-${word} ${directive.rules.join(', ')} -- reason`,
      );
    }
    return [];
  });
};

const isWord = (word: string): boolean => directiveWords.some((known) => known === word);
