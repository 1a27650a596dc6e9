import { type AppliedView, defineRule, grouped, groupOf, isSwitched, type KustomizationView, yaml } from '../../src/rule.ts';

export const unguardedData = defineRule({
  id: 'blast-radius/unguarded-data',
  severity: 'warning',
  summary: 'A pruning Kustomization owns a namespace, volume, CRD or database that nothing keeps it from deleting',
  why: `With \`prune: true\`, what is no longer rendered is deleted: after a file was moved, a directory renamed, an overlay
    broken. A Namespace takes everything in it along, a CRD every object of its kind, a claim its data. The switch
    \`kustomize.toolkit.fluxcd.io/prune: disabled\` must be on the object in the cluster before that day comes: in the commit
    that removes the object it is too late.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',
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

  *kustomization(kustomization, { graph }) {
    // Nothing shows who applies what no root reaches, nor whether that prunes.
    if (!kustomization.parent && graph.clusters.get(kustomization.cluster)?.cluster.root.evidence === 'unreached') return;
    const { prune, deletionPolicy } = kustomization.spec;
    if (prune !== true || deletionPolicy === 'Orphan') return;
    // A file of fifty CRDs is one decision.
    const unguarded = kustomization.objects.filter((object) => holdsData(object, kustomization) && !isGuarded(object));
    for (const [first, ...others] of grouped(unguarded, ({ root }) => root.span.path).values()) {
      const more = others.length === 0 ? '' : `, and ${others.length} more in this file`;
      yield {
        at: first.origin('/metadata/name'),
        message: `${first.kind} ${first.original.name} is deleted with ${whatGoesWith(first)} as soon as Kustomization ${kustomization.name} stops rendering it${more}.`,
        clusters: [kustomization.target],
        related: others
          .slice(0, 5)
          .map((other) => ({ at: other.origin('/metadata/name'), message: `${other.kind} ${other.original.name}, too` })),
      };
    }
  },
});

/** Objects that are data, or hold it, by group and kind: Kubernetes' own, and those of the operators most in use. */
const dataKinds = new Map<string, string>([
  ['/Namespace', 'everything in it'],
  ['/PersistentVolumeClaim', 'its data'],
  ['/PersistentVolume', 'its data'],
  ['apiextensions.k8s.io/CustomResourceDefinition', 'every object of its kind'],
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

const keyOf = ({ apiVersion, kind }: AppliedView): string => `${groupOf(apiVersion)}/${kind}`;

const whatGoesWith = (object: AppliedView): string => dataKinds.get(keyOf(object)) ?? 'its data';

/** Flux's own namespace and CRDs go when Flux goes; the root that bootstrap writes is no example to follow. */
const holdsData = (object: AppliedView, kustomization: KustomizationView): boolean => {
  if (!dataKinds.has(keyOf(object))) return false;
  if (kustomization.parent !== undefined) return true;
  return !(object.kind === 'Namespace' && object.name === kustomization.namespace) && !object.name.endsWith('.fluxcd.io');
};

const isGuarded = ({ root }: AppliedView): boolean =>
  isSwitched(root, 'prune', 'disabled') || isSwitched(root, 'reconcile', 'disabled') || isSwitched(root, 'ssa', 'ignore');
