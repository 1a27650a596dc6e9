import type { Config } from '../../config/config.ts';
import { externalObject } from '../../config/external.ts';
import { baseName, type Files } from '../../files/files.ts';
import type { Cluster, WrittenObject } from '../../flux/evaluation.ts';
import { groups } from '../../flux/kinds.ts';
import { groupOf } from '../../kube/object-view.ts';
import { grouped } from '../../model/grouped.ts';
import { memo, memoByText } from '../../model/memo.ts';
import type { Span } from '../../model/span.ts';
import { type MapNode, stringAt } from '../../yaml/node.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { Clusters } from '../clusters/clusters.ts';
import { findOpenings, type Opening } from './openings.ts';
import { createOutside } from './outside.ts';
import { mayMake, type Produced, producedBy } from './produced.ts';
import type { Wanted } from './wanted.ts';

export type ExistenceVerdict =
  | { readonly answer: 'exists' }
  | { readonly answer: 'no' }
  /** Something may bring it: why, in words; `isTold` where nothing need be said, since what explains it is here or is reported itself. */
  | { readonly answer: 'unknown'; readonly why: string; readonly isTold: boolean };

export interface Existence {
  /**
   * Whether an object could be in a cluster. `no` only where everything that could make one is evaluated: no content that
   * is not at hand, no generator that is not expanded, no chart known to make that kind (evaluation: open and closed).
   *
   * @param waiting what does nothing without it, and so cannot bring it
   */
  readonly of: (cluster: string, wanted: Wanted, waiting?: ReadonlySet<MapNode>) => ExistenceVerdict;
  /** Why more may bring such an object than what is seen to bring it. */
  readonly mayAlsoCome: (cluster: string, wanted: Wanted) => string | undefined;
  /** The Terraform file that commits a file of the name that is written at a place, and which is not here yet. */
  readonly committedBy: (entry: Span) => string | undefined;
  /** Everything that is applied there is known, but for what charts make. */
  readonly isClosed: (cluster: ClusterView) => boolean;
}

export interface ExistenceInput {
  readonly config: Config;
  readonly files: Files;
  readonly clusters: Clusters;
  /** Flux objects in files that no cluster reads. */
  readonly unapplied: readonly WrittenObject[];
}

