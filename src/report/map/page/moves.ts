/** What moves with a change: from cluster to cluster, from owner to owner, from name to name. */
import type { ChangeData } from '../map-shape.ts';
import { element } from './elements.ts';

export interface Move {
  readonly type: 'cluster' | 'owner' | 'name';
  readonly name: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Where it happens; none for a move between clusters. */
  readonly clusters: readonly string[];
}

export const movesOf = (change: ChangeData): readonly Move[] => [...betweenClusters(change), ...withinClusters(change)];

/** An object of one name that some clusters lose and others get. */
const betweenClusters = ({ clusters }: ChangeData): readonly Move[] => {
  const places = new Map<string, { from: string[]; to: string[] }>();
  for (const { name: cluster, objects } of clusters) {
    const comes = new Set(objects.flatMap(({ what, name }) => (what === 'added' ? [name] : [])));
    // One that Flux deletes for its former owner is still there, by another.
    const goes = new Set(objects.flatMap(({ label, name }) => (label === undefined ? [name] : [])));
    for (const name of new Set([...comes, ...goes])) {
      const place = places.get(name) ?? { from: [], to: [] };
      places.set(name, place);
      if (!comes.has(name)) place.from.push(cluster);
      if (!goes.has(name)) place.to.push(cluster);
    }
  }
  return [...places].flatMap(([name, { from, to }]): readonly Move[] =>
    from.length > 0 && to.length > 0 ? [{ type: 'cluster', name, from, to, clusters: [] }] : [],
  );
};

/** The same move in several clusters is told once. */
const withinClusters = ({ clusters }: ChangeData): readonly Move[] => {
  const moves = new Map<string, Move>();
  for (const { name: cluster, objects } of clusters) {
    for (const { what, name, move } of objects) {
      if (!move) continue;
      const [from, to] = move;
      const key = JSON.stringify([name, from, to]);
      const known = moves.get(key)?.clusters ?? [];
      const type = what === 'added' ? 'name' : 'owner';
      moves.set(key, { type, name, from: [from], to: [to], clusters: [...known, cluster] });
    }
  }
  return [...moves.values()];
};

const words = { cluster: 'cluster', owner: 'Kustomization', name: 'name' } as const;

export const moveLine = ({ type, name, from, to, clusters }: Move): HTMLElement =>
  element(
    'span',
    { class: 'move' },
    element('span', { class: 'kind' }, words[type]),
    element('strong', {}, name),
    element(
      'span',
      { class: 'arrow' },
      element('span', { class: 'from' }, from.join(', ')),
      element('span', { role: 'img', 'aria-label': 'to' }, ' → '),
      element('span', { class: 'to' }, to.join(', ')),
    ),
    clusters.length === 0 ? undefined : element('span', { class: 'quiet' }, `on ${clusters.join(', ')}`),
  );
