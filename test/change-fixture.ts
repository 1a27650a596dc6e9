/** Fixtures of two revisions: what lies in `before/` and in `after/`. */
import { rules } from '../rules/index.ts';
import { type EvaluatedChange, evaluateChange } from '../src/analyze-change.ts';
import type { ChangedFile } from '../src/files/changed-files.ts';
import { textFile } from '../src/files/memory.ts';
import { filesView } from '../src/files/view.ts';
import { type LintResult, lint } from '../src/lint/lint.ts';
import type { Workspace } from '../src/workspace.ts';
import type { Texts } from './fixture.ts';

export const isChangeFixture = (texts: Texts): boolean => Object.keys(texts).some((path) => path.startsWith('after/'));

/** The files of one side, without the folder. */
export const sideOf = (texts: Texts, side: 'before' | 'after'): Texts =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([path, text]) => (path.startsWith(`${side}/`) ? [[path.slice(side.length + 1), text] as const] : [])),
  );

interface Revisions {
  readonly before: Texts;
  readonly after: Texts;
  /** Of the texts after. */
  readonly head: Workspace;
}

const prefix = 'git:before#';

/** A change of texts, as from git: what is equal on both sides is one file. */
export const evaluatedChange = ({ before, after, head }: Revisions): EvaluatedChange => {
  const files = filesView({
    paths: Object.keys(before),
    open: (path) => (before[path] === after[path] ? head.files.file(path) : textFile(prefix + path, before[path] ?? '')),
  });
  const workspaces = { base: { ...head, files }, head };
  return evaluateChange({ workspaces, revision: 'before', basePrefix: prefix, changes: changesBetween(before, after) });
};

export const lintChange = (texts: Texts, workspaceOf: (texts: Texts) => Workspace, only: readonly string[]): LintResult => {
  const before = sideOf(texts, 'before');
  const after = sideOf(texts, 'after');
  const head = workspaceOf(after);
  const change = evaluatedChange({ before, after, head });
  return lint({
    graph: change.head.graph,
    parse: change.head.parse,
    sources: change.sources,
    impact: change.impact,
    files: head.files,
    config: head.config,
    rules,
    only,
    paths: [],
    clusters: [],
    severities: {},
    reportUnusedSuppressions: false,
    baseline: undefined,
    rulesMissing: false,
  });
};

const changesBetween = (before: Texts, after: Texts): readonly ChangedFile[] => {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths.flatMap((path): readonly ChangedFile[] => {
    if (before[path] === after[path]) return [];
    return [{ path, status: before[path] === undefined ? 'added' : after[path] === undefined ? 'deleted' : 'modified' }];
  });
};
