/** More findings than any reader takes, in more clusters than a line holds. */
import type { CheckResult } from '../../src/lint/result.ts';
import type { Finding, Location } from '../../src/model/finding.ts';
import { severities } from '../../src/model/severity.ts';
import { cleanResult, sampleRules } from './sample.ts';

const clusters = Array.from({ length: 200 }, (_, index) => `production-eu-west-${String(index).padStart(3, '0')}`);

/** Text that no compressor makes nothing of, the same in every run: a linear congruential generator. */
const noise = (length: number): string => {
  let state = 1;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state.toString(36);
  };
  return Array.from({ length: Math.ceil(length / 5) }, next)
    .join('')
    .slice(0, length);
};

const names = noise(200_000);

const nameOf = (index: number): string => names.slice((index * 17) % 190_000, ((index * 17) % 190_000) + 12);

const place = (index: number): Location => ({
  path: `apps/${nameOf(index)}/base/${nameOf(index + 1)}.yaml`,
  line: (index % 300) + 1,
  column: 5,
  endLine: (index % 300) + 1,
  endColumn: 25,
});

export interface Crowd {
  readonly count: number;
  /** How many places each names on its paths, and as many beside them. */
  readonly places: number;
}

/** A result of so many findings, mild ones first. */
export const crowd = ({ count, places }: Crowd): CheckResult => {
  const findings = Array.from({ length: count }, (_, index) => findingOf(index, count, places));
  const countOf = (wanted: string) => findings.filter(({ severity }) => severity === wanted).length;
  const counts = { errors: countOf('error'), warnings: countOf('warning'), infos: countOf('info') };
  return { ...cleanResult, findings, summary: { ...cleanResult.summary, ...counts } };
};

const findingOf = (index: number, count: number, places: number): Finding => ({
  ruleId: sampleRules[index % sampleRules.length]?.id ?? '',
  severity: severities.toReversed()[Math.floor((index * severities.length) / count)] ?? 'error',
  message: `${nameOf(index)} waits for ${nameOf(index + 2)}, which is not on this cluster. Flux never deploys it.`,
  hint: `Name one that there is, such as ${nameOf(index + 3)}.`,
  location: place(index),
  related: Array.from({ length: places * 2 }, (_, step) => ({
    location: place(index + step * 31),
    message: `flux-system/${nameOf(index + step)} builds it`,
    ...(step % 2 === 0 ? { flow: `cluster-${step >> 3}` } : {}),
  })),
  object: { apiVersion: 'v1', kind: 'ConfigMap', namespace: nameOf(index + 5), name: nameOf(index) },
  reach: { clusters, environments: ['production'], tenants: [] },
  fingerprint: `${index}`.padStart(32, '0'),
});
