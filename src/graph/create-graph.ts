import type { Config } from '../config/config.ts';
import type { Files } from '../files/files.ts';
import type { Repository } from '../files/repository.ts';
import type { Evaluation } from '../flux/evaluation.ts';
import { readable } from '../kube/view.ts';
import type { ParseFile } from '../kustomize/build.ts';
import { memo, memoByText } from '../model/memo.ts';
import { namesakesIn } from './clusters/by-kind.ts';
import { type ClusterView, createClusterView } from './clusters/cluster-view.ts';
import { doubleOwners } from './clusters/double-owners.ts';
import { lockdownOf } from './clusters/lockdown.ts';
import { createViews, type KustomizationView } from './clusters/views.ts';
import { createEnvironments } from './environments/environments.ts';
import { createExistenceIndex } from './existence/existence.ts';
import type { Graph } from './graph.ts';
import { type ImageMarker, imageMarkersIn } from './images/images.ts';
import { createOrder } from './order/cluster-order.ts';
import { createDependencies, createReleaseDependencies, cycleFrom } from './order/dependencies.ts';
import { sharedBuilds } from './reach/builds.ts';
import { createPulls } from './reach/pulls.ts';
import { createReachIndex } from './reach/reach-index.ts';
import { unreadManifests } from './reach/unread-manifests.ts';
import { createUnseenReaders } from './reach/unseen-readers.ts';
import { usesByPlace } from './reach/uses.ts';
import { wayTo } from './reach/way-to.ts';
import { missingOf, otherKindOf } from './references/missing.ts';
import { referencesOf } from './references/reference.ts';
import { createClusterWideRights } from './rights/rights.ts';
import { apiVerdict } from './schemas/api-verdict.ts';
import { definitionsOf } from './schemas/definitions.ts';
import { createSchemaQuestions, exactMinor } from './schemas/schema-verdict.ts';
import { scopeIn } from './schemas/scope.ts';
import { followedSource } from './sources/followed-source.ts';
import { substitutedObjects } from './substitution/substitution.ts';
import { sharedByTenants } from './tenants/shared-by-tenants.ts';
import { tenantsOf } from './tenants/tenant.ts';

export interface GraphInput {
  readonly evaluation: Evaluation;
  readonly config: Config;
  readonly files: Files;
  readonly parse: ParseFile;
  /** Git is asked only when a question depends on it. */
  readonly repository: Pick<Repository, 'remotes'>;
}

const noFiles: ReadonlySet<string> = new Set();

/** The answers to the questions of `graph.ts`. */
export const createGraph = ({ evaluation, config, files, parse, repository }: GraphInput): Graph => {
  const views = createViews();
  const environments = createEnvironments(evaluation.clusters, config);
  const clusters = new Map<string, ClusterView>();
  for (const cluster of evaluation.clusters) clusters.set(cluster.name, createClusterView(cluster, environments, views));
  const existence = createExistenceIndex(config, files);
  const reach = createReachIndex(evaluation.clusters);

  const kustomizationsById = memoByText(
    (cluster) => new Map(clusters.get(cluster)?.kustomizations.map((view) => [view.id, view] as const)),
  );
  const kustomization: Graph['kustomization'] = (cluster, namespace, name) => kustomizationsById(cluster).get(`${namespace}/${name}`);

  const dependenciesOf = createDependencies(kustomization);
  const releaseDependenciesOf = createReleaseDependencies((name) => clusters.get(name));

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
