/**
 * What the API server of a cluster says of an object's form. A CustomResourceDefinition among the cluster's own objects is
 * the exact one and wins over our descriptions. Every tree is judged once, in however many clusters it is.
 */
import { groupOf } from '../../kube/object-view.ts';
import { conflictingFields, type FieldConflict } from '../../kube/schema/conflicting-fields.ts';
import { type CustomKind, readDefinition, validateCustomObject } from '../../kube/schema/crd-schemas.ts';
import { kubernetesKindsOf, newestKubernetes, oldestKubernetes } from '../../kube/schema/kubernetes/served-kinds.ts';
import { isKubernetes, losesUnknownFields, validateKubernetes } from '../../kube/schema/kubernetes/validate-kubernetes.ts';
import { type FluxMinor, isBefore, type KubernetesMinor, type Minor } from '../../kube/schema/minor.ts';
import type { SchemaError } from '../../kube/schema/schema-error.ts';
import { isDescribed, validateObject } from '../../kube/schema/schemas.ts';
import { newestMinor, servedKinds } from '../../kube/schema/served-versions.ts';
import { refusedValues } from '../../kube/schema/value-rules.ts';
import { memo, memoByText } from '../../model/memo.ts';
import { at, type MapNode, stringAt } from '../../yaml/node.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { InstalledBy } from '../clusters/installed-by.ts';
import { definitionsOf } from './definitions.ts';
import type { LocalDefinitions } from './local-definitions.ts';
import { isPartOfAnother } from './partial.ts';

/** What a cluster's API server is asked about. */
interface Asked {
  readonly cluster: ClusterView;
  readonly apiVersion: string;
  readonly kind: string;
  readonly root: MapNode;
}

export interface SchemaVerdict extends SchemaError {
  /** Who looks first: what the API server takes, a controller may refuse. */
  readonly refusedBy: 'API server' | 'controller';
  /** The cluster may run a version that takes it. */
  readonly dependsOnVersion: boolean;
  /** Of which versions nothing is known here: `Flux is newer than 2.9`. */
  readonly unless?: string | undefined;
  /** Flux leaves the field out before it applies the object, so that nobody refuses it. */
  readonly isLost?: boolean | undefined;
}

export interface Judges {
  /** What will not be taken; nothing for kinds that are neither described nor defined in the cluster. */
  readonly errors: (asked: Asked) => readonly SchemaVerdict[];
  readonly conflicts: (root: MapNode) => readonly FieldConflict[];
  /** The kind's definition among the objects of the cluster. */
  readonly definition: (asked: Omit<Asked, 'root'>) => CustomKind | undefined;
}

export interface JudgesInput {
  /** The minor that a cluster certainly runs. */
  readonly minorOf: (cluster: string) => FluxMinor | undefined;
  readonly kubernetesOf: (cluster: string) => KubernetesMinor | undefined;
  readonly installedBy: (cluster: ClusterView) => InstalledBy;
  readonly ofCharts: (cluster: ClusterView) => ReadonlyMap<string, CustomKind>;
  readonly local: LocalDefinitions;
}

/** A kind of Flux or Kubernetes: its versions and fields are known here. */
export const isKnownKind = (apiVersion: string, kind: string): boolean =>
  kubernetesKindsOf(groupOf(apiVersion)).length > 0 ||
  servedKinds().some(({ group }) => group === groupOf(apiVersion)) ||
  isDescribed(apiVersion, kind);

export const createJudges = ({ minorOf, kubernetesOf, installedBy, ofCharts, local }: JudgesInput): Judges => {
  const definitionIn = ({ cluster, apiVersion, kind }: Omit<Asked, 'root'>): CustomKind | undefined => {
    // Of two definitions of one kind the last holds, as it does in the cluster.
    const last = definitionsOf(cluster)
      .written.get(`${groupOf(apiVersion)}/${kind}`)
      ?.at(-1);
    if (last) return read(last.root);
    if (isKnownKind(apiVersion, kind)) return undefined;
    return ofCharts(cluster).get(`${groupOf(apiVersion)}/${kind}`) ?? local(apiVersion, kind);
  };
  const judgeFor = (asked: Omit<Asked, 'root'>): Judge => {
    const definition = definitionIn(asked);
    if (definition) return defined(definition);
    if (isKubernetes(asked.apiVersion, asked.kind)) return builtInFor(kubernetesOf(asked.cluster.name));
    if (!isDescribed(asked.apiVersion, asked.kind)) return () => none;
    const judge = describedFor(minorOf(asked.cluster.name));
    return installedBy(asked.cluster) === 'flux bootstrap' ? judge : (root) => judge(root).filter((error) => !isOperatorKind(root, error));
  };
  const judges = memo((cluster: ClusterView) => memoByText((apiVersion) => memoByText((kind) => judgeFor({ cluster, apiVersion, kind }))));

  return {
    errors: ({ cluster, apiVersion, kind, root }) => judges(cluster)(apiVersion)(kind)(root),
    conflicts,
    definition: definitionIn,
  };
};

