import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../rules/index.ts';
import { type LintRequest, lintWorkspace } from '../src/analyze.ts';
import { checkoutPrefix } from '../src/config/checkouts.ts';
import { type Config, defaultConfig } from '../src/config/config.ts';
import { parseConfig } from '../src/config/read-config.ts';
import type { Uncommitted } from '../src/files/files.ts';
import { memoryFiles, textFile } from '../src/files/memory.ts';
import { unknownRepository } from '../src/files/repository.ts';
import { evaluateTerraform } from '../src/generate/terraform/evaluate-terraform.ts';
import type { LintResult } from '../src/lint/lint.ts';
import type { Example } from '../src/lint/rule-meta.ts';
import type { Location } from '../src/model/finding.ts';
import { type Severity, severities } from '../src/model/severity.ts';
import type { Workspace } from '../src/workspace.ts';
import { isChangeFixture, lintChange, sideOf } from './change-fixture.ts';

/** Files by path, relative to the fixture's root. */
export type Texts = Readonly<Record<string, string>>;

export interface Expected {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  /** Undefined: the rule's own. */
  readonly severity: Severity | undefined;
  /** Of the message. */
  readonly part: string | undefined;
}

export interface Fixture {
  /** As a user wrote them: without markers. */
  readonly texts: Texts;
  readonly expected: readonly Expected[];
}

export const readTexts = (directory: string): Texts => {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.sort().map((file) => [file.slice(directory.length + 1), readFileSync(file, 'utf8')]));
};

/** Takes the `# expect:` markers out, and the lines of `expect.txt`. */
export const toFixture = (marked: Texts): Fixture => {
  const texts: Record<string, string> = {};
  const expected: Expected[] = [];
  for (const [path, text] of Object.entries(marked)) {
    if (path === 'expect.txt') expected.push(...listed(text));
    else {
      const clean = withoutMarkers(path, text);
      texts[path] = clean.text;
      expected.push(...clean.expected);
    }
  }
  return { texts, expected };
};

const finding = '(?<rule>\\S+)(?: (?<severity>error|warning|info))?(?: "(?<part>[^"]*)")?';
const marker = new RegExp(`[ \\t]*# expect: ${finding}[ \\t]*$`);
const listing = new RegExp(`^(?<path>\\S+):(?<line>\\d+) ${finding}$`);

const withoutMarkers = (path: string, text: string) => {
  const lines: string[] = [];
  const expected: Expected[] = [];
  const waiting: Marked[] = [];
  for (const line of text.split('\n')) {
    const match = marker.exec(line);
    const rest = match ? line.slice(0, match.index) : line;
    if (match && rest.trim() === '') {
      waiting.push(markedBy(match));
      continue;
    }
    lines.push(rest);
    if (match) waiting.push(markedBy(match));
    for (const marked of waiting.splice(0)) expected.push({ path, line: lines.length, ...marked });
  }
  return { text: lines.join('\n'), expected };
};

const listed = (text: string): readonly Expected[] =>
  text.split('\n').flatMap((line) => {
    const match = listing.exec(line.trim());
    return match ? [{ path: match.groups?.path ?? '', line: Number(match.groups?.line), ...markedBy(match) }] : [];
  });

type Marked = Pick<Expected, 'rule' | 'severity' | 'part'>;

const markedBy = ({ groups }: RegExpExecArray): Marked => ({
  rule: groups?.rule ?? '',
  severity: severities.find((severity) => severity === groups?.severity),
  part: groups?.part,
});

/** An example is a cluster of its own, unless it says where its clusters are. */
export const exampleTexts = (example: Example): Texts => {
  const files = typeof example === 'string' ? { 'example.yaml': example } : example;
  if (isChangeFixture(files)) {
    const sides = (['before', 'after'] as const).map((side) =>
      Object.entries(exampleTexts(sideOf(files, side))).map(([path, text]) => [`${side}/${path}`, text] as const),
    );
    return Object.fromEntries(sides.flat());
  }
  if (Object.keys(files).some((path) => path.startsWith('clusters/'))) return files;
  const inCluster = Object.entries(files).map(([path, text]) => [`clusters/example/${path}`, text] as const);
  return { ...Object.fromEntries(inCluster), 'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n' };
};

