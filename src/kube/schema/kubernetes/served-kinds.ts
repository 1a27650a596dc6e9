/**
 * Every kind that an API server has served since 1.15, with its scope and its versions: `kinds.json`, made by
 * `scripts/kubernetes-table.ts` of the OpenAPI of each release.
 */

import type { KubernetesMinor } from '../minor.ts';
import type { ServedKind, ServedVersion } from '../served-versions.ts';
import table from './kinds.json' with { type: 'json' };

export interface KubernetesKind extends ServedKind {
  readonly scope: 'Namespaced' | 'Cluster';
}

/** The minors whose fields are known: those whose verdict holds where a cluster's own minor is not known. */
export const oldestKubernetes: KubernetesMinor = `1.${table.first}`;
export const newestKubernetes: KubernetesMinor = `1.${table.last}`;

const texts: ReadonlyMap<string, string> = new Map(Object.entries(table.kinds));
const read = new Map<string, KubernetesKind>();

export const kubernetesKind = (group: string, kind: string): KubernetesKind | undefined => {
  const id = `${group}/${kind}`;
  const text = texts.get(id);
  if (text === undefined) return undefined;
  const known = read.get(id) ?? readKind(group, kind, text);
  read.set(id, known);
  return known;
};

/** The kinds of a group of the API server; none where the group is somebody else's. */
export const kubernetesKindsOf = (group: string): readonly string[] => groups.get(group) ?? [];

/** The groups that have had a kind of that name. */
export const groupsWith = (kind: string): readonly string[] =>
  [...groups].flatMap(([group, kinds]) => (kinds.includes(kind) ? [group] : []));

const groups: ReadonlyMap<string, readonly string[]> = (() => {
  const found = new Map<string, string[]>();
  for (const id of texts.keys()) {
    const [group = '', kind = ''] = id.split('/');
    const kinds = found.get(group);
    if (kinds) kinds.push(kind);
    else found.set(group, [kind]);
  }
  return found;
})();

/** `Namespaced v1>21 v1beta1<25=`: the script says what each sign means. */
const readKind = (group: string, kind: string, text: string): KubernetesKind => {
  const [scope, ...versions] = text.split(' ');
  return {
    product: 'Kubernetes',
    group,
    kind,
    scope: scope === 'Cluster' ? 'Cluster' : 'Namespaced',
    versions: versions.map(readVersion),
    lost: [],
  };
};

const readVersion = (text: string): ServedVersion => {
  const [, version = '', since, until, same] = /^(\w+)(?:>(\d+))?(?:<(\d+))?(=)?$/.exec(text) ?? [];
  return {
    version,
    since: `1.${since === undefined ? table.oldest : Number(since)}`,
    ...(until === undefined ? {} : { removedIn: `1.${Number(until)}` }),
    ...(same === undefined ? {} : { isWithinNewest: true }),
  };
};
