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

/** What directives suppress. `disable` holds until an `enable` of the same rule, or of none: that is all of them. */
export const suppressionsOf = (directives: readonly Directive[]): readonly Suppression[] => {
  const found: Suppression[] = [];
  let open: Suppression[] = [];
  for (const directive of directives) {
    const { line, word, rules } = directive;
    const lines = linesOf(word, line);
    const ends = ({ rule }: Suppression) => word === 'enable' && (rules.length === 0 || rules.includes(rule));
    found.push(...open.filter(ends).map((suppression) => ({ ...suppression, lastLine: line, closedBy: directive })));
    open = open.filter((suppression) => !ends(suppression));
    if (lines) (word === 'disable' ? open : found).push(...rules.map((rule) => ({ directive, rule, ...lines })));
  }
  return [...found, ...open].sort((a, b) => a.directive.start - b.directive.start);
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
