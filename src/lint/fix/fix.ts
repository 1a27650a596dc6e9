import type { Files } from '../../files/files.ts';
import { overlayFiles } from '../../files/overlay.ts';
import type { Finding } from '../../model/finding.ts';
import { applyFixes, type Safety } from './apply-fixes.ts';

/** A file before and after its fixes. */
export interface FixedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface Fixed<Result> {
  /** What is found when nothing is left to fix. */
  readonly result: Result;
  readonly files: readonly FixedFile[];
  /** How many findings were fixed. */
  readonly count: number;
  /** Files in which a fix would have changed more than it should, and was not made. */
  readonly refused: readonly string[];
}

/** What the fix of one finding makes of its files; nothing where it would change more than it should. */
export const fixOne = (files: Files, finding: Pick<Finding, 'fix'>): readonly FixedFile[] => {
  const { texts } = applyFixes([finding], (path) => files.file(path)?.text, ['safe', 'unsafe']);
  return changedIn(files, texts);
};

const maxRounds = 10;

/**
 * Applies fixes and lints the result again, until nothing changes. Nothing is written: each round sees the texts of the
 * one before it.
 */
export const fixAll = <Result extends { readonly findings: readonly Finding[] }>(
  files: Files,
  lintFiles: (files: Files) => Result,
  safeties: readonly Safety[],
): Fixed<Result> => {
  let texts: Readonly<Record<string, string>> = {};
  let result = lintFiles(files);
  let count = 0;
  const refused = new Set<string>();
  for (let round = 0; round < maxRounds; round++) {
    const view = overlayFiles(files, texts);
    const applied = applyFixes(result.findings, (path) => view.file(path)?.text, safeties);
    for (const path of applied.refused) refused.add(path);
    if (applied.count === 0) break;
    texts = { ...texts, ...applied.texts };
    count += applied.count;
    result = lintFiles(overlayFiles(files, texts));
  }
  return { result, count, files: changedIn(files, texts), refused: [...refused].sort() };
};

const changedIn = (files: Files, texts: Readonly<Record<string, string>>): readonly FixedFile[] =>
  Object.entries(texts)
    .map(([path, after]) => ({ path, before: files.file(path)?.text ?? '', after }))
    .filter(({ before, after }) => before !== after)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
