/** A case of a rule as real clusters get it: for each of its clusters repositories to serve, and where Flux starts. */
import { rules } from '../../../rules/index.ts';
import { evaluateWorkspace } from '../../../src/analyze.ts';
import type { Cluster } from '../../../src/flux/evaluation.ts';
import { toValue } from '../../../src/yaml/node.ts';
import { isChangeFixture, sideOf } from '../../../test/change-fixture.ts';
import { lintTexts, type Texts, toFixture, workspaceOf } from '../../../test/fixture.ts';
import { ports } from './cluster.ts';

export interface RealRun {
  readonly cluster: string;
  /** By the name under which each is served, in the order in which the cluster gets them: two for a change. */
  readonly revisions: readonly ReadonlyMap<string, Texts>[];
  /** Branches and tags that sources follow. */
  readonly references: readonly string[];
  readonly flags: readonly string[];
  /** Namespaces that objects go to, and that somebody made. */
  readonly namespaces: readonly string[];
  /** Secrets for the sources, `namespace/name`. */
  readonly secrets: readonly string[];
  readonly sync: { readonly namespace: string; readonly name: string; readonly source: string; readonly path: string };
  /** Whether the rule has a finding of its full severity for this cluster, and which rules have a warning or an error. */
  readonly told: { readonly byRule: boolean; readonly all: readonly string[] };
}

export const runsOf = (rule: string, marked: Texts): readonly RealRun[] => {
  const { texts } = toFixture(marked);
  const isChange = isChangeFixture(texts);
  const sides = isChange ? [sideOf(texts, 'before'), sideOf(texts, 'after')] : [texts];
  const last = sides.at(-1) ?? {};
  const all = lintTexts(texts).findings.filter(({ severity }) => severity !== 'info');
  const full = rules.find(({ id }) => id === rule)?.severity;
  const own = lintTexts(texts, { only: [rule] }).findings.filter(({ severity }) => severity === full);
  return evaluateWorkspace(workspaceOf(last)).graph.clusters.all.map(({ name, cluster }): RealRun => {
    const reaches = ({ reach }: { readonly reach: { readonly clusters: readonly string[] } }) => reach.clusters.includes(name);
    const local = localAddresses(last, cluster);
    return {
      cluster: name,
      revisions: sides.map((side) => repositoriesOf(side, local)),
      references: referencesOf(last),
      flags: flagsIn(last),
      namespaces: aboutNamespaces.has(rule) ? [] : namespacesOf(cluster),
      secrets: secretsOf(cluster),
      sync: syncOf(cluster),
      told: { byRule: own.some(reaches), all: [...new Set(all.filter(reaches).map(({ ruleId }) => ruleId))].sort() },
    };
  });
};

/** For the other rules somebody made every namespace, as `references/unknown-namespace` takes for possible. */
const aboutNamespaces: ReadonlySet<string> = new Set([
  'references/bootstrap-deadlock',
  'references/unknown-namespace',
  'references/unknown-storage-namespace',
]);

const addressOf = (name: string): string => `http://127.0.0.1:${ports.git}/${name}`;

/** The URLs that stand for a repository of the case, and where it is served. */
const localAddresses = (texts: Texts, cluster: Cluster): ReadonlyMap<string, string> => {
  const { config, repository } = workspaceOf(texts);
  const { sync } = cluster.root;
  const own = gitRepositoriesOf(cluster)
    .filter(({ metadata }) => metadata.namespace === sync.namespace && metadata.name === syncOf(cluster).source)
    .flatMap(({ spec }) => (spec?.url === undefined ? [] : [spec.url]));
  const served = new Map([...own, ...repository.remotes].map((url) => [url, addressOf('fleet.git')] as const));
  for (const { url, directory } of config.repositories) {
    const folder = directory.replace(/^\/fixture\//, '');
    served.set(url, addressOf(folder.startsWith('repositories/') ? `${folder.slice('repositories/'.length)}.git` : 'fleet.git'));
  }
  return served;
};

const repositoriesOf = (texts: Texts, local: ReadonlyMap<string, string>): ReadonlyMap<string, Texts> => {
  const { files, checkouts } = workspaceOf(texts);
  const isCommitted = (path: string) => files.uncommitted(path) === undefined;
  const served = new Map([['fleet.git', localised(texts, files.paths.filter(isCommitted), local)]]);
  for (const { url, files: view } of checkouts) {
    const name = local.get(url)?.split('/').at(-1) ?? '';
    const folder = `repositories/${name.replace(/\.git$/, '')}/`;
    served.set(name, localised(strippedOf(texts, folder), Object.keys(strippedOf(texts, folder)), local));
    if (view.paths.length === 0) throw new Error(`${url} is empty`);
  }
  return served;
};

const strippedOf = (texts: Texts, folder: string): Texts =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([path, text]) => (path.startsWith(folder) ? [[path.slice(folder.length), text] as const] : [])),
  );

