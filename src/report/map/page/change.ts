/** What a change does: first what Flux deletes. */
import type { ChangeData, ObjectChangeData } from '../map-shape.ts';
import { diffLines, element, growing, links } from './elements.ts';
import { bySeverity, findingRow } from './findings.ts';
import { moveLine, movesOf } from './moves.ts';
import { counted, data, hashOf, matches } from './state.ts';

export const changeView = (change: ChangeData): HTMLElement => {
  const deleted = alike(
    change.clusters.flatMap(({ name, objects }) =>
      objects
        .filter(({ what, name: object }) => what === 'deleted' && matches(object, name))
        .map((object) => ({ object, clusters: [name] })),
    ),
  );
  const moves = movesOf(change).filter(({ name, from, to, clusters }) => matches(name, ...from, ...to, ...clusters));
  return element(
    'div',
    { class: 'scroll' },
    element('p', { class: deleted.length > 0 ? 'verdict bad' : 'verdict' }, change.verdict),
    element('p', { class: 'quiet' }, `${change.base} → ${change.head}, ${counted(change.files.length, 'file')}`),
    ...(deleted.length === 0 ? [] : [element('h2', {}, 'What Flux deletes'), growing(deleted, objectLine, 200)]),
    ...(moves.length === 0 ? [] : [element('h2', {}, 'Moves'), growing(moves, moveLine, 100)]),
    ...newFindings(change),
    ...(change.unknown.length === 0
      ? []
      : [element('h2', {}, 'Not compared'), growing(change.unknown, (reason) => element('span', {}, reason), 50)]),
    element('h2', {}, 'By cluster'),
    ...change.clusters
      .filter(({ name, objects }) => matches(name) || objects.some((object) => matches(object.name, object.kustomization)))
      .map((cluster) => clusterChange(cluster.name, cluster.objects)),
    ...(change.left === 0
      ? []
      : [
          element(
            'p',
            { class: 'quiet' },
            `The page has no room for what becomes of ${counted(change.left, 'object')}; flux-lint build prints it, in a checkout of each revision.`,
          ),
        ]),
    element('h2', {}, 'Changed files'),
    growing(change.files, (file) => element('code', {}, file), 100),
  );
};

const newFindings = ({ base }: ChangeData): readonly Node[] => [
  element('h2', {}, 'What check finds after the change, and did not before'),
  data.findings.length === 0
    ? element('p', {}, `Nothing that ${base} does not have, too.`)
    : growing([...data.findings].sort(bySeverity), findingRow, 50),
];

/** What becomes of an object, in all clusters where that is the same. */
interface Told {
  readonly object: ObjectChangeData;
  readonly clusters: readonly string[];
}

const alike = (all: readonly Told[]): readonly Told[] => {
  const groups = new Map<string, Told>();
  for (const { object, clusters } of all) {
    const key = JSON.stringify([object.name, object.kustomization, object.remark, object.diff]);
    groups.set(key, { object, clusters: [...(groups.get(key)?.clusters ?? []), ...clusters] });
  }
  return [...groups.values()];
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
  block.append(growing(shown, (object) => objectLine({ object, clusters: [name], isInCluster: true }), 200));
  return block;
};

const signs = { deleted: '✖', removed: '−', moved: '→', changed: '~', added: '+' } as const;

const objectLine = ({ object, clusters, isInCluster = false }: Told & { readonly isInCluster?: boolean }): HTMLElement => {
  const [cluster = ''] = clusters;
  const name = element('strong', {}, object.name);
  const owner = `${cluster}/${object.kustomization}`;
  return element(
    'span',
    { class: `object-change ${object.what}` },
    element('span', { class: 'sign', role: 'img', 'aria-label': object.what }, signs[object.what]),
    element(
      'span',
      {},
      object.label === undefined ? name : element('a', { href: hashOf('object', `${owner}/${object.label}`) }, name),
      ...(isInCluster ? [] : [' on ', ...links(clusters.map((each) => [each, hashOf('cluster', each)]))]),
      ', by ',
      ...links([[object.kustomization, hashOf('kustomization', owner)]]),
      object.remark === '' ? '' : `: ${object.remark}`,
      differences(object),
    ),
  );
};

/** What it was and what it is, folded; fields alone where there is nothing to see of them. */
const differences = ({ what, fields, diff }: ObjectChangeData): HTMLElement | undefined => {
  const text = diff === undefined ? undefined : data.change?.diffs[diff];
  if (text === undefined) return fields.length === 0 ? undefined : element('span', { class: 'quiet' }, ` ${fields.join(', ')} (not shown)`);
  const words =
    fields.length > 0 ? fieldWords(fields) : what === 'added' ? 'what it is' : what === 'changed' ? 'what changes' : 'what it was';
  const block = element('details', { class: 'difference' }, element('summary', {}, words));
  block.addEventListener('toggle', () => {
    if (block.open && block.childElementCount === 1) block.append(element('pre', { class: 'diff', tabindex: '0' }, ...diffLines(text)));
  });
  return block;
};

/** What is folded is not on paper. */
export const unfoldDifferences = (): void => {
  for (const block of document.querySelectorAll<HTMLDetailsElement>('.difference')) {
    block.open = true;
    block.dispatchEvent(new Event('toggle'));
  }
};

const fieldWords = (fields: readonly string[]): string =>
  fields.length > 4 ? `${fields.slice(0, 3).join(', ')} and ${fields.length - 3} more fields` : fields.join(', ');