/** Where in the fixture a finding lies: in the folder of the checkout, or of the revision, that it is in. */
export const fixturePath = (texts: Texts, { path, repository, revision }: Location): string => {
  if (isChangeFixture(texts)) return `${revision ?? 'after'}/${path}`;
  const checkout = workspaceOf(texts).config.repositories.find(({ url }) => url === repository);
  return checkout ? `${checkout.directory.replace(/^\/fixture\//, '')}/${path}` : path;
};

/**
 * Folders of a fixture that stand for other repositories: `repositories/<name>` is the checkout of a configured URL. What
 * git knows of the fixture's own stands in `git-status.txt` and `git-remotes.txt`, a URL on each line.
 */
export const workspaceOf = (texts: Texts): Workspace => {
  const configText = texts['.flux-lint.yaml'];
  const config: Config =
    configText === undefined ? defaultConfig : parseConfig(textFile('.flux-lint.yaml', configText), '/fixture/.flux-lint.yaml');
  const uncommitted = gitStatus(texts['git-status.txt'] ?? '');
  const isOwn = (path: string) =>
    !path.startsWith('repositories/') && path !== 'git-status.txt' && path !== 'git-remotes.txt' && uncommitted.get(path) !== 'ignored';
  const own = Object.fromEntries(Object.entries(texts).filter(([path]) => isOwn(path)));
  const mapped = config.repositories.map(({ url, directory }) => ({ url, directory, folder: directory.replace(/^\/fixture\//, '') }));
  const folders = mapped.filter(({ folder }) => !folder.startsWith('repositories/'));
  const checkouts = mapped
    .filter(({ folder }) => folder.startsWith('repositories/'))
    .map(({ url, directory }) => {
      const folder = directory.replace(/^\/fixture\//, '');
      const inside = Object.entries(texts).filter(([path]) => path.startsWith(`${folder}/`));
      const files = memoryFiles(Object.fromEntries(inside.map(([path, text]) => [path.slice(folder.length + 1), text])), {
        prefix: checkoutPrefix(url),
      });
      return { url, files, prefix: checkoutPrefix(url) };
    });
  const remotes = (texts['git-remotes.txt'] ?? '').split('\n').filter((url) => url !== '');
  return {
    terraform: evaluateTerraform,
    files: memoryFiles(own, { uncommitted }),
    config,
    checkouts,
    missing: [],
    folders,
    repository: { ...unknownRepository, remotes },
  };
};

/** Lines of `git-status.txt`: `ignored PATH`, `untracked PATH`. */
const gitStatus = (text: string): ReadonlyMap<string, Uncommitted> =>
  new Map(
    text.split('\n').flatMap((line) => {
      const match = /^(ignored|untracked) (\S+)$/.exec(line);
      return match ? [[match[2] ?? '', match[1] === 'ignored' ? 'ignored' : 'untracked'] as const] : [];
    }),
  );

export interface LintOptions {
  readonly only?: readonly string[];
  readonly baseline?: LintRequest['baseline'];
  /** Each finding by itself, as fixtures mark them: what has one cause is told together by default. */
  readonly isApart?: boolean;
}

export const lintTexts = (texts: Texts, options: LintOptions = {}): LintResult =>
  withoutFailures(isChangeFixture(texts) ? lintChange(texts, workspaceOf, options.only ?? []) : lintAll(workspaceOf(texts), options));

/** A rule that throws fails its test. */
const withoutFailures = (result: LintResult): LintResult => {
  for (const { ruleId, error } of result.failed) throw new Error(`rule ${ruleId}`, { cause: error });
  return result;
};

/** Every rule, as a run from the command line has them. */
export const everyRule = {
  rules,
  paths: [],
  clusters: [],
  only: [],
  severities: {},
  reportUnusedSuppressions: true,
  baseline: undefined,
  rulesMissing: false,
} as const;

export const lintAll = (workspace: Workspace, { only = [], baseline, isApart = false }: LintOptions = {}): LintResult =>
  lintWorkspace(workspace, { ...everyRule, only, baseline, isApart });
