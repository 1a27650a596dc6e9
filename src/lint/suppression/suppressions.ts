import { grouped } from '../../model/grouped.ts';
import { nearest } from '../../model/spelling.ts';
import { commentsOf } from '../../yaml/comments.ts';
import { lineTable } from '../../yaml/lines.ts';

/** A comment that speaks to the linter: `# flux-lint-WORD RULE[, RULE] -- reason`. */
export interface Directive {
  readonly path: string;
  /** As written: `disable-line`, or something that was meant to be one of the words. */
  readonly word: string;
  readonly rules: readonly string[];
  readonly reason: string | undefined;
  /** 1-based. */
  readonly line: number;
  /** Offsets of the comment. */
  readonly start: number;
  readonly end: number;
  /** Offsets of the names of the rules. */
  readonly list: { readonly start: number; readonly end: number };
}

/** One rule that a directive suppresses, from which line to which. */
export interface Suppression {
  readonly directive: Directive;
  readonly rule: string;
  readonly firstLine: number;
  readonly lastLine: number;
  /** The `enable` that ends it. */
  readonly closedBy?: Directive;
}

export const directiveWords = ['disable-line', 'disable-next-line', 'disable-file', 'disable', 'enable'] as const;

const pattern = /^#+\s*flux-lint-([a-z-]+)(?!\w)\s*:?\s*([\s\S]*)$/;

/** The directives of one file, in order. A word of which none is near is somebody else's. */
export const directivesOf = (path: string, text: string): readonly Directive[] => {
  if (!text.includes('flux-lint-')) return [];
  const lines = lineTable(text);
  return commentsOf(text).flatMap(({ start, text: written }) => {
    const comment = written.trimEnd();
    const [, word, rest = ''] = pattern.exec(comment) ?? [];
    if (word === undefined || nearest(word, directiveWords) === undefined) return [];
    const [list = '', ...reasons] = rest.split(/(?:^|\s)--(?:\s|$)/);
    const listStart = start + comment.length - rest.length;
    return {
      path,
      word,
      rules: list.split(/[\s,]+/).filter(Boolean),
      reason: reasons.join(' -- ').trim() || undefined,
      line: lines.position(start).line,
      start,
      end: start + comment.length,
      list: { start: listStart, end: listStart + list.trimEnd().length },
    };
  });
};

/**
 * What directives suppress, in their order, file by file. `disable` holds until an `enable` of the same rule in the same
 * file, or of none: that is all of them.
 */
export const suppressionsOf = (directives: readonly Directive[]): readonly Suppression[] =>
  [...grouped(directives, ({ path }) => path).values()].flatMap(suppressionsIn);

const suppressionsIn = (directives: readonly Directive[]): readonly Suppression[] => {
  const found: Suppression[] = [];
  const open = new Map<string, Suppression[]>();
  for (const directive of directives) {
    const { line, word, rules } = directive;
    const ended = word !== 'enable' ? [] : rules.length === 0 ? [...open.keys()] : rules;
    for (const rule of ended) {
      for (const suppression of open.get(rule) ?? []) found.push({ ...suppression, lastLine: line, closedBy: directive });
      open.delete(rule);
    }
    const lines = linesOf(word, line);
    if (lines === undefined) continue;
    for (const rule of rules) {
      const suppression = { directive, rule, ...lines };
      if (word !== 'disable') found.push(suppression);
      else if (!open.get(rule)?.push(suppression)) open.set(rule, [suppression]);
    }
  }
  for (const suppressions of open.values()) for (const suppression of suppressions) found.push(suppression);
  return found.sort((a, b) => a.directive.start - b.directive.start);
};

const linesOf = (word: string, line: number): Pick<Suppression, 'firstLine' | 'lastLine'> | undefined => {
  switch (word) {
    case 'disable-line':
      return { firstLine: line, lastLine: line };
    case 'disable-next-line':
      return { firstLine: line + 1, lastLine: line + 1 };
    case 'disable-file':
      return { firstLine: 1, lastLine: Number.POSITIVE_INFINITY };
    case 'disable':
      return { firstLine: line, lastLine: Number.POSITIVE_INFINITY };
    default:
      return undefined;
  }
};
