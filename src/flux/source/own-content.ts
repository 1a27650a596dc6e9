/**
 * Whether a source is this very repository, recognised by what is asked of it: a URL alone says little, since mirrors,
 * forks, registries and renamed repositories have others, and a source may be made outside of git altogether.
 */
import type { Files } from '../../files/files.ts';
import { child, type MapNode, stringAt } from '../../yaml/node.ts';
import { clampedPath } from '../clamped-path.ts';
import type { WrittenObject } from '../evaluation.ts';
import { hasHole, mayFill } from '../holes.ts';
import { isKustomization } from '../kinds.ts';
import { inRepository } from './artifact-folder.ts';
import { folderHolding } from './folder-holding.ts';
import { type PushedArtifact, pushedArtifacts } from './pushed-artifacts.ts';
import { hostAndOwner, isSameRepository, repositoryName } from './source-url.ts';

/** A source that is taken for this repository. */
export interface OwnContent {
  /** The folder that is the root of its artifact; empty for the repository's root. */
  readonly folder: string;
  /** Why, in words that continue "GitRepository flux-system/apps is taken for this repository: …". */
  readonly because: string;
}

export interface OwnContentInput {
  readonly files: Files;
  readonly written: readonly WrittenObject[];
  /** URLs that are this repository: of the sources that sync the roots, else of its remotes. */
  readonly urls: () => readonly string[];
}

/** A source, and one path that is asked of it. */
export interface AskedSource {
  readonly kind: string;
  readonly name: string;
  /** Undefined where no object says it. */
  readonly url: string | undefined;
  /** Effective, as the Kustomization has it. */
  readonly path: string | undefined;
}

/** @returns undefined for what is not plainly this repository */
export const createOwnContent = ({ files, written, urls }: OwnContentInput): ((source: AskedSource) => OwnContent | undefined) => {
  const asked = askedPaths(written);
  return ({ kind, name, url, path }) => {
    const push = url === undefined ? undefined : pushedArtifacts(files).find((candidate) => isPushOf(candidate, url));
    if (push) return { folder: push.folder, because: `${push.file} pushes ${push.folder || 'the repository'} there` };
    const paths = [...new Set([...(asked.get(`${kind}/${name}`) ?? []), ...(path === undefined ? [] : [clampedPath(path)])])].filter(
      Boolean,
    );
    const folder = folderHolding(files, paths);
    if (folder === undefined || !isBelievable(paths, url, urls())) return undefined;
    const [first] = paths.filter((candidate) => files.entry(inRepository(folder, candidate)) === 'directory');
    return { folder, because: `${first === undefined ? 'what is asked of it' : inRepository(folder, first)} is here` };
  };
};

/** The literal paths that Kustomizations ask of each source, by kind and name. */
const askedPaths = (written: readonly WrittenObject[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const { root } of written) {
    const path = isKustomization(root) ? literalPath(root) : undefined;
    const reference = child(root, 'spec', 'sourceRef');
    if (path === undefined || reference === undefined) continue;
    const key = `${stringAt(reference, 'kind') ?? ''}/${stringAt(reference, 'name') ?? ''}`;
    found.set(key, (found.get(key) ?? new Set()).add(clampedPath(path)));
  }
  return found;
};

const literalPath = (kustomization: MapNode): string | undefined => {
  const path = stringAt(kustomization, 'spec', 'path');
  return path === undefined || hasHole(path) || path.includes('__') ? undefined : path;
};

/** The registry's repository is the same, as far as it is written; tags and digests do not count. */
const isPushOf = ({ url }: PushedArtifact, wanted: string): boolean => {
  const plain = url?.replace(/[:@][^/:@}]*$/, '');
  if (plain === undefined || plain === 'oci:') return false;
  return hasHole(plain) ? mayFill(plain, wanted) : isSameRepository(plain, wanted);
};

/** Owners whose repositories are consumed by everybody. */
const vendors: ReadonlySet<string> = new Set(
  [
    'fluxcd fluxcd-community controlplaneio-fluxcd stefanprodan weaveworks kubernetes kubernetes-sigs kubernetes-csi',
    'prometheus-operator prometheus-community grafana istio linkerd cilium projectcalico jetstack cert-manager external-secrets',
    'hashicorp bitnami bitnami-labs traefik nginxinc rook longhorn openebs velero-io vmware-tanzu kyverno open-policy-agent',
    'crossplane crossplane-contrib upbound knative tektoncd argoproj kedacore karpenter aws azure googlecloudplatform',
    'cloudnative-pg zalando elastic strimzi metallb k8s-at-home bjw-s bjw-s-labs home-operations kiali jaegertracing',
  ]
    .join(' ')
    .split(' '),
);

/**
 * Whether paths that are here are evidence enough. Platform and tenants often have the same folders: beside a known URL
 * of this repository another one on the same host is another repository, unless it is asked for what nobody else has.
 */
const isBelievable = (paths: readonly string[], url: string | undefined, own: readonly string[]): boolean => {
  const depth = Math.max(0, ...paths.map((path) => path.split('/').length));
  if (url === undefined) return depth > 1 || paths.length > 0;
  if (own.some((known) => isSameRepository(known, url))) return true;
  const address = hostAndOwner(url);
  if (address === undefined || vendors.has(address.owner.toLowerCase())) return false;
  const owners = own.flatMap((known) => hostAndOwner(known) ?? []);
  if (owners.length === 0) return depth > 1 || paths.length > 1;
  if (owners.some(({ host }) => host === address.host)) return depth > 2;
  const isRelated =
    owners.some(({ owner }) => owner.toLowerCase() === address.owner.toLowerCase()) ||
    own.some((known) => repositoryName(known) === repositoryName(url));
  return isRelated ? depth > 1 || paths.length > 1 : depth > 2;
};
