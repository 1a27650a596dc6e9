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

/** One line for each entry, in an order that keeps additions apart, so that two branches merge line by line. */
export const formatBaseline = (entries: readonly BaselineEntry[]): string =>
  [heading, ...entries.map(({ fingerprint, ruleId, path }) => `${fingerprint} ${ruleId} ${path}`), ''].join('\n');

const heading = '# Known findings, which flux-lint does not report: fingerprint, rule, file. Written by --update-baseline.';

/**
 * @param path what the file is called in messages
 * @throws UsageError with `path:line` for a line that is no entry
 */
export const parseBaseline = (text: string, path: string): readonly BaselineEntry[] =>
  text.split('\n').flatMap((line, index) => {
    const entry = line.trim();
    if (entry === '' || entry.startsWith('#')) return [];
    const [, fingerprint, ruleId, file] = /^([0-9a-f]{32}) (\S+\/\S+) (.+)$/.exec(entry) ?? [];
    if (fingerprint !== undefined && ruleId !== undefined && file !== undefined) return { fingerprint, ruleId, path: file };
    throw new UsageError(`${path}:${index + 1}: no entry of a baseline`, 'Repair the line, or take it out.');
  });
