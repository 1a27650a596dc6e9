import { resolve } from 'node:path';
import type { CheckResult } from '../../lint/result.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Watch } from '../../model/watch.ts';
import type { ReportOptions } from '../../report/check/check-report.ts';
import { type CheckFormat, checkFormatNames } from '../../report/check/format-names.ts';
import { checkFormats } from '../../report/check/formats.ts';
import { groupings } from '../../report/check/groupings.ts';
import type { LinkOf } from '../link.ts';
import * as shared from '../options.ts';
import { colourFor } from '../terminal/colour.ts';
import { takesHyperlinks } from '../terminal/hyperlinks.ts';
import type { Io } from '../terminal/io.ts';
import { lineWidth, writeReport } from '../terminal/output.ts';

export const reportOption = {
  report: { type: 'string', array: true, requiresArg: true, describe: 'FORMAT=FILE: write this report as well; repeatable' },
} as const;

/** How much of a result the report for people has, and how it is sorted. */
export const readingOptions = {
  'group-by': {
    type: 'string',
    requiresArg: true,
    describe: `List every finding below ${groupings.slice(0, -1).join(', ')}, or below ${groupings.at(-1)}`,
    completes: groupings,
  },
  statistics: { type: 'boolean', describe: 'Counts by rule and severity instead of findings; with json: too' },
} as const;

/** A report that is written beside the one that `--format` and `--output` ask for. */
export interface ExtraReport {
  readonly format: CheckFormat;
  readonly file: string;
}

/** `FORMAT=FILE` options. One file for two reports would keep only the last, so it is refused, however it is written. */
export const reportsOf = (values: readonly string[] = [], output: string | undefined, { cwd }: Pick<Io, 'cwd'>): readonly ExtraReport[] => {
  const taken = new Set(output === undefined ? [] : [resolve(cwd, output)]);
  return values.map((value) => {
    const [, format, file] = /^([^=]*)=(.+)$/s.exec(value) ?? [];
    if (format === undefined || file === undefined) throw new UsageError(`--report cannot be "${value}"`, 'Write --report FORMAT=FILE.');
    const path = resolve(cwd, file);
    if (taken.has(path)) throw new UsageError(`two reports would be written to ${file}`, 'Give each a file of its own.');
    taken.add(path);
    return { format: shared.oneOf('--report', format, checkFormatNames), file };
  });
};

export interface ReportArguments {
  readonly color?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly 'group-by'?: string | undefined;
  readonly statistics?: boolean | undefined;
  readonly only?: readonly string[] | undefined;
}

/** What writing a report wants to know of the run. */
export interface Writing {
  readonly given: ReportArguments;
  readonly io: Io;
  readonly watch: Watch;
  readonly link: LinkOf;
}

/** A result as a text in this format, for a file or, without one, for standard output. */
export const reportText = async (
  result: CheckResult,
  { format, file, given, io, watch, link }: Writing & { readonly format: CheckFormat; readonly file: string | undefined },
): Promise<string> => {
  const report = await checkFormats[format]();
  const colour = colourFor(io, given.color, file !== undefined);
  const look: ReportOptions = {
    colour,
    links: takesHyperlinks(io, { toFile: file !== undefined, hasColour: colour.level > 0 }),
    width: lineWidth(io, file),
    verbose: given.verbose === true,
    quiet: given.quiet === true,
    groupBy: groupingOf(given),
    statistics: given.statistics === true,
    link: link(result),
    isNarrowed: (given.only ?? []).length > 0,
  };
  return watch.during('report', () => report(result, look));
};

/** @throws UsageError for what nothing can be grouped by */
export const groupingOf = ({ 'group-by': given }: Pick<ReportArguments, 'group-by'>): ReportOptions['groupBy'] =>
  given === undefined ? undefined : shared.oneOf('--group-by', given, groupings);

/** Writes the reports that `--report` asks for. */
export const writeReports = async (
  result: CheckResult,
  { reports, ...writing }: Writing & { readonly reports: readonly ExtraReport[] },
): Promise<void> => {
  for (const { format, file } of reports) writeReport(await reportText(result, { format, file, ...writing }), file, writing.io);
};
