/** The list of findings, and one of them. */
import type { FindingData } from '../map-shape.ts';
import { button, copyable, element, growing, links } from './elements.ts';
import { data, hashOf, matches, show } from './state.ts';

export const findings = (): HTMLElement => {
  const shown = data.findings
    .filter(({ ruleId, message, at, clusters }) => matches(ruleId, message, at, ...clusters))
    .sort((a, b) => weights[a.severity] - weights[b.severity]);
  return element(
    'div',
    { class: 'scroll' },
    growing(shown, findingRow, 200),
    shown.length === 0 ? element('p', {}, data.findings.length === 0 ? 'No findings.' : 'Nothing is called so.') : undefined,
  );
};

const weights = { error: 0, warning: 1, info: 2 } as const;
const marks = { error: '✖', warning: '▲', info: '●' } as const;

export const findingRow = (finding: FindingData): HTMLElement =>
  element(
    'span',
    { class: `finding ${finding.severity}` },
    element('span', { class: 'mark', role: 'img', 'aria-label': finding.severity }, marks[finding.severity]),
    button(finding.message, () => show(hashOf('finding', finding.fingerprint))),
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
      element('code', {}, finding.at),
      ' ',
      url === undefined ? ruleId : element('a', { href: safe(url), rel: 'noreferrer' }, ruleId),
    ),
    element('pre', { tabindex: '0', 'aria-label': 'The lines around it' }, ...finding.frame.map(frameLine)),
    ...(hint === undefined ? [] : [element('p', {}, hint)]),
    element(
      'p',
      {},
      clusters.length === 0 ? 'Reaches no cluster' : 'Reaches ',
      ...links(clusters.map((cluster) => [cluster, hashOf('cluster', cluster)])),
    ),
    ...(related.length === 0 ? [] : [element('ol', {}, ...related.map((each) => element('li', {}, each)))]),
    element('p', {}, 'To suppress it, on the line before: ', copyable(`# flux-lint-disable-next-line ${ruleId} -- why`)),
  ];
};

const frameLine = (line: string): HTMLElement => element('span', { class: line.startsWith('>') ? 'meant' : undefined }, `${line}\n`);

/** Nothing but the web is linked to. */
const safe = (url: string): string => (/^https:\/\//.test(url) ? url : '#');
