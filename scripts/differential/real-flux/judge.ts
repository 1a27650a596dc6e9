/** What a result says about a rule. */
import { claims } from './claims.ts';
import { leftOut } from './exceptions.ts';
import type { NotReady } from './outcome.ts';
import type { Result } from './results.ts';

export type Verdict =
  | { readonly type: 'agreed' }
  | { readonly type: 'disagreed'; readonly why: string }
  /** Such a cluster cannot show it. */
  | { readonly type: 'undecidable'; readonly why: string };

/**
 * Of a bad case something is not ready for the reason told. Of a good case everything is, but for what another rule tells
 * of, since a case is as short as can be and every rule has its own.
 */
export const judge = (result: Result): Verdict => {
  const { rule, told, notReady } = result;
  if (result.cluster === '') return { type: 'undecidable', why: 'no cluster applies it' };
  const reason = leftOut.get(`${rule}/${result.case}`);
  if (reason !== undefined) return { type: 'undecidable', why: reason };
  const isTold = (by: string) => notReady.some(({ message }) => claims.get(by)?.test(message) === true);
  if (told.all.includes(rule) && isTold(rule)) return { type: 'agreed' };
  const [lacking] = notReady.flatMap((object) => outsideReason(object) ?? []);
  if (lacking !== undefined) return { type: 'undecidable', why: lacking };
  if (told.byRule) return { type: 'disagreed', why: wordsOf(notReady) };
  const isExplained = notReady.length === 0 || told.all.some((other) => other !== rule && (isTold(other) || !isTold(rule)));
  return isExplained ? { type: 'agreed' } : { type: 'disagreed', why: wordsOf(notReady) };
};

const wordsOf = (notReady: readonly NotReady[]): string =>
  notReady.length === 0
    ? 'everything is ready'
    : notReady.map(({ object, message, status }) => `${object}: ${(message || status).trim()}`).join('; ');

/** What is not on this machine: another repository, a registry, nodes, whoever else defines kinds or keeps secrets. */
const outsideReason = ({ message, reason }: NotReady): string | undefined =>
  outsideReasons.find(({ pattern }) => pattern.test(`${reason}: ${message.trim()}`))?.why;

const outsideReasons: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /ExternalArtifact feature gate is disabled/, why: 'a feature gate that is off by default' },
  { pattern: /no matches for kind/, why: 'a kind that nothing here defines' },
  { pattern: /git fetch|dial tcp|proxyconnect|unable to clone|no such host/, why: 'a repository, registry or bucket elsewhere' },
  { pattern: /^\w+: secrets "[^"]+" not found$/, why: 'a key that only the cluster has' },
  { pattern: /could not get Source object|failed to get source/, why: 'a chart' },
];
