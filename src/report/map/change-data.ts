/** The map of a change: what clusters share before and after, and what happens to their objects. */
import type { FleetMap } from '../../graph/fleet-map.ts';
import { type ClusterImpact, type Impact, type KustomizationImpact, type ObjectChange, objectChanges } from '../../impact/impact.ts';
import { grouped } from '../../model/grouped.ts';
import { objectName } from '../../model/object-ref.ts';
import { headWords, type ImpactReport, incomparableGroups, remark } from '../impact/impact-report.ts';
import { verdict } from '../impact/verdict.ts';
import type { CellData, ClusterChangeData, ClusterData, MapData, ObjectChangeData, SharedData } from './map-shape.ts';
import { createObjectDiffs, type ObjectDiffs } from './object-diffs.ts';

/** The report of a change with both of its sides. */
export interface ChangeReport extends ImpactReport {
  readonly impact: Pick<Impact, 'changedFiles' | 'clusters' | 'unknown' | 'base' | 'head'>;
}

/** Characters of the page for what becomes of objects. */
const room = 300_000;

/**
 * @param head the map of what comes
 * @param baseAsRead the fleet as it was; its paths name the revision that they were read from (`files/open-comparison.ts`)
 */
export const changeData = (head: MapData, baseAsRead: FleetMap, report: ChangeReport): MapData => {
  const base = withoutRevision(baseAsRead, `git:${report.base}#`);
  const clusters = [...head.clusters, ...goneClusters(head, base)];
  const changed = changedClusters(report);
  return {
    ...head,
    clusters,
    shared: sharedOfBoth(head.shared, base.shared, new Map(clusters.map(({ name }, position) => [name, position] as const))),
    change: {
      base: headWords(report.base),
      head: headWords(report.head),
      verdict: verdict(report),
      files: report.impact.changedFiles.map(({ status, from, path }) => `${status}: ${from === undefined ? '' : `${from} → `}${path}`),
      ...changed,
      unknown: incomparableGroups(report).map(
        ({ kustomization, reason, clusters: names }) => `${kustomization} on ${names.join(', ')}: ${reason}`,
      ),
    },
  };
};

const withoutRevision = ({ clusters, shared }: FleetMap, prefix: string): FleetMap => {
  const plain = (path: string) => (path.startsWith(prefix) ? path.slice(prefix.length) : path);
  return {
    clusters: clusters.map((cluster) => ({ ...cluster, directory: plain(cluster.directory) })),
    shared: shared.map((place) => ({ ...place, name: plain(place.name) })),
  };
};

const goneClusters = ({ clusters }: MapData, base: FleetMap): readonly ClusterData[] => {
  const known = new Set(clusters.map(({ name }) => name));
  return base.clusters
    .filter(({ name }) => !known.has(name))
    .map(({ name, environment, isProtected, directory }) => ({
      name,
      ...(environment === undefined ? {} : { environment }),
      isProtected,
      directory,
      kustomizations: [],
      gone: true,
    }));
};

const sharedOfBoth = (
  head: readonly SharedData[],
  base: FleetMap['shared'],
  positions: ReadonlyMap<string, number>,
): readonly SharedData[] => {
  const before = new Map(base.map((place) => [placeKey(place), place] as const));
  const after = new Set(head.map(placeKey));
  const cellsBefore = (place: FleetMap['shared'][number] | undefined): readonly CellData[] =>
    (place?.cells ?? []).flatMap(({ cluster, by }): readonly CellData[] => {
      const position = positions.get(cluster);
      return position === undefined ? [] : [[position, by, 'gone']];
    });
  return [
    ...head.map((place): SharedData => {
      const was = cellsBefore(before.get(placeKey(place)));
      return { ...place, cells: cellsOfBoth(was, place.cells) };
    }),
    ...base
      .filter((place) => !after.has(placeKey(place)))
      .map(
        (place): SharedData => ({
          type: place.type,
          name: place.name,
          ...(place.environment === undefined ? {} : { environment: place.environment }),
          cells: cellsBefore(place),
        }),
      ),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
};

const placeKey = ({ type, name }: Pick<SharedData, 'type' | 'name'>): string => `${type} ${name}`;

const cellsOfBoth = (before: readonly CellData[], after: readonly CellData[]): readonly CellData[] => {
  const was = new Set(before.map(([cluster]) => cluster));
  const is = new Set(after.map(([cluster]) => cluster));
  return [
    ...after.map(([cluster, by]): CellData => (was.has(cluster) ? [cluster, by] : [cluster, by, 'new'])),
    ...before.filter(([cluster]) => !is.has(cluster)),
  ];
};

/** What is deleted has its place among the diffs first. */
const changedClusters = ({ impact }: ChangeReport) => {
  const diffs = createObjectDiffs(impact, room);
  const changes = impact.clusters.flatMap((cluster) =>
    cluster.kustomizations.flatMap((kustomization) =>
      objectChanges(kustomization).map((change) => ({ cluster, kustomization, change, what: whatHappens(change) })),
    ),
  );
  const objects = changes
    .sort((a, b) => weights[a.what] - weights[b.what])
    .map((each) => ({ cluster: each.cluster, object: objectOf(each, diffs, impact.head.secrets.text) }));
  const byCluster = grouped(objects, ({ cluster }) => cluster);
  return {
    clusters: impact.clusters.map(
      (cluster): ClusterChangeData => ({
        name: cluster.name,
        objects: (byCluster.get(cluster) ?? []).map(({ object }) => object),
      }),
    ),
    diffs: diffs.all(),
    left: diffs.left(),
  };
};

interface Changed {
  readonly cluster: ClusterImpact;
  readonly kustomization: KustomizationImpact;
  readonly change: ObjectChange;
  readonly what: ObjectChangeData['what'];
}

const objectOf = (
  { cluster, kustomization: { id, isHeld }, change, what }: Changed,
  diffs: ObjectDiffs,
  text: (text: string) => string,
): ObjectChangeData => {
  const diff = diffs.add(change, cluster);
  const move = moveOf(change, id);
  return {
    what,
    name: objectName(change),
    kustomization: id,
    remark: remark(change, isHeld),
    fields: change.base && change.head ? change.fields.map(({ pointer }) => pointer) : [],
    files: change.causedBy,
    ...(move ? { move } : {}),
    ...(diff === undefined ? {} : { diff }),
    ...(change.head ? { label: text(change.head.label) } : {}),
  };
};

/** From owner to owner, or from name to name; a name that only has another hash behind it is no move. */
const moveOf = ({ from, base, head, namespace, name }: ObjectChange, owner: string): ObjectChangeData['move'] => {
  if (!head || !from) return undefined;
  if (from.kustomization !== undefined) return [from.kustomization, owner];
  const full = (space: string | undefined, called: string) => (space === undefined ? called : `${space}/${called}`);
  return base ? undefined : [full(from.namespace ?? namespace, from.name ?? name), full(namespace, name)];
};

const whatHappens = ({ head, base, from, isPruned }: ObjectChange): ObjectChangeData['what'] => {
  if (!head) return isPruned ? 'deleted' : 'removed';
  if (from?.kustomization !== undefined) return isPruned ? 'deleted' : 'moved';
  return base ? 'changed' : 'added';
};

const weights = { deleted: 0, removed: 1, moved: 2, changed: 3, added: 4 } as const;
