import { groups } from '../../flux/kinds.ts';
import { groupOf, versionOf } from '../../kube/object-view.ts';
import { type CustomKind, servedNames } from '../../kube/schema/crd-schemas.ts';
import {
  groupsWith,
  kubernetesKind,
  kubernetesKindsOf,
  newestKubernetes,
  oldestKubernetes,
} from '../../kube/schema/kubernetes/served-kinds.ts';
import { type FluxMinor, isBefore, type KubernetesMinor, type Minor } from '../../kube/schema/minor.ts';
import {
  apiVersionOf,
  isServed,
  newestMinor,
  newestServed,
  type ServedKind,
  type ServedVersion,
  servedKind,
  servedKinds,
} from '../../kube/schema/served-versions.ts';
import type { Origin } from '../../model/origin.ts';
import { nearest } from '../../model/spelling.ts';

/** How the API version of an object, of Flux, of Kubernetes or of a definition, stands with the API server of its cluster. */
export type ApiVerdict =
  | { readonly type: 'deprecated'; readonly written: ServedVersion; readonly kind: ServedKind; readonly newest: ServedVersion }
  /** It will go one day, and the Flux on the cluster serves nothing newer: Flux comes first. */
  | { readonly type: 'behind'; readonly written: ServedVersion; readonly kind: ServedKind }
  /** A version that the Flux or the Kubernetes of the cluster does not serve, any more or yet. */
  | {
      readonly type: 'removed';
      readonly written: ServedVersion;
      readonly kind: ServedKind;
      /** Undefined where the cluster serves no version of the kind. */
      readonly newest: ServedVersion | undefined;
      /** The Flux or the Kubernetes of the cluster, where it is known. */
      readonly minor: Minor | undefined;
      /** False where nothing here shows what the cluster serves. */
      readonly isProven: boolean;
    }
  | {
      readonly type: 'unserved';
      /** `group/version` of what is served, the best first. */
      readonly served: readonly string[];
      /** Of a kind that there is not: the kind that was probably meant. */
      readonly meant: string | undefined;
      readonly isKnownKind: boolean;
      readonly isProven: boolean;
      /** The newest minor that does not serve it: `Flux 2.9`. */
      readonly upTo: Minor;
      /** The CustomResourceDefinition that says so. */
      readonly definition: Origin | undefined;
    };

export interface ApiQuestion {
  readonly apiVersion: string;
  readonly kind: string;
  /** The Flux on the cluster, where it is known. */
  readonly minor: FluxMinor | undefined;
  /** The Kubernetes of the cluster, where it is known. */
  readonly kubernetes: KubernetesMinor | undefined;
  /** The Flux on the cluster is older than 2.0. */
  readonly isBeforeTwo: boolean;
  /** Of the kind, among the objects of the cluster: it knows better than any table. */
  readonly definition: CustomKind | undefined;
}

/** Undefined where the version is served, and where nothing here knows. */
export const apiVerdict = (question: ApiQuestion): ApiVerdict | undefined => {
  const { apiVersion, kind: kindName, definition } = question;
  const [group, version] = [groupOf(apiVersion), versionOf(apiVersion)];
  const kind = servedKind(group, kindName);
  const written = kind?.versions.find((candidate) => candidate.version === version);
  if (definition) return verdictOfDefinition(question, definition);
  if (kind && written) return verdictOfTable(kind, written, question);
  if (isFluxGroup(group)) return unserved(question, kind);
  return kubernetesKindsOf(group).length > 0 ? verdictOfKubernetes(question) : undefined;
};

/**
 * Of an API version of Kubernetes itself. Where the cluster's minor is not known, what none of the judged minors serves is
 * certain, and what some of them serve no longer is a warning.
 */
const verdictOfKubernetes = (question: ApiQuestion): ApiVerdict | undefined => {
  const { apiVersion, kind: name, kubernetes: minor } = question;
  const kind = kubernetesKind(groupOf(apiVersion), name);
  const written = kind?.versions.find(({ version }) => version === versionOf(apiVersion));
  if (!kind || !written) return unknownToKubernetes(question, kind);
  const { removedIn } = written;
  const successor = newestServed(kind, minor ?? newestKubernetes) ? kind : movedTo(kind);
  const newest = successor && newestServed(successor, minor ?? newestKubernetes);
  if (minor !== undefined && !isServed(written, minor)) {
    return { type: 'removed', written, kind: successor ?? kind, newest, minor, isProven: true };
  }
  if (removedIn === undefined) return undefined;
  if (minor === undefined) {
    const isProven = !isBefore(oldestKubernetes, removedIn);
    return { type: 'removed', written, kind: successor ?? kind, newest, minor, isProven };
  }
  return newest && newest !== written ? { type: 'deprecated', written, kind: successor ?? kind, newest } : undefined;
};

