/** The list of findings, and one of them. */
import type { FindingData, FixData } from '../map-shape.ts';
import { copied, element, growing, links, opener } from './elements.ts';
import { placeElement, safeAddress } from './link.ts';
import { data, hashOf, matches } from './state.ts';

export const findings = (): HTMLElement => {
  const shown = data.findings.filter(({ ruleId, message, at, clusters }) => matches(ruleId, message, at, ...clusters)).sort(bySeverity);
  return element(
    'div',
    { class: 'scroll' },
    growing(shown, findingRow, 200),
    shown.length === 0 ? element('p', {}, data.findings.length === 0 ? 'No findings.' : 'Nothing is called so.') : undefined,
  );
};

export const bySeverity = (a: FindingData, b: FindingData): number => weights[a.severity] - weights[b.severity];

const weights = { error: 0, warning: 1, info: 2 } as const;
const marks = { error: '✖', warning: '▲', info: '●' } as const;

export const findingRow = (finding: FindingData): HTMLElement =>
  element(
    'span',
    { class: `finding ${finding.severity}` },
    element('span', { class: 'mark', role: 'img', 'aria-label': finding.severity }, marks[finding.severity]),
    opener(finding.message, hashOf('finding', finding.fingerprint)),
    element('small', {}, `${finding.ruleId}  ${finding.at}`),
  );

export const findingDetail = (fingerprint: string): readonly Node[] => {
  const finding = data.findings.find((each) => each.fingerprint === fingerprint);
  if (!finding) return [];
  const { ruleId, url, clusters, related, hint } = finding;
  return [
    element('h2', {}, finding.message),
    element(
      'p',
      {},
      placeElement(finding.at),
      ' ',
      url === undefined ? ruleId : element('a', { href: safeAddress(url), rel: 'noreferrer' }, ruleId),
    ),
    ...(finding.frame.length === 0
      ? []
      : [element('pre', { tabindex: '0', 'aria-label': 'The lines around it' }, ...finding.frame.map(frameLine))]),
    ...(hint === undefined ? [] : [element('p', {}, hint)]),
    element(
      'p',
      {},
      clusters.length === 0 ? 'Reaches no cluster' : 'Reaches ',
      ...links(clusters.map((cluster) => [cluster, hashOf('cluster', cluster)])),
    ),
    ...(related.length === 0
      ? []
      : [element('ol', {}, ...related.map(([why, at]) => element('li', {}, `${why} (`, placeElement(at), ')')))]),
    ...(finding.fix ? fixDetail(finding.fix) : []),
    element('h3', {}, 'To suppress it'),
    element('p', {}, 'On the line before, with your reason: ', ...copied(`# flux-lint-disable-next-line ${ruleId} -- why`)),
  ];
};

const frameLine = (line: string): HTMLElement => element('span', { class: line.startsWith('>') ? 'meant' : undefined }, `${line}\n`);

/** What it makes of the files, for `git apply`, and the command that does it. */
const fixDetail = ({ description, safety, diff, isMasked, howTo }: FixData): readonly Node[] => [
  element('h3', {}, safety === 'safe' ? 'To fix it' : 'To fix it, where that is what you mean'),
  element('p', {}, description, safety === 'safe' ? '' : ' It may change more than the problem.'),
  ...(diff === undefined
    ? [element('p', { class: 'quiet' }, 'What becomes of the files is not shown here; the command shows it with --fix-dry-run.')]
    : [element('div', {}, ...copied(diff, { as: 'pre', label: 'copy the diff' }))]),
  ...(isMasked
    ? [element('p', { class: 'quiet' }, 'Stars stand for what is secret: the diff is to be read, and the command makes it.')]
    : []),
  element('p', {}, 'With all of its rule: ', ...copied(howTo)),
];
