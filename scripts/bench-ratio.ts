/**
 * `npm run bench -- ratio DIRECTORY...`: what evaluation and rules cost from cold, beside parsing every YAML file of the directory
 * once with the `yaml` package; each in processes of their own, in turn, in processor time, with the patience that the command
 * asks of V8. Prints medians of five and ratios.
 */
import { basename } from 'node:path';
import { median } from './processor-time.ts';

const runs = 5;

/** One run of a measurement of the worker in a directory: the figures that it prints last. */
export type Measured = (mode: string, directory: string) => readonly number[];

export const ratios = (directories: readonly string[], measured: Measured): void => {
  console.log(row('', ['YAML files', 'judged', 'parsed', 'ratio']));
  const all = directories.map((directory) => ratioOf(directory, measured));
  console.log(row('median', ['', '', '', median(all).toFixed(2)]));
};

const ratioOf = (directory: string, measured: Measured): number => {
  const judged: number[] = [];
  const parsed: number[] = [];
  let files = 0;
  for (let run = 0; run < runs; run++) {
    judged.push(...measured('judged', directory).slice(0, 1));
    const [milliseconds = 0, count = 0] = measured('parsed', directory);
    parsed.push(milliseconds);
    files = count;
  }
  const ratio = median(judged) / median(parsed);
  console.log(row(basename(directory), [`${files}`, seconds(median(judged)), seconds(median(parsed)), ratio.toFixed(2)]));
  return ratio;
};

const row = (name: string, figures: readonly string[]): string =>
  [name.padEnd(44), ...figures.map((figure) => figure.padStart(10))].join(' ');

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
