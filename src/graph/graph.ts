/**
 * The graph: clusters, Kustomizations, sources, objects and files, and the questions that rules, `why`, `graph` and
 * `impact` ask of them. It is a reading of an evaluation: nothing is parsed or built here, answers are found when they
 * are asked for and remembered.
 */
import type { Config } from '../config/config.ts';
import type { Files } from '../files/files.ts';
import type { AppliedKustomization, Cluster, Evaluation } from '../flux/evaluation.ts';
import { isHelmRelease, isSource } from '../flux/kinds.ts';
import type { Repository } from '../flux/world.ts';
import type { FieldConflict } from '../kube/conflicting-fields.ts';
import type { FluxMinor } from '../kube/flux-minor.ts';
import type { Scope } from '../kube/scope.ts';
import { readable } from '../kube/view.ts';
import type { ParseFile } from '../kustomize/build.ts';
import { memo, memoByText } from '../model/memo.ts';
import type { Related } from '../model/problem.ts';
import type { MapNode } from '../yaml/node.ts';
import { type ApiVerdict, apiVerdict } from './api-verdict.ts';
import { type SharedBuild, sharedBuilds } from './builds.ts';
import { namesakesIn } from './by-kind.ts';
import { createExistenceIndex, type Existence, type Wanted } from './could-exist.ts';
import { type Definitions, definitionsOf } from './definitions.ts';
import { cycleFrom } from './dependencies.ts';
import { type DoubleOwners, doubleOwners } from './double-owners.ts';
import { createEnvironments, type Environments, type EnvironmentVerdict } from './environments.ts';
import { type FollowedSource, followedSource } from './followed-source.ts';
import { type ImageMarker, imageMarkersIn } from './image-markers.ts';
import { type Lockdown, lockdownOf } from './lockdown.ts';
import { type Missing, missingOf, otherKindOf } from './missing.ts';
import { createOrder, type Order } from './order.ts';
import { createPulls, type Pull } from './pulls.ts';
import { createReachIndex, type ReachIndex, type Way } from './reach.ts';
import { type Reference, type ReferenceRole, referencesOf } from './references.ts';
import { type ClusterWideRights, createClusterWideRights } from './rights.ts';
import { createSchemaQuestions, exactMinor, type SchemaVerdict } from './schema-questions.ts';
import { scopeIn } from './scope.ts';
import { type SharedByTenants, sharedByTenants, type Used } from './shared-by-tenants.ts';
import { type SubstitutedObject, substitutedObjects } from './substituted.ts';
import { type Tenant, tenantsOf } from './tenants.ts';
import { type UnreadManifest, unreadManifests } from './unread-manifests.ts';
import { createUnseenReaders } from './unseen-readers.ts';
import { type Use, usesByPlace } from './uses.ts';
import { type AppliedView, createViews, type HelmReleaseView, type KustomizationView, type ObjectView, type SourceView } from './views.ts';
import { wayTo } from './way-to.ts';

export interface ClusterView {
  readonly name: string;
  readonly cluster: Cluster;
  readonly environment: EnvironmentVerdict | undefined;
  readonly kustomizations: readonly KustomizationView[];
  readonly objects: readonly AppliedView[];
  readonly sources: readonly SourceView[];
  /** HelmReleases that its own helm-controller reconciles. */
  readonly ownReleases: readonly HelmReleaseView[];
  /** HelmReleases that install into it. */
  readonly releases: readonly HelmReleaseView[];
}

