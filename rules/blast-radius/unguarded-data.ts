import {
  type AppliedView,
  type ClusterView,
  child,
  defineRule,
  type Graph,
  grouped,
  groupOf,
  isList,
  isSwitched,
  type KustomizationView,
  ofKind,
  readable,
  stringAt,
  yaml,
} from '../../src/rule.ts';

export const unguardedData = defineRule({
  id: 'blast-radius/unguarded-data',
  severity: 'warning',
  summary: 'A pruning Kustomization owns a database, volume, namespace or CRD that nothing keeps it from deleting',
  why: `With \`prune: true\`, what is no longer rendered is deleted: after a file was moved, a directory renamed, an overlay
    broken. A Namespace takes everything in it along, a CRD every object of its kind, a claim its data. The switch
    \`kustomize.toolkit.fluxcd.io/prune: disabled\` must be on the object in the cluster before that day comes: in the commit
    that removes the object it is too late. Volumes that outlive their claim (\`Retain\`) are left alone; caches, claims that
    are filled from a backup, Namespaces and CRDs are an info, once a Kustomization.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',
  unless: 'Not on clusters whose data can be made again, such as previews; on those for development it is an info anyway.',
  hint: 'Annotate it with kustomize.toolkit.fluxcd.io/prune: disabled, and delete it by hand when its time has come.',
  examples: {
    bad: yaml`
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        name: ledger # expect: blast-radius/unguarded-data
        namespace: billing
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 10Gi } } }
    `,
    good: yaml`
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        name: ledger
        namespace: billing
        annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 10Gi } } }
    `,
  },

  *cluster(cluster, { graph }) {
    const environment = cluster.environment?.environment;
    const pruning = cluster.kustomizations.filter((kustomization) => prunes(kustomization, cluster));
    const losses = pruning.flatMap(({ objects }) => objects.flatMap((object) => lossOf(object, { cluster, graph }) ?? []));
    // One patch in the parent guards what all its children own.
    for (const ofParent of grouped(
      losses.filter(({ isData }) => isData),
      ({ object }) => object.owner.parent,
    ).values()) {
      for (const [first, ...others] of grouped(ofParent, ({ object }) => object.root.span.path).values()) {
        yield {
          ...problem(first, others, graph),
          message: `${sentence(first)}${more(others, 'in this file')}.`,
          // What is tried out is made to be thrown away.
          atMost: environment !== undefined && graph.environments.isDevelopment(environment) ? ('info' as const) : undefined,
          cause: { key: keyOf(first), place: `${first.object.kind} ${first.object.name}, too` },
        };
      }
    }
    for (const [first, ...others] of grouped(
      losses.filter(({ isData }) => !isData),
      ({ object }) => object.owner,
    ).values()) {
      yield { ...problem(first, others, graph), message: `${sentence(first)}${more(others, 'of its objects')}.`, atMost: 'info' as const };
    }
  },
});

/** An object that goes, and what goes with it. */
interface Loss {
  readonly object: AppliedView;
  /** `the database`. */
  readonly with: string;
  /** Not a Namespace, a definition, or what is made anew when it comes back. */
  readonly isData: boolean;
}

const sentence = ({ object, with: lost }: Loss): string => {
  const { kind, name, original, owner } = object;
  const written = kind === 'Namespace' && original.name !== name ? `, written as ${original.name},` : '';
  return `${kind} ${name}${written} is deleted with ${lost} as soon as Kustomization ${owner.name} stops rendering it`;
};

/** One patch of the Kustomization above guards what all its children own. */
const keyOf = ({ object: { owner } }: Loss): string => `${owner.target} ${(owner.parent ?? owner).id}`;

const more = (others: readonly Loss[], where: string): string => (others.length === 0 ? '' : `, and ${others.length} more ${where}`);

const problem = (first: Loss, others: readonly Loss[], graph: Graph) => ({
  at: first.object.origin('/metadata/name'),
  clusters: [...new Set([first, ...others].map(({ object }) => object.owner.target))],
  tenants: [...new Set([first, ...others].flatMap(({ object }) => graph.tenants.of(object.owner)?.name ?? []))],
  related: others.slice(0, 5).map(({ object }) => ({ at: object.origin('/metadata/name'), message: `${object.kind} ${object.name}, too` })),
});

/**
 * Nothing shows who applies what no root reaches, nor whether that prunes. `deletionPolicy` is no guard: it counts when the
 * Kustomization itself is deleted, and what it stops rendering before goes by `prune` alone (kustomize-controller:
 * internal/controller/kustomization_controller.go, prune and finalizerShouldDeleteResources).
 */
const prunes = (kustomization: KustomizationView, { cluster }: ClusterView): boolean =>
  (kustomization.parent !== undefined || cluster.root.evidence !== 'unreached') &&
  readable(() => kustomization.spec.prune === true) === true;

interface Surroundings {
  readonly cluster: ClusterView;
  readonly graph: Graph;
}

const lossOf = (object: AppliedView, surroundings: Surroundings): Loss | undefined => {
  const loss = lossOnPruning(object, surroundings);
  return loss === undefined || isGuarded(object) || isOfRoot(object) ? undefined : loss;
};

const lossOnPruning = (object: AppliedView, surroundings: Surroundings): Loss | undefined => {
  const lost = dataKinds.get(`${groupOf(object.apiVersion)}/${object.kind}`);
  switch (object.kind) {
    case 'Namespace': {
      const isOfFlux = object.name === surroundings.cluster.cluster.root.sync.namespace;
      return { object, with: isOfFlux ? 'everything in it and Flux itself' : 'everything in it', isData: isOfFlux };
    }
    case 'CustomResourceDefinition':
      return { object, with: 'every object of its kind', isData: false };
    case 'PersistentVolume':
      return isDeletedWith(object) ? { object, with: 'its data', isData: true } : undefined;
    case 'PersistentVolumeClaim':
      return outlives(object, surroundings) ? undefined : { object, with: 'its data', isData: !isMadeAnew(object) };
    case 'StatefulSet':
      return hasClaims(object) ? { object, with: claimsOf(object), isData: true } : undefined;
    default:
      return lost === undefined ? undefined : { object, with: lost, isData: true };
  }
};

/** Flux's own namespace and CRDs go when Flux goes; the root that bootstrap writes is no example to follow. */
const isOfRoot = ({ kind, name, owner }: AppliedView): boolean =>
  owner.parent === undefined && ((kind === 'Namespace' && name === owner.namespace) || name.endsWith('.fluxcd.io'));

const isGuarded = ({ root }: AppliedView): boolean =>
  isSwitched(root, 'prune', 'disabled') || isSwitched(root, 'reconcile', 'disabled') || isSwitched(root, 'ssa', 'ignore');

/**
 * A volume that a person makes is kept unless it says otherwise (Kubernetes: persistent volumes, reclaiming), and for a share
 * or a directory of a node nothing deletes what is on it.
 */
const isDeletedWith = ({ root }: AppliedView): boolean =>
  stringAt(root, 'spec', 'persistentVolumeReclaimPolicy') === 'Delete' &&
  ['nfs', 'hostPath', 'local', 'iscsi', 'fc'].every((type) => child(root, 'spec', type) === undefined);

/** Whether the data outlives the claim: its volume, or its class, says so. */
const outlives = ({ root }: AppliedView, { cluster, graph }: Surroundings): boolean => {
  const named = (kind: string, field: string) => graph.clusters.namesakes(cluster.name, kind, stringAt(root, 'spec', field) ?? '');
  const storageClass = stringAt(root, 'spec', 'storageClassName');
  // A volume of the claim's class that is written here is there to be bound.
  const isForIt = ({ root: volume }: AppliedView) =>
    storageClass !== undefined && stringAt(volume, 'spec', 'storageClassName') === storageClass;
  return (
    ofKind(cluster, 'PersistentVolume').some((volume) => isForIt(volume) && !isDeletedWith(volume)) ||
    named('PersistentVolume', 'volumeName').some((volume) => !isDeletedWith(volume)) ||
    named('StorageClass', 'storageClassName').some((named) => stringAt(named.root, 'reclaimPolicy') === 'Retain')
  );
};

/** A cache, a claim that is filled from a backup, or one that is bound to a volume made by hand. */
const isMadeAnew = ({ name, root }: AppliedView): boolean =>
  [name, stringAt(root, 'spec', 'storageClassName') ?? ''].some((text) => passing.test(text)) ||
  child(root, 'spec', 'dataSourceRef') !== undefined ||
  child(root, 'spec', 'dataSource') !== undefined ||
  child(root, 'spec', 'volumeName') !== undefined ||
  stringAt(root, 'spec', 'storageClassName') === '';

const passing = /(^|[-_.])(cache|caches|tmp|temp|temporary|scratch|ephemeral|dummy)([-_.]|$)/;

const hasClaims = ({ root }: AppliedView): boolean => {
  const claims = child(root, 'spec', 'volumeClaimTemplates');
  return isList(claims) && claims.items.length > 0;
};

const claimsOf = ({ root }: AppliedView): string =>
  stringAt(root, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted') === 'Delete' ? 'its data' : 'its pods (its claims stay)';

/** Objects that are databases or storage, by group and kind, of the operators most in use. */
const dataKinds = new Map<string, string>([
  ['acid.zalan.do/postgresql', 'the database'],
  ['postgresql.cnpg.io/Cluster', 'the database'],
  ['postgres-operator.crunchydata.com/PostgresCluster', 'the database'],
  ['kubegres.reactive-tech.io/Kubegres', 'the database'],
  ['mysql.oracle.com/InnoDBCluster', 'the database'],
  ['pxc.percona.com/PerconaXtraDBCluster', 'the database'],
  ['psmdb.percona.com/PerconaServerMongoDB', 'the database'],
  ['mongodbcommunity.mongodb.com/MongoDBCommunity', 'the database'],
  ['k8s.mariadb.com/MariaDB', 'the database'],
  ['databases.spotahome.com/RedisFailover', 'the database'],
  ['elasticsearch.k8s.elastic.co/Elasticsearch', 'the indices'],
  ['kafka.strimzi.io/Kafka', 'the topics'],
  ['kafka.strimzi.io/KafkaTopic', 'its messages'],
  ['scylla.scylladb.com/ScyllaCluster', 'the database'],
  ['cassandra.datastax.com/CassandraDatacenter', 'the database'],
  ['ceph.rook.io/CephCluster', 'the storage'],
]);
