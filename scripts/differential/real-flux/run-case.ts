/** One case in one of its clusters. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RealRun } from './case.ts';
import { ports, type RealCluster } from './cluster.ts';
import { publish } from './git-server.ts';
import { type NotReady, outcomeOf } from './outcome.ts';

/** @param folder that the git server serves */
export const runCase = async (cluster: RealCluster, run: RealRun, folder: string): Promise<readonly NotReady[]> => {
  const { api } = cluster;
  await cluster.reset();
  const [first, ...others] = run.revisions;
  serveAll(folder, first ?? new Map(), run.references);
  cluster.startControllers(run.flags);
  await prepare(cluster, run);
  let outcome = await outcomeOf(api);
  for (const revision of others) {
    serveAll(folder, revision, run.references);
    await api.merge(pathOf(sources, run.sync.namespace, run.sync.source), {
      metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': 'next' } },
    });
    await sleep(3000);
    outcome = await outcomeOf(api);
  }
  return outcome;
};

const serveAll = (folder: string, repositories: ReadonlyMap<string, Readonly<Record<string, string>>>, references: readonly string[]) => {
  for (const [name, texts] of repositories) publish(join(folder, name), texts, references);
};

const sources = '/apis/source.toolkit.fluxcd.io/v1';
const kustomizations = '/apis/kustomize.toolkit.fluxcd.io/v1';

const pathOf = (group: string, namespace: string, name: string): string =>
  `${group}/namespaces/${namespace}/${group === sources ? 'gitrepositories' : 'kustomizations'}/${name}`;

/** What is there before Flux starts: namespaces, credentials, and what bootstrap applies. */
const prepare = async ({ api }: RealCluster, { namespaces, secrets, sync, flags }: RealRun): Promise<void> => {
  await api.apply(`/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/${reconcilers.metadata.name}`, reconcilers);
  for (const name of new Set(['flux-system', 'default', sync.namespace, ...namespaces])) {
    await api.apply(`/api/v1/namespaces/${name}`, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } };
    await api.apply(`/api/v1/namespaces/${name}/serviceaccounts/default`, account);
  }
  for (const secret of secrets) {
    const [namespace = '', name = ''] = secret.split('/');
    const stringData = { username: 'git', password: 'git' };
    await api.apply(`/api/v1/namespaces/${namespace}/secrets/${name}`, { ...named('v1', 'Secret', namespace, name), stringData });
  }
  const url = `http://127.0.0.1:${ports.git}/fleet.git`;
  await api.apply(pathOf(sources, sync.namespace, sync.source), {
    ...named('source.toolkit.fluxcd.io/v1', 'GitRepository', sync.namespace, sync.source),
    spec: { interval: '10m', ref: { branch: 'main' }, url },
  });
  await api.apply(pathOf(kustomizations, sync.namespace, sync.name), {
    ...named('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', sync.namespace, sync.name),
    spec: { interval: '10m', path: sync.path, prune: true, sourceRef: { kind: 'GitRepository', name: sync.source }, ...accountFor(flags) },
  });
};

/** What bootstrap binds (flux2: manifests/rbac). */
const reconcilers = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'cluster-reconciler-flux-system' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: ['kustomize-controller', 'helm-controller'].map((name) => ({ kind: 'ServiceAccount', name, namespace: 'flux-system' })),
};

/** Where others get an account without rights, the root has one of its own (https://fluxcd.io/flux/installation/configuration/multitenancy/). */
const accountFor = (flags: readonly string[]): { readonly serviceAccountName?: string } =>
  flags.some((flag) => flag.startsWith('--default-service-account=')) ? { serviceAccountName: 'kustomize-controller' } : {};

const named = (apiVersion: string, kind: string, namespace: string, name: string) => ({ apiVersion, kind, metadata: { name, namespace } });