export interface Graph {
  readonly config: Config;
  readonly evaluation: Evaluation;
  readonly clusters: readonly ClusterView[];
  readonly cluster: (name: string) => ClusterView | undefined;
  readonly kustomization: (cluster: string, namespace: string, name: string) => KustomizationView | undefined;
  readonly kustomizationsNamed: (cluster: string, name: string) => readonly KustomizationView[];
  /** Objects of a kind and name in a cluster, in whatever namespace. */
  readonly namesakes: (cluster: string, kind: string, name: string) => readonly AppliedView[];
  /** @param waiting what does nothing without it, and so cannot bring it */
  readonly couldExist: (cluster: string, wanted: Wanted, waiting?: ReadonlySet<MapNode>) => Existence;
  /** Why more may bring such an object than what is seen to bring it. */
  readonly mayAlsoCome: (cluster: string, wanted: Wanted) => string | undefined;
  /** Everything that is applied there is known, but for what charts make. */
  readonly isClosed: (cluster: ClusterView) => boolean;
  /** In which order its Kustomizations can become ready. */
  readonly order: (cluster: ClusterView) => Order;
  readonly definitions: (cluster: ClusterView) => Definitions;
  /** Whether an object lies in a namespace or belongs to the whole cluster; undefined where its kind is not known here. */
  readonly scope: (object: ObjectView) => Scope | undefined;
  /** Every line of this root that image automation may write. */
  readonly imageMarkers: () => readonly ImageMarker[];
  /** Every object of a Kustomization that Flux would change by substitution. */
  readonly substitutedObjects: (kustomization: KustomizationView) => readonly SubstitutedObject[];
  /** Everything that a cluster's Flux objects refer to. */
  readonly references: (cluster: ClusterView) => readonly Reference[];
  /** What of that, for one purpose, is not there. */
  readonly missing: (cluster: ClusterView, role: ReferenceRole) => readonly Missing[];
  /** Where a dependency's name is that of a HelmRelease instead of a Kustomization, or the reverse: that object. */
  readonly otherKindOf: (missing: Missing) => AppliedView | undefined;
  readonly ways: (path: string) => readonly Way[];
  readonly readers: ReachIndex['readers'];
  /** What a Kustomization waits for, as far as it is on its cluster. */
  readonly dependenciesOf: (kustomization: KustomizationView) => readonly KustomizationView[];
  /** The cycle it is the first member of. */
  readonly cycleFrom: (kustomization: KustomizationView) => readonly [KustomizationView, ...KustomizationView[]] | undefined;
  /** The cycle that a HelmRelease is the first member of. */
  readonly releaseCycleFrom: (release: HelmReleaseView) => readonly [HelmReleaseView, ...HelmReleaseView[]] | undefined;
  readonly environments: Environments;
  /** Whether a cluster is production, or what the configuration protects. */
  readonly isProtected: (cluster: string) => boolean;
  readonly tenantOf: (kustomization: KustomizationView) => Tenant | undefined;
  /** The tenant of a Kustomization, a vendor's foreign repository not counted as one. */
  readonly tenantNameOf: (kustomization: AppliedKustomization) => string | undefined;
  /** What two tenants of a cluster use both. */
  readonly sharedByTenants: (
    cluster: ClusterView,
    usedBy: (kustomization: KustomizationView) => readonly Used[],
  ) => readonly SharedByTenants[];
  /** Where its content comes from; undefined where that cannot be read. */
  readonly sourceOf: (kustomization: KustomizationView) => FollowedSource | undefined;
  /** The binding by which an account of a cluster may write in every namespace. */
  readonly clusterWideRights: ClusterWideRights;
  /** The lines that image automation may rewrite in files that a cluster's builds read. */
  readonly imageMarkersOf: (cluster: ClusterView) => readonly ImageMarker[];
  /** Pairs of Kustomizations that apply the same objects to a cluster. */
  readonly doubleOwners: (cluster: ClusterView) => readonly DoubleOwners[];
  /** Every file that the build of a Kustomization reads. */
  readonly filesOf: (kustomization: KustomizationView) => ReadonlySet<string>;
  /** What a cluster's controllers are told about tenants. */
  readonly lockdown: (cluster: ClusterView) => Lockdown;
  /** Everything that a Kustomization's build takes in, and the lines that ask for it. */
  readonly pullsOf: (kustomization: KustomizationView) => readonly Pull[];
  /** Every place that builds take in, with who does. */
  readonly uses: ReadonlyMap<string, readonly Use[]>;
  /** The environments that build a place. */
  readonly environmentsBuilding: (place: string) => ReadonlySet<string>;
  /** How the cluster of a Kustomization gets to a pull, the line that pulls not included. */
  readonly wayTo: (kustomization: KustomizationView, pull: Pull) => readonly Related[];
  /** The Flux minor on a cluster; undefined where the repository does not show which it is. */
  readonly fluxMinor: (cluster: string) => FluxMinor | undefined;
  /** What the API server of the object's cluster will not take in it. */
  readonly schemaErrors: (object: ObjectView) => readonly SchemaVerdict[];
  /** Fields of an object that contradict each other. */
  readonly fieldConflicts: (object: ObjectView) => readonly FieldConflict[];
  /** What is wrong with the object's API version in its cluster. */
  readonly apiVerdict: (object: ObjectView) => ApiVerdict | undefined;
  /** Every distinct build, with the Kustomizations that share it. */
  readonly builds: readonly SharedBuild[];
  /** Objects in files that no build reads, beside kustomization files that builds do read. */
  readonly unreadManifests: readonly UnreadManifest[];
  /** Whether a Kustomization whose content is not known may build a path of this repository. */
  readonly mayBeBuiltUnseen: (path: string) => boolean;
  /** Why a path of the root is not in what git has, though it is here. */
  readonly uncommitted: Files['uncommitted'];
  /** Names of the directories in a directory of the root. */
  readonly foldersIn: (directory: string) => readonly string[];
}