const localised = (texts: Texts, paths: readonly string[], local: ReadonlyMap<string, string>): Texts =>
  Object.fromEntries(paths.map((path) => [path, withAddresses(texts[path] ?? '', local)] as const));

const withAddresses = (text: string, local: ReadonlyMap<string, string>): string =>
  text.replaceAll(/(\burl: *["']?)([^"'\s,}]+)/g, (_, before: string, url: string) => `${before}${local.get(url) ?? url}`);

interface GitRepository {
  readonly metadata: { readonly namespace?: string; readonly name?: string };
  readonly spec?: { readonly url?: string; readonly secretRef?: { readonly name?: string } };
}

const gitRepositoriesOf = (cluster: Cluster): readonly GitRepository[] =>
  cluster.objects.map(({ root }) => JSON.parse(JSON.stringify(toValue(root)))).filter(({ kind }) => kind === 'GitRepository');

const syncOf = ({ root }: Cluster): RealRun['sync'] => {
  const { sync, directory, folder } = root;
  const written: { spec?: { sourceRef?: { name?: string } } } = sync.written ? JSON.parse(JSON.stringify(toValue(sync.written))) : {};
  const path = folder === '' ? directory : [folder, directory].join('/');
  return { namespace: sync.namespace, name: sync.name, source: written.spec?.sourceRef?.name ?? sync.name, path: `./${path}` };
};

const secretsOf = (cluster: Cluster): readonly string[] =>
  gitRepositoriesOf(cluster).flatMap(({ metadata, spec }) =>
    spec?.secretRef?.name === undefined ? [] : [`${metadata.namespace ?? 'default'}/${spec.secretRef.name}`],
  );

const namespacesOf = (cluster: Cluster): readonly string[] => {
  const named = cluster.objects.flatMap(({ root }): readonly unknown[] => {
    const object: { metadata?: { namespace?: unknown }; spec?: { targetNamespace?: unknown; storageNamespace?: unknown } } = JSON.parse(
      JSON.stringify(toValue(root)),
    );
    return [object.metadata?.namespace, object.spec?.targetNamespace, object.spec?.storageNamespace];
  });
  return [...new Set(named.filter((name) => typeof name === 'string' && /^[a-z0-9-]+$/.test(name)).map(String))].sort();
};

const referencesOf = (texts: Texts): readonly string[] => {
  const found = Object.values(texts).flatMap((text) => [...text.matchAll(/\b(branch|tag): *["']?([\w./-]+)/g)]);
  return [
    ...new Set(
      found.flatMap(([, kind = '', name = '']) =>
        name === 'main' ? [] : [`refs/${kind === 'branch' ? 'heads' : 'tags'}/${name.replace(/\/$/, '')}`],
      ),
    ),
  ];
};

/** What the controllers are told by the case's own manifests or patches of them. */
const flagsIn = (texts: Texts): readonly string[] => [
  ...new Set(
    Object.values(texts).flatMap((text) =>
      [...text.matchAll(/--(?:no-cross-namespace-refs|default-service-account|no-remote-bases|feature-gates)=[\w=,-]+/g)].map(
        ([flag]) => flag,
      ),
    ),
  ),
];
