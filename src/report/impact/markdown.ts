import type { KustomizationImpact, ObjectChange } from '../../impact/impact.ts';
import { objectName } from '../../model/object-ref.ts';
import { fitting } from '../check/fitting.ts';
import { notJudgedText } from '../check/summary.ts';
import { code, escaped, maxComment } from '../markdown-text.ts';
import { placeText } from '../place.ts';
import { counted, folded } from '../words.ts';
import { byEnvironment, type EnvironmentSection } from './environments.ts';
import { type ImpactReport, type IncomparableGroup, incomparableGroups, remark } from './impact-report.ts';
import { verdict } from './verdict.ts';

/** Of a comment, for the details alone, so that what follows them has its place, too. */
const maxDetails = 45_000;

/** Lines of one list; who wants them all runs the command. */
const maxItems = 50;

/** Clusters of one such line. */
const maxNames = 20;

/** `impact --format markdown`: for a job summary or a pull-request comment, which a bot finds again by its first line. */
export const impactMarkdown = (report: ImpactReport): string => {
  const { impact, findings, notJudged } = report;
  const sections = byEnvironment(impact.clusters);
  const head = ['<!-- flux-lint impact -->', `## flux-lint impact: ${headline(impact)}`, escaped(verdict(report))];
  const told = fitting(sections.map(details), { size: blockSize, room: maxDetails });
  const body = [
    ...(findings.length === 0 ? [] : [list(findings.map(findingItem))]),
    ...(sections.length === 0 ? [] : [table(sections)]),
    ...told.kept,
    ...(impact.unknown.length === 0 ? [] : [unknownDetails(report)]),
    ...filesDetails(report),
    ...notJudged.map((entry) => escaped(notJudgedText(entry, false))),
  ];
  const room = maxComment - [...head, omission].reduce((sum, block) => sum + blockSize(block), 0);
  const { kept, cut } = fitting(body, { size: blockSize, room });
  return `${[...head, ...kept, ...(told.cut + cut === 0 ? [] : [omission])].join('\n\n')}\n`;
};

const omission = 'Not all details fit here: run `flux-lint impact`.';

/** A block with the blank line after it. */
const blockSize = (block: string): number => block.length + 2;

/** A build that breaks changes nothing yet, but a reviewer must not read that as harmless. */
const headline = ({ clusters, unknown }: ImpactReport['impact']): string => {
  if (clusters.some(({ isProtected }) => isProtected)) return 'production changes';
  return unknown.some(({ isProtected }) => isProtected) ? 'what production gets is not known' : 'production stays as it is';
};

const findingItem = ({ severity, ruleId, message, location }: ImpactReport['findings'][number]): string =>
  `- **${severity}** ${escaped(message)} ${code(ruleId)} at ${code(placeText(location))}`;

const table = (sections: readonly EnvironmentSection[]): string =>
  [
    '| Environment | Clusters | Deleted by Flux | Removed | Changed | Added |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
    ...sections.map(row),
  ].join('\n');

const row = ({ environment, isProtected, groups }: EnvironmentSection): string => {
  const name = escaped(environment ?? 'not known');
  const count = (of: (kustomization: KustomizationImpact) => number) =>
    groups.reduce((sum, group) => sum + group.clusters.length * group.kustomizations.reduce((inner, each) => inner + of(each), 0), 0);
  const cells = [
    isProtected ? `**${name}**` : name,
    escaped(
      folded(
        groups.flatMap(({ clusters }) => clusters),
        false,
      ),
    ),
    count(({ removed, changed }) => [...removed, ...changed].filter(({ isPruned }) => isPruned).length),
    count(({ removed }) => removed.length),
    count(({ changed }) => changed.length),
    count(({ added }) => added.length),
  ];
  return `| ${cells.join(' | ')} |`;
};

const details = ({ environment, groups }: EnvironmentSection): string => {
  const body = groups.flatMap(({ clusters, kustomizations }) => [
    `**${escaped(clusters.join(', '))}**`,
    ...kustomizations.map((kustomization) => {
      const { id, isHeld, removed, changed, added } = kustomization;
      const items = [removed, changed, added].flatMap((changes) => changes.map((change) => item(change, isHeld)));
      return [`${code(id)}${isHeld ? ' (suspended: nothing of this happens yet)' : ''}`, '', ...items].join('\n');
    }),
  ]);
  return folding(escaped(environment ?? 'Environment not known'), body.join('\n\n'));
};

const item = (change: ObjectChange, isHeld: boolean): string => {
  const sign = change.head ? (change.base ? 'changed' : 'added') : 'removed';
  const said = [
    remark(change, isHeld),
    ...(change.fields.length === 0
      ? []
      : [
          folded(
            change.fields.map(({ pointer }) => pointer),
            false,
          ),
        ]),
  ];
  const text = said.filter(Boolean).join('; ');
  return `- ${sign} ${code(objectName(change))}${text === '' ? '' : `: ${escaped(text)}`}`;
};

const unknownDetails = (report: ImpactReport): string =>
  folding(
    `${counted(report.impact.unknown.length, 'Kustomization')} could not be compared`,
    list(incomparableGroups(report).map(incomparableItem)),
  );

const incomparableItem = ({ clusters, kustomization, reason }: IncomparableGroup): string =>
  `- ${code(kustomization)} on ${escaped(folded(clusters, clusters.length <= maxNames))}: ${escaped(reason)}`;

const filesDetails = ({ impact: { changedFiles } }: ImpactReport): readonly string[] => {
  const silent = changedFiles.filter(({ reaches }) => !reaches);
  if (silent.length === 0) return [];
  return [folding(`${counted(silent.length, 'changed file')} reaching nothing`, list(silent.map(({ path }) => `- ${code(path)}`)))];
};

const folding = (summary: string, body: string): string => `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;

const list = (items: readonly string[]): string =>
  [...items.slice(0, maxItems), ...(items.length > maxItems ? [`- and ${items.length - maxItems} more`] : [])].join('\n');
