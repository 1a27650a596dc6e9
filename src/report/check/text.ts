import { type CheckResult, type NotJudged, type Summary, sourceKey } from '../../lint/result.ts';
import type { Finding } from '../../model/finding.ts';
import { type LineTable, lineTable } from '../../yaml/lines.ts';
import { placeText } from '../place.ts';
import { printable } from '../printable.ts';
import { severityColour } from '../severity-colour.ts';
import { wrap } from '../terminal.ts';
import { counted, folded } from '../words.ts';
import type { ReportOptions } from './check-report.ts';
import { codeFrame } from './frame.ts';
import { pathsOf } from './related.ts';
import { judgedText, notJudgedText } from './summary.ts';

/** The report for people: findings by file with the line they mean, then what was judged and what was not. */
export const textReport = (result: CheckResult, options: ReportOptions): string => {
  const shown = result.findings.filter(({ severity }) => severity !== 'info' || options.verbose);
  if (options.quiet) return shown.map((finding) => `${oneLine(finding)}\n`).join('');

  const frames = frameMaker(result, options);
  const lines: string[] = [];
  let file: string | undefined;
  for (const finding of shown) {
    const heading = fileOf(finding);
    if (heading !== file) lines.push(options.colour.underline(printable(heading)), '');
    file = heading;
    lines.push(...findingLines(finding, frames(finding), options), '');
  }
  if (shown.length > 0) lines.push(...dimmed('What a rule is about: flux-lint explain RULE', options), '');
  lines.push(...summaryLines(result.summary, options), ...result.notJudged.flatMap((entry) => notJudgedLines(entry, options)));
  return `${lines.join('\n')}\n`;
};

const oneLine = ({ location, severity, ruleId, message }: Finding): string =>
  wrap(`${placeText(location)}: ${severity}: ${ruleId}: ${message}`, Number.POSITIVE_INFINITY).join('');

const fileOf = ({ location: { path, repository, revision } }: Finding): string =>
  [path, ...(repository === undefined ? [] : [`in ${repository}`]), ...(revision === undefined ? [] : [`at ${revision}`])].join(' ');

/** Code frames of findings; each file's lines are counted once. */
const frameMaker = ({ sources }: CheckResult, { colour, width }: ReportOptions) => {
  const tables = new Map<string, LineTable>();
  return ({ location, severity }: Finding): readonly string[] => {
    const key = sourceKey(location);
    const text = sources.get(key);
    if (text === undefined) return [];
    const lines = tables.get(key) ?? lineTable(text);
    tables.set(key, lines);
    const paint = { quiet: colour.dim, marker: severityColour(colour, severity) };
    return codeFrame({ text, lines, location, width: width - indent.length * 2, paint });
  };
};

const indent = '  ';
const labelWidth = 9;

const findingLines = (finding: Finding, frame: readonly string[], options: ReportOptions): readonly string[] => {
  const { colour, width } = options;
  const { location, severity, ruleId, message } = finding;
  const head = [
    colour.dim(`${location.line}:${location.column}`),
    severityColour(colour, severity).bold(severity),
    colour.bold(printable(ruleId)),
    ...(finding.new ? [colour.cyan('new')] : []),
  ];
  return [
    `${indent}${head.join(indent)}`,
    ...wrap(message, width - indent.length).map((line) => `${indent}${line}`),
    ...(frame.length === 0 ? [] : ['', ...frame.map((line) => `${indent}${indent}${line}`), '']),
    ...notes(finding, options).flatMap(([label, text]) => labelled(label, text, options)),
  ];
};

/** What is said below the code: label and text. Steps of a path carry the label once. */
const notes = (finding: Finding, { verbose }: ReportOptions): readonly (readonly [label: string, text: string])[] => {
  const { hint, reach, object, fix } = finding;
  return [
    ...(hint === undefined ? [] : [['hint', hint] as const]),
    ...relatedNotes(finding, verbose),
    ...(object === undefined || !verbose ? [] : [['object', objectText(object)] as const]),
    ['reaches', reachText(reach, verbose)],
    ...(fix === undefined ? [] : [['fix', `${fix.description} (${fix.safety})`] as const]),
  ];
};

const shownPaths = 2;
const shownPlaces = 5;

const relatedNotes = ({ related }: Finding, verbose: boolean): readonly (readonly [string, string])[] => {
  const { paths, others } = pathsOf(related);
  const notes: (readonly [string, string])[] = [];
  for (const { name, steps } of verbose ? paths : paths.slice(0, shownPaths)) {
    const texts = steps.map(({ location, message }, index) => `${index + 1}. ${placeText(location)} ${message}`);
    const lines = paths.length > 1 ? [`to ${name}`, ...texts] : texts;
    notes.push(...lines.map((line, index) => [index === 0 ? 'path' : '', line] as const));
  }
  if (!verbose && paths.length > shownPaths) notes.push(['', `and ${counted(paths.length - shownPaths, 'more path')}: --verbose`]);

  const places = verbose || others.length <= shownPlaces ? others : others.slice(0, shownPlaces - 1);
  for (const [index, { location, message }] of places.entries())
    notes.push([index === 0 ? 'see' : '', `${placeText(location)} ${message}`]);
  if (places.length < others.length) notes.push(['', `and ${others.length - places.length} more places: --verbose`]);
  return notes;
};

const objectText = ({ kind, namespace, name }: NonNullable<Finding['object']>): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

const reachText = ({ clusters, environments, tenants }: Finding['reach'], verbose: boolean): string => {
  if (clusters.length === 0) return 'no cluster';
  const environmentsText = environments.length === 0 ? '' : ` (${folded(environments, verbose)})`;
  const tenantsText = tenants.length === 0 ? '' : `, ${tenants.length === 1 ? 'tenant' : 'tenants'} ${folded(tenants, verbose)}`;
  return `${folded(clusters, verbose)}${environmentsText}${tenantsText}`;
};

const labelled = (label: string, text: string, { colour, width }: ReportOptions): readonly string[] => {
  const margin = indent.length + labelWidth;
  return wrap(text, width - margin).map((line, index) => `${indent}${colour.dim((index === 0 ? label : '').padEnd(labelWidth))}${line}`);
};

const dimmed = (text: string, { colour, width }: ReportOptions): readonly string[] => wrap(text, width).map((line) => colour.dim(line));

const summaryLines = (summary: Summary, options: ReportOptions): readonly string[] => {
  const { colour, verbose } = options;
  const { errors, warnings, infos, fixable, suppressed, baselined } = summary;
  const found = [
    ...(errors > 0 ? [colour.red.bold(counted(errors, 'error'))] : []),
    ...(warnings > 0 ? [colour.yellow.bold(counted(warnings, 'warning'))] : []),
    ...(infos > 0 && verbose ? [colour.blue.bold(counted(infos, 'info'))] : []),
  ];
  const head = found.length > 0 ? found.join(', ') : colour.green.bold('No problems found');
  const rest = [
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(baselined > 0 ? [`${baselined} in the baseline`] : []),
    ...(infos > 0 && !verbose ? [`${counted(infos, 'info')} hidden: --verbose`] : []),
    // Hidden infos among them, so it stands behind their number.
    ...(fixable > 0 ? [`${fixable} fixable: --fix`] : []),
  ];
  return [[head, ...rest].join(', '), ...dimmed(judgedText(summary), options)];
};

const notJudgedLines = (entry: NotJudged, { colour, width, verbose }: ReportOptions): readonly string[] =>
  wrap(notJudgedText(entry, verbose), width).map((line) => colour.yellow(line));
