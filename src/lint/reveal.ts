/** Findings and texts as reports get them: without what is secret, and without what rules mask. */
import type { Secrets } from '../graph/secrets/secrets.ts';
import type { Finding, FindingFix } from '../model/finding.ts';
import { memoByText } from '../model/memo.ts';
import type { Span } from '../model/span.ts';
import type { Sources } from './sources.ts';

export interface RevealInput {
  readonly secrets: Secrets;
  readonly sources: Sources;
  /** What rules ask to have hidden, for every finding near it. */
  readonly masks: readonly Span[];
}

export const createReveal = ({ secrets, sources, masks }: RevealInput) => {
  const shownSource = memoByText((path): string =>
    secrets.source(
      path,
      sources.file(path)?.text ?? '',
      masks.filter((mask) => mask.path === path),
    ),
  );
  const shownText = secrets.text;

  /** Whoever takes an edit out of a report would write stars: one that holds a secret stays here. */
  const holdsSecret = ({ edits }: FindingFix): boolean =>
    edits.some(({ path, range: [start, end], text }) => {
      const source = sources.file(path)?.text ?? '';
      return shownText(text) !== text || shownSource(path).slice(start, end) !== source.slice(start, end);
    });

  const shown = (finding: Finding): Finding => ({
    ...finding,
    message: shownText(finding.message),
    ...(finding.hint === undefined ? {} : { hint: shownText(finding.hint) }),
    related: finding.related.map((related) => ({ ...related, message: shownText(related.message) })),
    ...(finding.cause ? { cause: { ...finding.cause, place: shownText(finding.cause.place) } } : {}),
    ...(finding.object ? { object: { ...finding.object, name: shownText(finding.object.name) } } : {}),
    ...(finding.fix
      ? { fix: { ...finding.fix, description: shownText(finding.fix.description), isSecret: holdsSecret(finding.fix) } }
      : {}),
  });
  return { shown, shownText, shownSource };
};
