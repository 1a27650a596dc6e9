import type { Finding, Location } from '../model/finding.ts';
import { lineTable } from '../yaml/lines.ts';
import { commentsOf } from '../yaml/parse.ts';
import type { Sources } from './sources.ts';

/** A `# flux-lint-disable…` comment: which rules it holds for, and from which line to which. */
export interface Suppression {
  readonly path: string;
  readonly rules: readonly string[];
  readonly reason: string | undefined;
  readonly firstLine: number;
  readonly lastLine: number;
  /** Offsets of the comment. */
  readonly start: number;
  readonly end: number;
}

const directive = /^#+\s*flux-lint-(disable-line|disable-next-line|disable-file|disable|enable)\b\s*([\s\S]*)$/;

/** The suppressions of one file, in order. `disable` holds until `enable` names the same rule (or none: all of them). */
export const suppressionsOf = (path: string, text: string): readonly Suppression[] => {
  if (!text.includes('flux-lint-')) return [];
  const lines = lineTable(text);
  const found: Suppression[] = [];
  const open: Suppression[] = [];
  for (const { start, end, text: comment } of commentsOf(text)) {
    const match = directive.exec(comment);
    if (!match) continue;
    const [, word, rest = ''] = match;
    const [list = '', ...reasons] = rest.split(/\s--\s|^--\s/);
    const rules = list.split(/[\s,]+/).filter(Boolean);
    const reason = reasons.join(' -- ').trim() || undefined;
    const { line } = lines.position(start);
    const base = { path, rules, reason, start, end };
    if (word === 'disable-line') found.push({ ...base, firstLine: line, lastLine: line });
    else if (word === 'disable-next-line') found.push({ ...base, firstLine: line + 1, lastLine: line + 1 });
    else if (word === 'disable-file') found.push({ ...base, firstLine: 1, lastLine: Number.POSITIVE_INFINITY });
    else if (word === 'disable') open.push({ ...base, firstLine: line, lastLine: Number.POSITIVE_INFINITY });
    else close(open, found, rules, line);
  }
  return [...found, ...open].sort((a, b) => a.start - b.start);
};

const close = (open: Suppression[], found: Suppression[], rules: readonly string[], line: number): void => {
  for (const [index, suppression] of [...open.entries()].reverse()) {
    const isMeant = rules.length === 0 || suppression.rules.some((rule) => rules.includes(rule));
    if (!isMeant) continue;
    open.splice(index, 1);
    found.push({ ...suppression, lastLine: line });
  }
};

export interface Suppressed {
  readonly kept: readonly Finding[];
  readonly suppressed: readonly { readonly finding: Finding; readonly reason: string | undefined }[];
  /** Those that held back nothing. */
  readonly unused: readonly Suppression[];
}

/** A suppression at a finding's place, or at any of its related places, holds. */
export const applySuppressions = (findings: readonly Finding[], paths: Iterable<string>, sources: Sources): Suppressed => {
  const byPath = new Map<string, readonly Suppression[]>();
  for (const path of paths) {
    const suppressions = suppressionsOf(path, sources.file(path)?.text ?? '');
    if (suppressions.length > 0) byPath.set(path, suppressions);
  }
  const used = new Set<Suppression>();
  const kept: Finding[] = [];
  const suppressed: { finding: Finding; reason: string | undefined }[] = [];
  for (const finding of findings) {
    const places = [finding.location, ...finding.related.map((related) => related.location)];
    const holding = places.flatMap((place) => (byPath.get(place.path) ?? []).filter((suppression) => holds(suppression, finding, place)));
    const [first] = holding;
    for (const suppression of holding) used.add(suppression);
    if (first) suppressed.push({ finding, reason: first.reason });
    else kept.push(finding);
  }
  const unused = [...byPath.values()].flat().filter((suppression) => !used.has(suppression));
  return { kept, suppressed, unused };
};

const holds = (suppression: Suppression, finding: Finding, place: Location): boolean =>
  place.repository === undefined &&
  place.revision === undefined &&
  suppression.rules.includes(finding.ruleId) &&
  suppression.firstLine <= place.line &&
  place.line <= suppression.lastLine;
