/** What was chosen: a finding, a cluster, a place, an object, or a Kustomization with its neighbourhood. */
import type { ClusterData, KustomizationData } from '../map-shape.ts';
import { element, growing, links } from './elements.ts';
import { findingDetail, findingRow } from './findings.ts';
import { placeElement } from './link.ts';
import { objectDetail } from './object.ts';
import { type asked, counted, data, findingsBelow, findingsIn, hashOf } from './state.ts';
import { objectRow } from './tree.ts';

/** Nothing, where nothing was chosen, or what is not there. */
export const detailOf = ({ what, value }: ReturnType<typeof asked>): readonly Node[] => {
  switch (what) {
    case 'finding':
      return findingDetail(value);
    case 'cluster':
      return clusterDetail(value);
    case 'kustomization':
      return kustomizationDetail(value);
    case 'object':
      return objectDetail(value);
    case 'place':
      return placeDetail(value);
    case '':
      return [];
    default:
      return what satisfies never;
  }
};

const clusterDetail = (name: string): readonly Node[] => {
  const cluster = data.clusters.find((each) => each.name === name);
  if (!cluster) return [];
  const position = data.clusters.indexOf(cluster);
  const { environment, isProtected, directory, kustomizations } = cluster;
  return [
    element('h2', {}, name),
    element(
      'p',
      {},
      `${environment ?? 'no known environment'}${isProtected ? ', protected' : ''}, from `,
      element('code', {}, directory || '.'),
      cluster.gone ? ', which the change takes away' : '',
    ),
    element(
      'p',
      {},
      `${counted(kustomizations.length, 'Kustomization')}, ${counted(
        kustomizations.reduce((sum, { objects }) => sum + objects.length, 0),
        'object',
      )}`,
    ),
    growing(findingsIn(cluster), findingRow, 50),
    element('h3', {}, 'Kustomizations'),
    growing(kustomizations, ({ id }) => element('a', { href: hashOf('kustomization', `${name}/${id}`) }, id), 50),
    element('h3', {}, 'Gets, with others or alone'),
    growing(
      data.shared.filter(({ cells }) => cells.some(([index]) => index === position)),
      (place) =>
        element(
          'span',
          {},
          element('span', { class: 'kind' }, place.type),
          element('a', { href: hashOf('place', place.name) }, place.name),
        ),
      50,
    ),
  ];
};

const kustomizationDetail = (value: string): readonly Node[] => {
  const cluster = data.clusters.find(({ name }) => value.startsWith(`${name}/`));
  const each = cluster?.kustomizations.find(({ id }) => value === `${cluster.name}/${id}`);
  if (!cluster || !each) return [];
  const others = data.clusters.filter(
    (other) => each.builds !== undefined && other !== cluster && other.kustomizations.some(({ builds }) => builds === each.builds),
  );
  const children = cluster.kustomizations.filter(({ parent, id }) => parent === each.id && id !== each.id);
  const term = (label: string, ...content: readonly (Node | string)[]): readonly Node[] =>
    content.length === 0 ? [] : [element('dt', {}, label), element('dd', {}, ...content)];
  const named = (ids: readonly string[]) => links(ids.map((id) => [id, hashOf('kustomization', `${cluster.name}/${id}`)]));
  return [
    element('h2', {}, `${each.id} on ${cluster.name}`),
    waiting(cluster, each),
    element(
      'dl',
      {},
      ...term('written at', placeElement(each.at)),
      ...(each.why === undefined
        ? term('builds', element('a', { href: hashOf('place', each.builds ?? '') }, each.builds ?? ''))
        : term('not judged', each.why)),
      ...term('also built for', ...links(others.map(({ name }) => [name, hashOf('cluster', name)]))),
      ...term('applied by', ...named(each.parent === undefined || each.parent === each.id ? [] : [each.parent])),
      ...term('brings', ...named(children.map(({ id }) => id))),
    ),
    element('h3', {}, 'Objects'),
    growing(each.objects, (object) => objectRow(object, `${cluster.name}/${each.id}`), 100),
  ];
};

/** What it waits for, on the left, and what waits for it, in steps: what is on the left is ready first. */
const waiting = ({ name, kustomizations }: ClusterData, each: KustomizationData): HTMLElement => {
  const known = new Map(kustomizations.map((other) => [other.id, other] as const));
  const before = steps(each.id, (id) => known.get(id)?.dependsOn ?? []);
  const after = steps(each.id, (id) => kustomizations.filter(({ dependsOn }) => dependsOn.includes(id)).map((other) => other.id));
  const step = (ids: readonly string[]) =>
    element(
      'li',
      {},
      ...ids.map((id) =>
        id === each.id ? element('strong', {}, id) : element('a', { href: hashOf('kustomization', `${name}/${id}`) }, id),
      ),
    );
  if (before.length + after.length === 0) return element('p', { class: 'quiet' }, 'It waits for no other, and no other for it.');
  return element(
    'ol',
    { class: 'flow', 'aria-label': 'In the order of readiness' },
    ...[...before].reverse().map(step),
    step([each.id]),
    ...after.map(step),
  );
};

/** By distance, each once. */
const steps = (from: string, next: (id: string) => readonly string[]): readonly (readonly string[])[] => {
  const seen = new Set([from]);
  const found: (readonly string[])[] = [];
  let level: readonly string[] = [from];
  while (level.length > 0) {
    level = [...new Set(level.flatMap(next))].filter((id) => !seen.has(id));
    for (const id of level) seen.add(id);
    if (level.length > 0) found.push(level);
  }
  return found;
};

const placeDetail = (name: string): readonly Node[] => {
  const place = data.shared.find((each) => each.name === name);
  if (!place) return [];
  const { type, environment, cells } = place;
  const signs = { new: ' (comes with the change)', gone: ' (goes with the change)' } as const;
  return [
    element('h2', {}, name),
    element(
      'p',
      {},
      `${type}${environment === undefined ? '' : `, of ${environment}`}, in ${cells.length} of ${counted(data.clusters.length, 'cluster')}`,
    ),
    element(
      'dl',
      {},
      ...cells.flatMap(([index, by, change]) => {
        const cluster = data.clusters[index]?.name ?? '';
        return [
          element('dt', {}, element('a', { href: hashOf('cluster', cluster) }, cluster), change === undefined ? '' : signs[change]),
          element(
            'dd',
            {},
            ...(type === 'base' || type === 'component'
              ? links(by.map((id) => [id, hashOf('kustomization', `${cluster}/${id}`)]))
              : [by.join(', ')]),
          ),
        ];
      }),
    ),
    growing(findingsBelow(name), findingRow, 50),
  ];
};
