/** What a change does: first what Flux deletes. */
import type { ChangeData, ObjectChangeData } from '../map-shape.ts';
import { element, growing, links } from './elements.ts';
import { findingRow } from './findings.ts';
import { counted, data, hashOf, matches } from './state.ts';

export const changeView = (change: ChangeData): HTMLElement => {
  const deleted = change.clusters.flatMap(({ name, objects }) =>
    objects.filter(({ what, name: object }) => what === 'deleted' && matches(object, name)).map((object) => ({ cluster: name, object })),
  );
  return element(
    'div',
    { class: 'scroll' },
    element('p', { class: deleted.length > 0 ? 'verdict bad' : 'verdict' }, change.verdict),
    element('p', { class: 'quiet' }, `${change.base} → ${change.head}, ${counted(change.files.length, 'file')}`),
    ...(deleted.length === 0
      ? []
      : [element('h2', {}, 'What Flux deletes'), growing(deleted, ({ cluster, object }) => objectLine(object, cluster), 200)]),
    ...(data.findings.length === 0 ? [] : [element('h2', {}, 'Findings'), growing(data.findings, findingRow, 50)]),
    ...(change.unknown.length === 0
      ? []
      : [element('h2', {}, 'Not compared'), growing(change.unknown, (reason) => element('span', {}, reason), 50)]),
    element('h2', {}, 'By cluster'),
    ...change.clusters
      .filter(({ name, objects }) => matches(name) || objects.some((object) => matches(object.name, object.kustomization)))
      .map((cluster) => clusterChange(cluster.name, cluster.objects)),
    element('h2', {}, 'Changed files'),
    growing(change.files, (file) => element('code', {}, file), 100),
  );
};

const clusterChange = (name: string, objects: readonly ObjectChangeData[]): HTMLElement => {
  const cluster = data.clusters.find((each) => each.name === name);
  const shown = matches(name) ? objects : objects.filter((object) => matches(object.name, object.kustomization));
  const counts = (['deleted', 'removed', 'moved', 'changed', 'added'] as const)
    .map((what) => [what, objects.filter((object) => object.what === what).length] as const)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what}`);
  const block = element(
    'details',
    { open: cluster?.isProtected === true || objects.some(({ what }) => what === 'deleted') },
    element(
      'summary',
      {},
      element('strong', {}, name),
      ` ${cluster?.environment ?? ''} `,
      ...(cluster?.isProtected ? [element('span', { class: 'badge protected' }, 'protected')] : []),
      ` ${counts.join(', ')}`,
    ),
  );
  block.append(growing(shown, (object) => objectLine(object, undefined, name), 200));
  return block;
};

const signs = { deleted: '✖', removed: '−', moved: '→', changed: '~', added: '+' } as const;

/** @param shownCluster where the list is of several */
const objectLine = (object: ObjectChangeData, shownCluster: string | undefined, cluster = shownCluster ?? ''): HTMLElement =>
  element(
    'span',
    { class: `object-change ${object.what}` },
    element('span', { class: 'sign', role: 'img', 'aria-label': object.what }, signs[object.what]),
    element(
      'span',
      {},
      element('strong', {}, object.name),
      shownCluster === undefined ? '' : ` on ${shownCluster}`,
      ', by ',
      ...links([[object.kustomization, hashOf('kustomization', `${cluster}/${object.kustomization}`)]]),
      object.remark === '' ? '' : `: ${object.remark}`,
      ...(object.fields.length === 0 ? [] : [fieldList(object.fields)]),
    ),
  );

const fieldList = (fields: readonly string[]): HTMLElement =>
  element('ul', { class: 'fields' }, ...fields.map((field) => element('li', {}, element('code', {}, field))));
