/** One finding in full: its place, what is wrong, the line that is meant, what to do, and what it reaches. */
import { type CheckResult, sourceKey } from '../../../lint/result.ts';
import type { Finding } from '../../../model/finding.ts';
import { objectName } from '../../../model/object-ref.ts';
import { type LineTable, lineTable } from '../../../yaml/lines.ts';
import { hyperlink } from '../../hyperlink.ts';
import { placeText } from '../../place.ts';
import { printable } from '../../printable.ts';
import { severityColour } from '../../severity-colour.ts';
import { wrap } from '../../terminal.ts';
import { counted, folded } from '../../words.ts';
import type { Told } from '../arrange/siblings.ts';
import type { ReportOptions } from '../check-report.ts';
import { codeFrame } from '../frame.ts';
import { pathsOf } from '../related.ts';

/** Findings below the names of their files. Ends in an empty line where there is any. */
export const fileBlocks = (
  told: readonly Told[],
  frames: (finding: Finding) => readonly string[],
  options: ReportOptions,
): readonly string[] => {
  const lines: string[] = [];
  let file: string | undefined;
  for (const each of told) {
    const heading = fileOf(each.finding);
    if (heading !== file) lines.push(options.colour.underline(printable(heading)), '');
    file = heading;
    lines.push(...blockLines(each, frames(each.finding), options), '');
  }
  return lines;
};

/** Findings by their places, with what is wrong and what to do: for as many as a screen takes. Ends in an empty line where there is any. */
export const shortBlocks = (told: readonly Told[], options: ReportOptions): readonly string[] =>
  told.flatMap(({ finding, elsewhere }) => [
    headText(finding, placeText(finding.location), options),
    ...wrap(finding.message, options.width - indent.length).map((line) => `${indent}${line}`),
    ...[...hintNotes(finding), ...alikeNotes(finding), ...placeNotes('also', elsewhere.map(placeText), false)].flatMap(([label, text]) =>
      labelled(label, text, options),
    ),
    '',
  ]);

const headText = ({ severity, ruleId, url, new: isNew }: Finding, place: string, { colour, links }: ReportOptions): string =>
  [
    colour.dim(printable(place)),
    severityColour(colour, severity).bold(severity),
    hyperlink(colour.bold(printable(ruleId)), links ? url : undefined),
    ...(isNew ? [colour.cyan('new')] : []),
  ].join(indent);

export const fileOf = ({ location: { path, repository, revision } }: Finding): string =>
  [path, ...(repository === undefined ? [] : [`in ${repository}`]), ...(revision === undefined ? [] : [`at ${revision}`])].join(' ');

/** Code frames of findings; each file's lines are counted once. */
export const frameMaker = ({ sources }: CheckResult, { colour, width }: ReportOptions) => {
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

const blockLines = ({ finding, elsewhere }: Told, frame: readonly string[], options: ReportOptions): readonly string[] => [
  `${indent}${headText(finding, `${finding.location.line}:${finding.location.column}`, options)}`,
  ...wrap(finding.message, options.width - indent.length).map((line) => `${indent}${line}`),
  ...(frame.length === 0 ? [] : ['', ...frame.map((line) => `${indent}${indent}${line}`), '']),
  ...notes({ finding, elsewhere }, options).flatMap(([label, text]) => labelled(label, text, options)),
];

type Note = readonly [label: string, text: string];

/** What is said below the code: label and text. Steps of a path carry the label once. */
const notes = ({ finding, elsewhere }: Told, { verbose }: ReportOptions): readonly Note[] => {
  const { reach, object, fix } = finding;
  return [
    ...hintNotes(finding),
    ...placeNotes('also', elsewhere.map(placeText), verbose),
    ...relatedNotes(finding, verbose),
    ...(object === undefined || !verbose ? [] : [['object', objectName(object)] as const]),
    ['reaches', reachText(reach, verbose)],
    ...(fix === undefined ? [] : [['fix', `${fix.description} (${fix.safety})`] as const]),
  ];
};

const hintNotes = ({ hint }: Finding): readonly Note[] => (hint === undefined ? [] : [['hint', hint]]);

/** On a line of their own, however many there are: what they are is said by --verbose. */
const alikeNotes = ({ alike = [] }: Finding): readonly Note[] => {
  if (alike.length === 0) return [];
  const shown = alike.slice(0, shownAlike).map(placeText).join(', ');
  return [['also', alike.length > shownAlike ? `${shown} and ${alike.length - shownAlike} more: --verbose` : shown]];
};

const shownAlike = 2;
const shownPaths = 2;
const shownPlaces = 5;

const relatedNotes = ({ related }: Finding, verbose: boolean): readonly Note[] => {
  const { paths, others } = pathsOf(related);
  const notes: Note[] = [];
  for (const { name, steps } of verbose ? paths : paths.slice(0, shownPaths)) {
    const texts = steps.map(({ location, message }, index) => `${index + 1}. ${placeText(location)} ${message}`);
    const lines = paths.length > 1 ? [`to ${name}`, ...texts] : texts;
    notes.push(...lines.map((line, index) => [index === 0 ? 'path' : '', line] as const));
  }
  if (!verbose && paths.length > shownPaths) notes.push(['', `and ${counted(paths.length - shownPaths, 'more path')}: --verbose`]);
  const places = others.map(({ location, message }) => `${placeText(location)} ${message}`);
  return [...notes, ...placeNotes('see', places, verbose)];
};

const placeNotes = (label: string, places: readonly string[], verbose: boolean): readonly Note[] => {
  const shown = verbose || places.length <= shownPlaces ? places : places.slice(0, shownPlaces - 1);
  const rest = places.length - shown.length;
  return [
    ...shown.map((text, index): Note => [index === 0 ? label : '', text]),
    ...(rest === 0 ? [] : [['', `and ${rest} more places: --verbose`] as const]),
  ];
};

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
