/** What each cluster applies, in the order in which it becomes ready. */
import type { ClusterData, KustomizationData } from '../map-shape.ts';
import { element, growing, opener } from './elements.ts';
import { columns, counted, countText, data, findingsIn, hashOf, matches, matchesObject, objectParts, state } from './state.ts';

export const tree = (): HTMLElement => {
  const shown = columns.filter(({ cluster }) => matches(cluster.name, cluster.environment) || cluster.kustomizations.some(isMatched));
  return element(
    'div',
    { class: 'scroll' },
    growing(shown, ({ cluster }) => clusterBlock(cluster), 50),
    shown.length === 0 ? element('p', {}, 'Nothing is called so.') : undefined,
  );
};

const isMatched = ({ id, builds, objects, tenant }: KustomizationData): boolean =>
  matches(id, builds, tenant) || (state.query !== '' && objects.some(matchesObject));

const clusterBlock = (cluster: ClusterData): HTMLElement => {
  const isAll = state.query === '' || matches(cluster.name, cluster.environment);
  const all = isAll ? cluster.kustomizations : cluster.kustomizations.filter(isMatched);
  const block = element(
    'details',
    { open: state.query !== '' || data.clusters.length === 1 },
    element(
      'summary',
      {},
      element('strong', {}, cluster.name),
      ` ${cluster.environment ?? ''} `,
      badge(cluster.isProtected, 'protected', 'protected'),
      ` ${counted(all.length, 'Kustomization')} `,
      element('span', { class: 'count' }, countText(findingsIn(cluster))),
    ),
  );
  const fill = () => {
    if (block.open && block.childElementCount === 1) {
      block.append(growing(inDependencyOrder(all), (each) => kustomizationBlock(cluster, each)));
    }
  };
  block.addEventListener('toggle', fill);
  fill();
  return block;
};

/** Those that others wait for come first; what waits in a circle comes last. */
const inDependencyOrder = (all: readonly KustomizationData[]): readonly KustomizationData[] => {
  const known = new Set(all.map(({ id }) => id));
  const done = new Set<string>();
  const order: KustomizationData[] = [];
  let left = all;
  while (left.length > 0) {
    const ready = left.filter(({ dependsOn }) => dependsOn.every((id) => done.has(id) || !known.has(id)));
    if (ready.length === 0) return [...order, ...left];
    for (const { id } of ready) done.add(id);
    order.push(...ready);
    left = left.filter(({ id }) => !done.has(id));
  }
  return order;
};

const badge = (condition: boolean, label: string, kind = ''): HTMLElement | undefined =>
  condition ? element('span', { class: `badge ${kind}` }, label) : undefined;

const kustomizationBlock = (cluster: ClusterData, each: KustomizationData): HTMLElement => {
  const block = element(
    'details',
    {},
    element(
      'summary',
      {},
      element('span', {}, each.id),
      ` ${counted(each.objects.length, 'object')} `,
      badge(each.suspended === true, 'suspended'),
      badge(each.why !== undefined, 'not judged'),
      badge(each.tenant !== undefined, `tenant ${each.tenant ?? ''}`),
      badge(
        each.objects.some((object) => object.startsWith('*')),
        'generates',
      ),
    ),
  );
  block.addEventListener('toggle', () => {
    if (!block.open || block.childElementCount > 1) return;
    const found = state.query === '' ? each.objects : each.objects.filter(matchesObject);
    block.append(
      opener('its neighbourhood', hashOf('kustomization', `${cluster.name}/${each.id}`)),
      growing(found.length > 0 ? found : each.objects, (object) => objectRow(object, `${cluster.name}/${each.id}`)),
    );
  });
  return block;
};

/** @param owner the cluster and the Kustomization, as addresses have them */
export const objectRow = (object: string, owner: string): HTMLElement => {
  const { label, at, isGenerated } = objectParts(object);
  return element(
    'span',
    {},
    element('a', { href: hashOf('object', `${owner}/${label}`) }, label),
    ' ',
    element('code', {}, at),
    badge(isGenerated, 'generated'),
  );
};
