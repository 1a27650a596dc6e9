/**
 * What the API server of a cluster says of an object's form. A CustomResourceDefinition among the cluster's own objects is
 * the exact one and wins over our descriptions. Every tree is judged once, in however many clusters it is.
 */
import { groupOf } from '../../kube/object-view.ts';
import { conflictingFields, type FieldConflict } from '../../kube/schema/conflicting-fields.ts';
import { type CustomKind, readDefinition, validateCustomObject } from '../../kube/schema/crd-schemas.ts';
import { type FluxMinor, isBefore } from '../../kube/schema/minor.ts';
import type { SchemaError } from '../../kube/schema/schema-error.ts';
import { isDescribed, validateObject } from '../../kube/schema/schemas.ts';
import { newestMinor } from '../../kube/schema/served-versions.ts';
import { refusedValues } from '../../kube/schema/value-rules.ts';
import { memo, memoByText } from '../../model/memo.ts';
import { at, type MapNode, stringAt } from '../../yaml/node.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { InstalledBy } from '../clusters/installed-by.ts';
import { definitionsOf } from './definitions.ts';

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
  /** Another version of Flux than those known here might take it. */
  readonly dependsOnVersion: boolean;
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
  readonly installedBy: (cluster: ClusterView) => InstalledBy;
}

export const createJudges = ({ minorOf, installedBy }: JudgesInput): Judges => {
  const read = memo((definition: MapNode) => ({ kind: readDefinition(definition) }));
  const definitionIn = ({ cluster, apiVersion, kind }: Omit<Asked, 'root'>): CustomKind | undefined => {
    // Of two definitions of one kind the last holds, as it does in the cluster.
    const last = definitionsOf(cluster)
      .written.get(`${groupOf(apiVersion)}/${kind}`)
      ?.at(-1);
    return last && read(last.root).kind;
  };
  const conflicts = memo(conflictingFields);
  const defined = memo((definition: CustomKind) => memo((root: MapNode) => byDefinition(root, definition)));
  const described = new Map<FluxMinor | undefined, Judge>();
  const describedFor = (minor: FluxMinor | undefined) => {
    const known = described.get(minor) ?? memo((root: MapNode) => byDescription(root, minor));
    described.set(minor, known);
    return known;
  };

  const judgeFor = (asked: Omit<Asked, 'root'>): Judge => {
    const definition = definitionIn(asked);
    if (definition) return defined(definition);
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

type Judge = (root: MapNode) => readonly SchemaVerdict[];

const none: readonly SchemaVerdict[] = [];

/** @param minor undefined where the Flux of the cluster is not known */
const byDescription = (root: MapNode, minor: FluxMinor | undefined): readonly SchemaVerdict[] => {
  const isKnown = minor !== undefined && !isBefore(newestMinor, minor);
  const errors = validateObject(root, minor).map((error): SchemaVerdict => {
    const { type, nearest, belongs, isChoice } = error;
    // What is misspelt or in the wrong place is so in every version.
    const mayBeNew = nearest === undefined && belongs === undefined && (type === 'unknown-field' || isChoice === true);
    return { ...error, refusedBy: 'API server', dependsOnVersion: mayBeNew && !isKnown };
  });
  return [...errors, ...byControllers(root)];
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
