import { byText } from '../files/files.ts';
import type { Finding } from '../model/finding.ts';
import { UsageError } from '../model/usage-error.ts';

/** A finding that is known and accepted for now. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly ruleId: string;
  readonly path: string;
}

/** What a baseline makes of the findings of a run. */
export interface Baselined {
  readonly kept: readonly Finding[];
  /** How many findings the baseline suppresses. */
  readonly count: number;
  /** How many of its entries nothing matches any more. */
  readonly stale: number;
  /** The entries an updated baseline has: sorted, without the stale ones. */
  readonly next: readonly BaselineEntry[];
}

export interface BaselineInput {
  readonly entries: readonly BaselineEntry[];
  /** Take every finding that is asked for into the baseline. */
  readonly update: boolean;
  /** Every finding of the run. */
  readonly findings: readonly Finding[];
  readonly isAsked: (finding: Finding) => boolean;
  /** False for rules that this run left out: their entries are not stale. */
  readonly isJudged: (ruleId: string) => boolean;
}

/** Suppresses the findings that a baseline knows by their fingerprints. */
export const applyBaseline = ({ entries, update, findings, isAsked, isJudged }: BaselineInput): Baselined => {
  const known = new Set(entries.map(({ fingerprint }) => fingerprint));
  const found = new Set(findings.map(({ fingerprint }) => fingerprint));
  const living = entries.filter(({ fingerprint, ruleId }) => found.has(fingerprint) || !isJudged(ruleId));
  const asked = findings.filter(isAsked);
  const kept = update ? [] : asked.filter(({ fingerprint }) => !known.has(fingerprint));
  const next = new Map(living.map((entry) => [entry.fingerprint, entry] as const));
  if (update) for (const finding of asked) next.set(finding.fingerprint, entryOf(finding));
  return { kept, count: asked.length - kept.length, stale: entries.length - living.length, next: [...next.values()].sort(byFingerprint) };
};

const entryOf = ({ fingerprint, ruleId, location: { path } }: Finding): BaselineEntry => ({ fingerprint, ruleId, path });

const byFingerprint = (a: BaselineEntry, b: BaselineEntry): number => byText(a.fingerprint, b.fingerprint);

/**
 * One line for each entry, in an order that keeps additions apart, so that two branches merge line by line.
 *
 * @param path a name that ends in `.json` gets JSON
 */
export const formatBaseline = (entries: readonly BaselineEntry[], path: string): string =>
  path.endsWith('.json') ? jsonOf(entries) : linesOf(entries);

const jsonOf = (entries: readonly BaselineEntry[]): string => {
  const lines = entries.map(({ fingerprint, ruleId, path }) => `    ${JSON.stringify({ fingerprint, ruleId, path })}`);
  return `{\n  "version": 1,\n  "findings": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`;
};

const linesOf = (entries: readonly BaselineEntry[]): string =>
  [heading, ...entries.map(({ fingerprint, ruleId, path }) => `${fingerprint} ${ruleId} ${path}`), ''].join('\n');

const heading = '# Known findings, which flux-lint does not report: fingerprint, rule, file. Written by --update-baseline.';

/**
 * Lines or JSON, whatever the file is called.
 *
 * @param path what the file is called in messages
 * @throws UsageError with `path:line` for a line that is no entry, and for JSON that is no baseline
 */
export const parseBaseline = (text: string, path: string): readonly BaselineEntry[] =>
  /^\s*\{/.test(text) ? parseJson(text, path) : parseLines(text, path);

const parseJson = (text: string, path: string): readonly BaselineEntry[] => {
  const fail = () => new UsageError(`${path} is no baseline`, 'Write it anew with --update-baseline.');
  try {
    const value: unknown = JSON.parse(text);
    const findings: unknown = typeof value === 'object' && value !== null && 'findings' in value ? value.findings : undefined;
    if (!Array.isArray(findings) || !findings.every(isEntry)) throw fail();
    return findings.map(({ fingerprint, ruleId, path: file }) => ({ fingerprint, ruleId, path: file }));
  } catch {
    throw fail();
  }
};

const isEntry = (value: unknown): value is BaselineEntry => {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return ['fingerprint', 'ruleId', 'path'].every((key) => typeof fields.get(key) === 'string');
};

const parseLines = (text: string, path: string): readonly BaselineEntry[] =>
  text.split('\n').flatMap((line, index) => {
    const entry = line.trim();
    if (entry === '' || entry.startsWith('#')) return [];
    const [, fingerprint, ruleId, file] = /^([0-9a-f]{32}) (\S+\/\S+) (.+)$/.exec(entry) ?? [];
    if (fingerprint !== undefined && ruleId !== undefined && file !== undefined) return { fingerprint, ruleId, path: file };
    throw new UsageError(`${path}:${index + 1}: no entry of a baseline`, 'Repair the line, or take it out.');
  });