/** Clusters are many, minors few. */
const byMinor = <M extends Minor>(make: (minor: M | undefined) => Judge): ((minor: M | undefined) => Judge) => {
  const made = new Map<M | undefined, Judge>();
  return (minor) => {
    const judge = made.get(minor) ?? make(minor);
    made.set(minor, judge);
    return judge;
  };
};

type Judge = (root: MapNode) => readonly SchemaVerdict[];

const none: readonly SchemaVerdict[] = [];

// Of a tree, whichever graph it is in: an editor's session has the same ones in every evaluation.
const read = memo(readDefinition);
const conflicts = memo(conflictingFields);
const defined = memo((definition: CustomKind): Judge => memo((root: MapNode) => byDefinition(root, definition)));
const describedFor = byMinor((minor: FluxMinor | undefined) => memo((root: MapNode) => byDescription(root, minor)));
const builtInFor = byMinor((minor: KubernetesMinor | undefined) => memo((root: MapNode) => byKubernetes(root, minor)));

/** @param minor undefined where the Flux of the cluster is not known */
const byDescription = (root: MapNode, minor: FluxMinor | undefined): readonly SchemaVerdict[] => {
  const isKnown = minor !== undefined && !isBefore(newestMinor, minor);
  const errors = validateObject(root, minor).map((error): SchemaVerdict => {
    const { type, nearest, belongs, isChoice } = error;
    // What is misspelt or in the wrong place is so in every version.
    const mayBeNew = nearest === undefined && belongs === undefined && (type === 'unknown-field' || isChoice === true);
    const dependsOnVersion = mayBeNew && !isKnown;
    return {
      ...error,
      refusedBy: 'API server',
      dependsOnVersion,
      unless: dependsOnVersion ? `Flux is newer than ${newestMinor}` : undefined,
    };
  });
  return [...errors, ...byControllers(root)];
};

/** @param minor undefined where the Kubernetes of the cluster is not known: then what all of them refuse is certain */
const byKubernetes = (root: MapNode, minor: KubernetesMinor | undefined): readonly SchemaVerdict[] => {
  const isPartial = isPartOfAnother(root);
  const errors = validateKubernetes(root, minor).filter(({ type }) => !(isPartial && type === 'missing-field'));
  if (errors.length === 0) return none;
  const isLosing = losesUnknownFields(stringAt(root, 'apiVersion') ?? '', stringAt(root, 'kind') ?? '');
  // What has a value of the wrong type Flux leaves as it is.
  const isLost = isLosing && errors.every(({ type }) => type !== 'invalid-value');
  return errors.map((error): SchemaVerdict => {
    const { type, nearest, belongs, isChoice, since, until } = error;
    const mayBeOther = nearest === undefined && belongs === undefined && (type === 'unknown-field' || isChoice === true);
    const unless = mayBeOther && minor !== undefined ? beyond(minor) : undefined;
    const isOfSome = minor === undefined && (since !== undefined || until !== undefined);
    return {
      ...error,
      refusedBy: 'API server',
      dependsOnVersion: unless !== undefined || isOfSome,
      unless,
      isLost: isLost && type === 'unknown-field' && since === undefined,
    };
  });
};

/** Of which minors the table says nothing. */
const beyond = (minor: KubernetesMinor): string | undefined => {
  if (isBefore(newestKubernetes, minor)) return `Kubernetes is newer than ${newestKubernetes}`;
  return isBefore(minor, oldestKubernetes) ? `Kubernetes is older than ${oldestKubernetes}` : undefined;
};

const operatorKinds: ReadonlySet<string | undefined> = new Set(['FluxInstance', 'ResourceSet', 'ResourceSetInputProvider']);

/**
 * A kind that Alerts and Receivers may name where the Flux Operator has patched their definitions, as it does with every
 * Flux that it installs (flux-operator: internal/builder).
 */
const isOperatorKind = (root: MapNode, { pointer }: SchemaVerdict): boolean =>
  /^\/spec\/(eventSources|resources)\/\d+\/kind$/.test(pointer) && operatorKinds.has(stringAt(at(root, pointer)));

const byDefinition = (root: MapNode, definition: CustomKind): readonly SchemaVerdict[] => {
  const errors = validateCustomObject(root, definition);
  return [...errors.map((error) => ({ ...error, refusedBy: 'API server' as const, dependsOnVersion: false })), ...byControllers(root)];
};

const byControllers = (root: MapNode): readonly SchemaVerdict[] =>
  refusedValues(root).map((error) => ({ ...error, refusedBy: 'controller', dependsOnVersion: false }));