/** `extensions` gave its kinds to groups of their own: Ingress to networking.k8s.io. */
const movedTo = ({ group, kind }: ServedKind): ServedKind | undefined => {
  const [other, ...others] = groupsWith(kind)
    .filter((candidate) => candidate !== group)
    .flatMap((candidate) => kubernetesKind(candidate, kind) ?? []);
  return other && others.length === 0 && newestServed(other, newestKubernetes) ? other : undefined;
};

const unknownToKubernetes = (
  { apiVersion, kind: name, kubernetes: minor }: ApiQuestion,
  known: ServedKind | undefined,
): ApiVerdict | undefined => {
  const group = groupOf(apiVersion);
  // What an API call wraps objects in is no object.
  if (/(List|Options|Status)$/.test(name) && !known) return undefined;
  const isProven = minor === undefined || !isBefore(newestKubernetes, minor);
  const servedNow = (kind: ServedKind) =>
    kind.versions.filter((version) => isServed(version, minor ?? newestKubernetes)).map((version) => apiVersionOf(kind, version));
  const common = { type: 'unserved', isProven, upTo: newestKubernetes, definition: undefined } as const;
  if (known) return { ...common, served: servedNow(known), meant: undefined, isKnownKind: true };
  const elsewhere = groupsWith(name)
    .flatMap((other) => kubernetesKind(other, name) ?? [])
    .flatMap(servedNow);
  const meant = elsewhere.length > 0 ? undefined : nearest(name, kubernetesKindsOf(group));
  return { ...common, served: elsewhere, meant, isKnownKind: false };
};

const verdictOfDefinition = ({ apiVersion, kind: name, minor }: ApiQuestion, definition: CustomKind): ApiVerdict | undefined => {
  const [group, version] = [groupOf(apiVersion), versionOf(apiVersion)];
  const kind = servedKind(group, name);
  const written = kind?.versions.find((candidate) => candidate.version === version);
  const served = servedNames(definition);
  const newest = kind?.versions.find((candidate) => served.includes(candidate.version));
  if (served.includes(version)) {
    return kind && written && newest && isDeprecated(written, minor) ? leaving(kind, written, newest) : undefined;
  }
  if (kind && written) return { type: 'removed', written, kind, newest, minor, isProven: true };
  const names = served.map((candidate) => `${group}/${candidate}`);
  return {
    type: 'unserved',
    served: names,
    meant: undefined,
    isKnownKind: true,
    isProven: true,
    upTo: newestMinor,
    definition: definition.definition,
  };
};

const verdictOfTable = (kind: ServedKind, written: ServedVersion, { minor, isBeforeTwo }: ApiQuestion): ApiVerdict | undefined => {
  const newest = newestServed(kind, minor);
  if (isBeforeTwo) return verdictBeforeTwo(kind, written);
  if (minor === undefined) return written.removedIn && { type: 'removed', written, kind, newest, minor, isProven: false };
  if (!isServed(written, minor)) return { type: 'removed', written, kind, newest, minor, isProven: true };
  return newest && isDeprecated(written, minor) ? leaving(kind, written, newest) : undefined;
};

/** What Flux 2.0 still served was there before; what is current came with it, but for the operator's own kinds. */
const verdictBeforeTwo = (kind: ServedKind, written: ServedVersion): ApiVerdict | undefined => {
  if (kind.group === groups.operator) return undefined;
  if (written.removedIn !== undefined) return { type: 'behind', written, kind };
  return { type: 'removed', written, kind, newest: undefined, minor: undefined, isProven: true };
};

const leaving = (kind: ServedKind, written: ServedVersion, newest: ServedVersion): ApiVerdict =>
  newest.version === written.version ? { type: 'behind', written, kind } : { type: 'deprecated', written, kind, newest };

/** @param minor undefined: the version is served, by whatever Flux */
const isDeprecated = ({ deprecatedIn }: ServedVersion, minor: FluxMinor | undefined): boolean =>
  deprecatedIn !== undefined && (minor === undefined || !isBefore(minor, deprecatedIn));

const isFluxGroup = (group: string): boolean => servedKinds().some((kind) => kind.group === group);

const unserved = ({ apiVersion, kind, minor }: ApiQuestion, known: ServedKind | undefined): ApiVerdict => {
  const group = groupOf(apiVersion);
  const isProven = minor !== undefined && !isBefore(newestMinor, minor);
  const versionsOf = ({ group: name, versions }: ServedKind) =>
    versions.filter((version) => minor === undefined || isServed(version, minor)).map(({ version }) => `${name}/${version}`);
  const common = { type: 'unserved', isProven, upTo: newestMinor, definition: undefined } as const;
  if (known) return { ...common, served: versionsOf(known), meant: undefined, isKnownKind: true };
  const elsewhere = servedKinds().find((candidate) => candidate.kind === kind);
  const inGroup = servedKinds().filter((candidate) => candidate.group === group);
  const meant = elsewhere
    ? undefined
    : nearest(
        kind,
        inGroup.map((candidate) => candidate.kind),
      );
  return { ...common, served: elsewhere ? versionsOf(elsewhere) : [], meant, isKnownKind: false };
};
