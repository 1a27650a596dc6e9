import { hostAndOwner, isSameRepository } from '../../flux/source/source-url.ts';
import { plain, readable } from '../../kube/view.ts';
import { memo } from '../../model/memo.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { KustomizationView, SourceView } from '../clusters/views.ts';

/** Where a Kustomization's content comes from, as far as the repository says. */
export interface FollowedSource {
  /** Undefined where the cluster has no such object, or it is not committed. */
  readonly view: SourceView | undefined;
  /** It is what the cluster's own root comes from, whatever object brings it. */
  readonly isRoot: boolean;
  readonly url: string | undefined;
  /** Branch, tag, commit or range in words that are equal for equal revisions; `master` is what Flux takes where none is named. */
  readonly revision: string;
  /** What it follows may be another commit tomorrow: a branch. */
  readonly isMoving: boolean;
}

export const followedSource = (view: KustomizationView, cluster: ClusterView): FollowedSource | undefined => {
  const own = referenceOf(view);
  if (!own) return undefined;
  const known = followedIn(cluster);
  const key = `${own.kind}/${own.namespace}/${own.name}`;
  const followed = known.get(key) ?? follow(own, cluster);
  known.set(key, followed);
  return followed;
};

/** What a cluster's Kustomizations follow, by kind, namespace and name: most of them share a source. */
const followedIn = memo((_: ClusterView) => new Map<string, FollowedSource>());

interface SourceReference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

const follow = (own: SourceReference, cluster: ClusterView): FollowedSource => {
  const root = rootSource(cluster);
  const source = findSource(cluster, own);
  const url = source && readable(() => source.spec.url);
  const rootUrl = root.view && readable(() => root.view?.spec.url);
  const isSameObject = own.name === root.name && own.namespace === root.namespace;
  // What an ArtifactGenerator makes is made of sources of the platform's choosing.
  const isRoot = isSameObject || own.kind === 'ExternalArtifact';
  const isSame = url !== undefined && rootUrl !== undefined && isSameRepository(url, rootUrl);
  const followed = own.kind === 'ExternalArtifact' ? root.view : source;
  return { view: source, isRoot: isRoot || (isSame && revisionOf(source) === revisionOf(root.view)), url, ...followedRevision(followed) };
};

interface RootSource extends SourceReference {
  readonly view: SourceView | undefined;
}

/** What the cluster's own root is synced from; its view is undefined where nobody committed it. */
export const rootSource = memo((cluster: ClusterView): RootSource => {
  const root = cluster.kustomizations.find(({ parent }) => parent === undefined);
  const { sync } = cluster.cluster.root;
  const reference = (root && referenceOf(root)) ?? { kind: 'GitRepository', namespace: sync.namespace, name: sync.name };
  const view = findSource(cluster, reference);
  return { ...reference, view };
});

/** Whether two URLs belong to one owner on one host. */
export const isSameOwner = (a: string, b: string): boolean => {
  const [first, second] = [hostAndOwner(a), hostAndOwner(b)];
  return first !== undefined && second !== undefined && first.host === second.host && first.owner === second.owner;
};

const referenceOf = (view: KustomizationView): SourceReference | undefined =>
  readable(() => {
    const reference = view.spec.sourceRef;
    if (reference?.name === undefined) return undefined;
    return { kind: reference.kind ?? '', namespace: reference.namespace ?? view.namespace, name: reference.name };
  });

const findSource = (cluster: ClusterView, wanted: SourceReference) =>
  cluster.sources.find(({ kind, namespace, name }) => kind === wanted.kind && namespace === wanted.namespace && name === wanted.name);

const followedRevision = (source: SourceView | undefined) => ({
  revision: revisionOf(source),
  isMoving: source !== undefined && revisionOf(source).startsWith('branch '),
});

/** Flux's order: commit, name, tag, semver, branch; nothing said means the branch master (fluxcd/pkg: git/gogit/client.go). */
const revisionOf = (source: SourceView | undefined): string => {
  const ref = source && readable(() => source.spec.ref && plain(source.spec.ref));
  if (source === undefined) return '';
  if (source.kind !== 'GitRepository') return ref ? JSON.stringify(ref) : 'latest';
  if (ref?.commit !== undefined) return `commit ${ref.commit}`;
  if (ref?.name !== undefined) return `reference ${ref.name}`;
  if (ref?.tag !== undefined) return `tag ${ref.tag}`;
  if (ref?.semver !== undefined) return `semver ${ref.semver}`;
  return `branch ${ref?.branch ?? 'master'}`;
};
