/** Where the time of a run went, for who wants it back: steps in their order, the dearest rules, memory. */
import type { Finding } from '../../model/finding.ts';
import type { Counted, Step } from '../../model/watch.ts';
import { amount, withCommas } from '../words.ts';

/** In milliseconds. What a step does within another counts for itself alone. */
export interface Timings {
  readonly steps: ReadonlyMap<Step, number>;
  /** By id. */
  readonly rules: ReadonlyMap<string, number>;
  readonly counts: ReadonlyMap<Counted, number>;
}

export interface StatsInput {
  readonly timings: Timings;
  readonly findings: readonly Finding[];
  /** Milliseconds from the start of the process to the first step. */
  readonly startUp: number;
  /** Milliseconds from the start of the process to now. */
  readonly total: number;
  /** Bytes. */
  readonly peakMemory: number;
}

export const statsText = (input: StatsInput): string => {
  const parts = [stepRows(input), ruleRows(input)].filter((rows) => rows.length > 1).map(table);
  return `\n${parts.join('\n')}\nPeak memory: ${withCommas(input.peakMemory / 2 ** 20)} MB\n`;
};

type Row = readonly [name: string, time: string, share: string, count: string];

const stepRows = ({ timings: { steps, rules, counts }, findings, startUp, total }: StatsInput): readonly Row[] => {
  const count = (what: Counted) => amount(counts.get(what) ?? 0, what);
  const judging = [...rules.values()].reduce((sum, time) => sum + time, steps.get('rules') ?? 0);
  const known = [
    ['start-up', startUp, ''],
    ['files', steps.get('files') ?? 0, ''],
    ['parsing', steps.get('parsing') ?? 0, count('file')],
    ['evaluation', steps.get('evaluation') ?? 0, `${count('cluster')}, ${count('object')}`],
    ['graph', steps.get('graph') ?? 0, ''],
    ['rules', judging, count('rule')],
    ['findings', steps.get('findings') ?? 0, amount(findings.length, 'finding')],
    ['report', steps.get('report') ?? 0, ''],
  ] as const;
  const other = total - known.reduce((sum, [, time]) => sum + time, 0);
  const rows = [...known, ['other', other, ''], ['total', total, '']] as const;
  return [['step', 'ms', 'share', ''], ...rows.map(([name, time, what]): Row => [name, withCommas(time), share(time, total), what])];
};

const dearest = 10;

const ruleRows = ({ timings: { rules }, findings, total }: StatsInput): readonly Row[] => {
  const found = (id: string) => findings.filter(({ ruleId }) => ruleId === id).length;
  const byTime = [...rules].sort(([, a], [, b]) => b - a).slice(0, dearest);
  return [
    ['rule', 'ms', 'share', 'findings'],
    ...byTime.map(([id, time]): Row => [id, withCommas(time), share(time, total), withCommas(found(id))]),
  ];
};

const share = (time: number, total: number): string => `${Math.round((100 * time) / total)} %`;

const table = (rows: readonly Row[]): string => {
  const width = (column: 0 | 1 | 2) => Math.max(...rows.map((row) => row[column].length));
  const [name, time, part] = [width(0), width(1), width(2)];
  const line = (row: Row) => `${row[0].padEnd(name)}  ${row[1].padStart(time)}  ${row[2].padStart(part)}  ${row[3]}`;
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('');
};