export interface GraphInput {
  readonly evaluation: Evaluation;
  readonly config: Config;
  readonly files: Files;
  readonly parse: ParseFile;
  /** Git is asked only when a question depends on it. */
  readonly repository: Pick<Repository, 'remotes'>;
}

const noFiles: ReadonlySet<string> = new Set();

export const createGraph = ({ evaluation, config, files, parse, repository }: GraphInput): Graph => {
  const views = createViews();
  const environments = createEnvironments(evaluation.clusters, config);
  const clusters = new Map<string, ClusterView>();
  for (const cluster of evaluation.clusters) clusters.set(cluster.name, clusterView(cluster, environments, views));
  const existence = createExistenceIndex(config, files);
  const reach = createReachIndex(evaluation.clusters);

  const kustomizationsById = memoByText(
    (cluster) => new Map(clusters.get(cluster)?.kustomizations.map((view) => [view.id, view] as const)),
  );
  const kustomization: Graph['kustomization'] = (cluster, namespace, name) => kustomizationsById(cluster).get(`${namespace}/${name}`);

  const dependenciesOf: Graph['dependenciesOf'] = (view) =>
    (view.spec.dependsOn ?? []).flatMap(
      ({ namespace, name }) => kustomization(view.cluster, namespace ?? view.namespace, name ?? '') ?? [],
    );

  const releasesById = memo((cluster: ClusterView) => new Map(cluster.ownReleases.map((view) => [view.id, view] as const)));
  const releaseDependenciesOf = (view: HelmReleaseView): readonly HelmReleaseView[] => {
    const cluster = clusters.get(view.cluster);
    return (readable(() => view.spec.dependsOn?.map(({ namespace, name }) => ({ namespace, name }))) ?? []).flatMap(
      ({ namespace, name }) => (cluster && releasesById(cluster).get(`${namespace ?? view.namespace}/${name}`)) ?? [],
    );
  };

  const couldExist: Graph['couldExist'] = (name, wanted, waiting) => {
    const cluster = clusters.get(name)?.cluster;
    return cluster
      ? existence.couldExist(cluster, wanted, waiting)
      : { answer: 'unknown', why: `${name} is no cluster here`, isTold: true };
  };
  const references = memo(referencesOf);
  const missing = memo((cluster: ClusterView) => missingOf(references(cluster), { couldExist, cluster: (name) => clusters.get(name) }));

  const pullsOf = createPulls(parse);
  let markers: readonly ImageMarker[] | undefined;
  const allMarkers = (): readonly ImageMarker[] => {
    markers ??= imageMarkersIn(files);
    return markers;
  };
  let builds: Graph['builds'] | undefined;
  let unread: Graph['unreadManifests'] | undefined;
  let uses: Graph['uses'] | undefined;
  const usesOnce = () => {
    const environmentOf = (name: string) => clusters.get(name)?.environment?.environment;
    uses ??= usesByPlace({
      clusters: [...clusters.values()],
      environmentOf,
      pullsOf,
      revisionOf: (view) => sourceOf(view)?.revision ?? '',
    });
    return uses;
  };

  const sourceOf = memo((view: KustomizationView) => {
    const cluster = clusters.get(view.cluster);
    return cluster && followedSource(view, cluster);
  });
  const clusterWideRights = createClusterWideRights();
  const isAdministrator = (view: KustomizationView): boolean => {
    const name = readable(() => view.spec.serviceAccountName);
    const target = clusters.get(view.target);
    return name !== undefined && target !== undefined && clusterWideRights(target, { namespace: view.namespace, name }) !== undefined;
  };
  const tenantsIn = memo((cluster: ClusterView) =>
    tenantsOf({ cluster, config, sourceOf, isAdministrator, remotes: () => repository.remotes }),
  );
  const tenantOf: Graph['tenantOf'] = (view) => {
    const cluster = clusters.get(view.cluster);
    return cluster && tenantsIn(cluster).get(view);
  };
  const schemas = createSchemaQuestions();
  const fluxMinor: Graph['fluxMinor'] = (name) => {
    const cluster = clusters.get(name)?.cluster;
    return cluster && exactMinor(cluster);
  };
  const apiVerdicts = memoByText((name) => {
    const cluster = clusters.get(name);
    const definition = (apiVersion: string, kind: string) => cluster && schemas.definition({ cluster, apiVersion, kind });
    const minor = fluxMinor(name);
    return memoByText((apiVersion) =>
      memoByText((kind) => apiVerdict({ apiVersion, kind, minor, definition: definition(apiVersion, kind) })),
    );
  });

  return {
    config,
    evaluation,
    clusters: [...clusters.values()],
    cluster: (name) => clusters.get(name),
    kustomization,
    kustomizationsNamed: (cluster, name) => (clusters.get(cluster)?.kustomizations ?? []).filter((view) => view.name === name),
    namesakes: (name, kind, wanted) => {
      const cluster = clusters.get(name);
      return cluster ? namesakesIn(cluster, kind, wanted) : [];
    },
    couldExist,
    mayAlsoCome: (name, wanted) => {
      const cluster = clusters.get(name)?.cluster;
      return cluster ? existence.mayAlsoCome(cluster, wanted) : `${name} is no cluster here`;
    },
    isClosed: ({ cluster }) => existence.isClosed(cluster),
    order: memo((cluster) => createOrder({ cluster, find: (namespace, name) => kustomization(cluster.name, namespace, name) })),
    definitions: definitionsOf,
    imageMarkers: allMarkers,
    substitutedObjects,
    scope: (object) => scopeIn(object, clusters.get(object.cluster)),
    references,
    missing: (cluster, role) => missing(cluster).filter((candidate) => candidate.role === role),
    otherKindOf: (candidate) => otherKindOf(candidate, (name) => clusters.get(name)),
    ways: reach.ways,
    readers: reach.readers,
    dependenciesOf,
    cycleFrom: (view) => cycleFrom(view, dependenciesOf),
    releaseCycleFrom: (view) => cycleFrom(view, releaseDependenciesOf),
    environments,
    isProtected: (name) => {
      const environment = clusters.get(name)?.environment?.environment;
      return environment !== undefined && environments.isProtected(environment);
    },
    tenantOf,
    tenantNameOf: (applied) => {
      const tenant = tenantOf(views.kustomization(applied));
      return tenant?.evidence === 'upstream' ? undefined : tenant?.name;
    },
    sharedByTenants: (cluster, usedBy) => sharedByTenants(cluster, tenantOf, usedBy),
    sourceOf,
    clusterWideRights,
    doubleOwners: memo(doubleOwners),
    filesOf: ({ content }) => (content.type === 'built' ? reach.filesOf(content.build.reads) : noFiles),
    imageMarkersOf: ({ name }) => allMarkers().filter(({ at }) => reach.readers(at.span.path).some(({ cluster }) => cluster === name)),
    lockdown: memo((cluster: ClusterView) => lockdownOf(cluster, files, parse)),
    pullsOf,
    get uses() {
      return usesOnce();
    },
    environmentsBuilding: memoByText((place) => new Set((usesOnce().get(place) ?? []).flatMap(({ environment }) => environment ?? []))),
    wayTo: (view, pull) => wayTo(view, pull, clusters.get(view.target)),
    fluxMinor,
    schemaErrors: ({ cluster: name, apiVersion, kind, root }) => {
      const cluster = clusters.get(name);
      return cluster ? schemas.errors({ cluster, apiVersion, kind, root }) : [];
    },
    fieldConflicts: ({ root }) => schemas.conflicts(root),
    apiVerdict: ({ cluster, apiVersion, kind }) => apiVerdicts(cluster)(apiVersion)(kind),
    get builds() {
      builds ??= sharedBuilds([...clusters.values()].flatMap((cluster) => cluster.kustomizations));
      return builds;
    },
    get unreadManifests() {
      unread ??= unreadManifests({ files, parse, readers: reach.readers });
      return unread;
    },
    mayBeBuiltUnseen: createUnseenReaders(evaluation.clusters),
    uncommitted: files.uncommitted,
    foldersIn: (directory) =>
      (files.list(directory) ?? []).filter((name) => files.entry(directory === '' ? name : `${directory}/${name}`) === 'directory'),
  };
};

const clusterView = (cluster: Cluster, environments: Environments, views: ReturnType<typeof createViews>): ClusterView => {
  let objects: readonly AppliedView[] | undefined;
  let sources: readonly SourceView[] | undefined;
  return {
    name: cluster.name,
    cluster,
    environment: environments.ofCluster(cluster),
    kustomizations: cluster.kustomizations.map(views.kustomization),
    get objects() {
      objects ??= cluster.objects.map(views.object);
      return objects;
    },
    get sources() {
      sources ??= cluster.objects.filter(({ root }) => isSource(root)).map(views.source);
      return sources;
    },
    ownReleases: cluster.objects.filter(({ root }) => isHelmRelease(root)).map(views.helmRelease),
    releases: cluster.releases.map(views.helmRelease),
  };
};
