import type { ChalkInstance } from 'chalk';
import type { KustomizationImpact, ObjectChange } from '../../impact/impact.ts';
import { objectName } from '../../model/object-ref.ts';
import { notJudgedText } from '../check/summary.ts';
import { hyperlink } from '../hyperlink.ts';
import { placeText } from '../place.ts';
import { printable } from '../printable.ts';
import { severityColour } from '../severity-colour.ts';
import { wrap } from '../terminal.ts';
import { counted, folded } from '../words.ts';
import { byEnvironment, type EnvironmentSection } from './environments.ts';
import { headWords, type ImpactReport, incomparableGroups, remark } from './impact-report.ts';
import { verdict } from './verdict.ts';

export interface ImpactTextOptions {
  readonly colour: ChalkInstance;
  /** Every list in full, with fields and the files behind them. */
  readonly verbose: boolean;
  /** The verdict alone. */
  readonly quiet: boolean;
  /** Cells of a line; absent: lines are not broken. */
  readonly width?: number;
  /** Names of rules open their page. */
  readonly links?: boolean;
}

/** A tree by environment, production first; below each Kustomization what goes before what changes and what comes. */
export const impactText = (report: ImpactReport, options: ImpactTextOptions): string => {
  const { colour, verbose, quiet, width = Number.POSITIVE_INFINITY } = options;
  const { impact, findings, notJudged } = report;
  const said = wrap(verdict(report), width);
  if (quiet) return `${said.join('\n')}\n`;
  const blocks = [
    `${colour.bold(counted(impact.changedFiles.length, 'changed file'))} from ${report.base.slice(0, 12)} to ${headWords(report.head)}`,
    ...byEnvironment(impact.clusters).map((section) => sectionText(section, options)),
    ...(impact.unknown.length === 0 ? [] : [unknownText(report, options)]),
    ...(findings.length === 0 ? [] : [findings.map((finding) => findingText(finding, options)).join('\n')]),
    [
      ...said.map((line) => colour.bold(line)),
      ...silentFiles(report, verbose),
      ...notJudged.flatMap((entry) => wrap(notJudgedText(entry, verbose), width)).map((line) => colour.dim(line)),
    ].join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
};

const sectionText = ({ environment, isProtected, groups }: EnvironmentSection, options: ImpactTextOptions): string => {
  const { colour, verbose } = options;
  const title = printable(environment ?? 'no known environment');
  const heading = isProtected ? colour.red.bold(`${title} !`) : colour.bold(title);
  const body = groups.flatMap(({ clusters, kustomizations }) => [
    `  ${clusters.length > 1 ? `${counted(clusters.length, 'cluster')}: ` : ''}${printable(folded(clusters, verbose))}`,
    ...kustomizations.flatMap((kustomization) => kustomizationLines(kustomization, options)),
  ]);
  return [heading, ...body].join('\n');
};

const kustomizationLines = (kustomization: KustomizationImpact, options: ImpactTextOptions): readonly string[] => {
  const { id, tenant, isHeld, removed, changed, added } = kustomization;
  const notes = [...(tenant === undefined ? [] : [`tenant ${tenant}`]), ...(isHeld ? ['suspended: nothing of this happens yet'] : [])];
  return [
    `    ${printable(id)}${notes.length === 0 ? '' : options.colour.dim(`  (${printable(notes.join('; '))})`)}`,
    ...[removed, changed, added].flatMap((changes) => changeLines(changes, isHeld, options)),
  ];
};

const shown = 10;

/** One line each; of a long list the first ones and how many follow. */
const changeLines = (changes: readonly ObjectChange[], isHeld: boolean, { colour, verbose }: ImpactTextOptions): readonly string[] => {
  const visible = verbose || changes.length <= shown ? changes : changes.slice(0, shown);
  const rest = changes.length - visible.length;
  const lines = visible.flatMap((change) => {
    const said = [remark(change, isHeld), verbose ? '' : fieldsText(change)].filter(Boolean).join('; ');
    const line = `      ${signed(change, colour)}${said === '' ? '' : colour.dim(`  ${printable(said)}`)}`;
    if (!verbose) return [line];
    const fields = change.fields.map(({ pointer }) => `          ${printable(pointer)}`);
    return [line, ...fields, colour.dim(`          by ${printable(change.causedBy.join(', '))}`)];
  });
  return rest === 0 ? lines : [...lines, colour.dim(`      and ${rest} more ${word(changes[0])}: --verbose`)];
};

const word = (change: ObjectChange | undefined): string => (change?.head ? (change.base ? 'changed' : 'added') : 'removed');

const signed = (change: ObjectChange, colour: ChalkInstance): string => {
  const name = printable(objectName(change));
  if (!change.head) return colour.red(`- ${name}`);
  return change.base ? colour.yellow(`~ ${name}`) : colour.green(`+ ${name}`);
};

const fieldsText = ({ fields }: ObjectChange): string =>
  folded(
    fields.map(({ pointer }) => pointer),
    false,
  );

const unknownText = (report: ImpactReport, { colour, verbose }: ImpactTextOptions): string => {
  const groups = incomparableGroups(report);
  const visible = verbose ? groups : groups.slice(0, shown);
  const lines = visible.map(({ clusters, kustomization, reason }) =>
    printable(`  ${kustomization} on ${folded(clusters, verbose)}: ${reason}`),
  );
  const rest = groups.length - visible.length;
  return [colour.bold('Could not be compared'), ...lines, ...(rest === 0 ? [] : [`  and ${rest} more: --verbose`])].join('\n');
};

const findingText = (
  { severity, ruleId, message, location, url }: ImpactReport['findings'][number],
  { colour, width = Number.POSITIVE_INFINITY, links = false }: ImpactTextOptions,
): string => {
  const rule = hyperlink(ruleId, links ? url : undefined);
  const head = `${severityColour(colour, severity).bold(severity)}  ${rule}  ${colour.dim(printable(placeText(location)))}`;
  return [head, ...wrap(message, width - 2).map((line) => `  ${line}`)].join('\n');
};

const silentFiles = ({ impact: { changedFiles } }: ImpactReport, verbose: boolean): readonly string[] => {
  const silent = changedFiles.filter(({ reaches }) => !reaches).map(({ path }) => path);
  return silent.length === 0 || silent.length === changedFiles.length ? [] : [printable(`Reaching nothing: ${folded(silent, verbose)}`)];
};
