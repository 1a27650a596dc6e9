import { grouped } from '../../model/grouped.ts';
import type { Edit, Fix, StepProblem } from '../../model/problem.ts';
import type { Sources } from '../sources.ts';
import type { Directive, Suppression } from './suppressions.ts';

/** Suppressions of rules that ran and found nothing to suppress: `lint/unused-suppression`, one for each comment. */
export const unusedSuppressions = (
  unused: readonly Suppression[],
  all: readonly Suppression[],
  sources: Sources,
): readonly StepProblem[] => {
  const byDirective = grouped(all, ({ directive }) => directive);
  const endedBy = grouped(all, ({ closedBy }) => closedBy);
  const endsOthers = (enable: Directive, than: Directive) => endedBy.get(enable)?.some(({ directive }) => directive !== than) === true;
  return [...grouped(unused, ({ directive }) => directive)].map(([directive, suppressions]) => {
    const rules = suppressions.map(({ rule }) => rule);
    const { path, start, end } = directive;
    return {
      ruleId: 'lint/unused-suppression',
      at: { span: { path, start, end }, via: [] },
      message: `The comment suppresses no finding of ${rules.join(', ')}. The next one that comes here would be silent.`,
      hint: 'Remove it.',
      fix: fixOf({ directive, rules: new Set(rules), own: byDirective.get(directive) ?? [], endsOthers }, sources.file(path)?.text ?? ''),
    };
  });
};

interface Unused {
  readonly directive: Directive;
  readonly rules: ReadonlySet<string>;
  readonly own: readonly Suppression[];
  readonly endsOthers: (enable: Directive, than: Directive) => boolean;
}

/** Takes the whole comment out, with the `enable` that only ends it; or, where others are used, the names alone. */
const fixOf = ({ directive, rules, own, endsOthers }: Unused, text: string): Fix => {
  const { path, list } = directive;
  const used = directive.rules.filter((rule) => !rules.has(rule));
  if (used.length > 0) {
    const edit: Edit = { span: { path, ...list }, text: used.join(', ') };
    return { description: `take ${[...rules].join(', ')} out of the comment`, safety: 'safe', edits: [edit] };
  }
  const enables = new Set(own.flatMap(({ closedBy }) => closedBy ?? []));
  const comments = [directive, ...[...enables].filter((enable) => !endsOthers(enable, directive))];
  return { description: 'remove the comment', safety: 'safe', edits: comments.map((comment) => removal(comment, text)) };
};

/** A comment on a line of its own goes with the line; behind something it goes with the blanks before it. */
const removal = ({ path, start, end }: Directive, text: string): Edit => {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(lineStart, start);
  if (before.trim() !== '') return { span: { path, start: lineStart + before.trimEnd().length, end }, text: '' };
  const newline = text.indexOf('\n', end);
  return { span: { path, start: lineStart, end: newline === -1 ? text.length : newline + 1 }, text: '' };
};