/** A cluster is looked through when something is first asked of it. */
export const createExistence = ({ config, files, clusters, unapplied }: ExistenceInput): Existence => {
  const isUnapplied = unappliedNames(unapplied);
  const indexOf = memo((cluster: Cluster) => indexCluster(cluster, isUnapplied));
  const outside = createOutside(files);
  const isAlwaysThere = (cluster: Cluster, wanted: Wanted) => alwaysExists(cluster, wanted) || externalObject(config, wanted) !== undefined;

  return {
    of: (name, wanted, waiting) => {
      const cluster = clusters.get(name)?.cluster;
      if (!cluster) return { answer: 'unknown', why: noCluster(name), isTold: true };
      const { has, openings, makers } = indexOf(cluster);
      if (has(wanted) || isAlwaysThere(cluster, wanted)) return { answer: 'exists' };
      if (isTemplate(wanted)) return { answer: 'unknown', why: 'its name holds a variable that nothing here substitutes', isTold: true };
      const opening = openings.find(({ by, admits }) => !(by && waiting?.has(by)) && admits(wanted));
      if (opening) return { answer: 'unknown', why: opening.why, isTold: opening.isTold };
      const maker = makers(wanted);
      const why = maker === undefined ? outside.makes(wanted) : `${maker} may make it`;
      return why === undefined ? { answer: 'no' } : { answer: 'unknown', why, isTold: true };
    },
    mayAlsoCome: (name, wanted) => {
      const cluster = clusters.get(name)?.cluster;
      if (!cluster) return noCluster(name);
      if (isAlwaysThere(cluster, wanted)) return 'it is always there';
      return indexOf(cluster).openings.find((opening) => opening.admits(wanted))?.why ?? outside.makes(wanted);
    },
    committedBy: ({ path, start, end }) => {
      const entry = files.file(path)?.text.slice(start, end) ?? '';
      return outside.commits(baseName(entry.replace(/^["']|["']$/g, '')));
    },
    isClosed: ({ cluster }) => !outside.installs() && indexOf(cluster).openings.every(({ isChart }) => isChart === true),
  };
};

const noCluster = (name: string): string => `${name} is no cluster here`;

/** Whether an object of that kind and name is written somewhere, though no cluster gets it. */
const unappliedNames = (unapplied: readonly WrittenObject[]): ((wanted: Wanted) => boolean) => {
  const names = new Set(unapplied.map(({ root }) => `${stringAt(root, 'kind') ?? ''}/${stringAt(root, 'metadata', 'name') ?? ''}`));
  return ({ kind, name }) => names.has(`${kind}/${name}`);
};

interface ClusterIndex {
  /** Whether it is applied, or made of something that is. */
  readonly has: (wanted: Wanted) => boolean;
  readonly openings: readonly Opening[];
  /** A custom resource that an operator may make the object of. */
  readonly makers: (wanted: Wanted) => string | undefined;
}

const indexCluster = (cluster: Cluster, isUnapplied: (wanted: Wanted) => boolean): ClusterIndex => {
  const roots = cluster.objects.map(({ root }) => root);
  const applied = grouped(roots, (root) => stringAt(root, 'kind') ?? '');
  const produced = grouped(roots.flatMap(producedBy), ({ kind }) => kind);
  // Few kinds are ever asked for, and most objects are of another.
  const placesOf = memoByText(
    (kind) => new Set([...(applied.get(kind) ?? []).flatMap(placesOfApplied), ...(produced.get(kind) ?? []).flatMap(placesOfProduced)]),
  );
  let neighbours: ReadonlyMap<string, readonly MapNode[]> | undefined;
  const inNamespace = (namespace: string): readonly MapNode[] => {
    neighbours ??= grouped(roots, (root) => stringAt(root, 'metadata', 'namespace') ?? '');
    return neighbours.get(namespace) ?? [];
  };
  const makers = ({ kind, namespace, name }: Wanted): string | undefined => {
    if (kind !== 'Secret' && kind !== 'ConfigMap') return undefined;
    const maker = [...inNamespace(namespace ?? ''), ...inNamespace('')].find((root) => mayMake(root, name));
    return maker && `${stringAt(maker, 'kind')} ${stringAt(maker, 'metadata', 'name')}`;
  };
  return {
    has: (wanted) => keysOf(wanted).some((key) => placesOf(wanted.kind).has(key)),
    openings: findOpenings(cluster, isUnapplied),
    makers,
  };
};

/** Namespace (`*`: any) and name, with the group before them and without. */
const placesOfApplied = (root: MapNode): readonly string[] => {
  const place = `${stringAt(root, 'metadata', 'namespace') ?? ''}/${stringAt(root, 'metadata', 'name') ?? ''}`;
  return [place, `${groupOf(stringAt(root, 'apiVersion') ?? '')}|${place}`];
};

const placesOfProduced = ({ group, namespace, name }: Produced): readonly string[] => {
  const place = `${namespace ?? '*'}/${name}`;
  return [place, `${group}|${place}`];
};

const keysOf = ({ group, namespace = '', name }: Wanted): readonly string[] => {
  const prefix = group === undefined ? '' : `${group}|`;
  return [`${prefix}${namespace}/${name}`, `${prefix}*/${name}`];
};

const isTemplate = ({ namespace, name }: Wanted): boolean => name.includes('${') || namespace?.includes('${') === true;

const standardNamespaces = /^(default|kube-.*)$/;
const controllers =
  /^((source|kustomize|helm|notification|image-reflector|image-automation)-controller|source-watcher|flux-operator|flux)$/;
const syncKinds = new Map([
  ['GitRepository', groups.source],
  ['OCIRepository', groups.source],
  ['Bucket', groups.source],
  ['Kustomization', groups.kustomize],
]);

/** The source that syncs the root, committed or not; what every cluster and every Flux installation has. */
const alwaysExists = (cluster: Cluster, { kind, namespace, name }: Wanted): boolean => {
  const { sync } = cluster.root;
  switch (kind) {
    case 'Namespace':
      // A cluster that a hub deploys to need not have Flux, nor its namespace.
      return standardNamespaces.test(name) || (cluster.root.evidence !== 'remote' && name === sync.namespace);
    case 'ServiceAccount':
      return name === 'default' || (namespace === sync.namespace && controllers.test(name));
    case 'ConfigMap':
      return name === 'kube-root-ca.crt';
    default:
      return syncKinds.has(kind) && namespace === sync.namespace && name === sync.name;
  }
};
