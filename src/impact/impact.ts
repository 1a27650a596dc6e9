/** What a change comes to: the words that reports and rules share. Where a list is sorted, it is by names. */
import type { AppliedKustomization } from '../flux/evaluation.ts';
import type { ClusterView } from '../graph/clusters/cluster-view.ts';
import type { AppliedView, HelmReleaseView, KustomizationView } from '../graph/clusters/views.ts';
import type { EnvironmentVerdict } from '../graph/environments/environments.ts';
import type { Graph } from '../graph/graph.ts';
import type { Origin } from '../model/origin.ts';
import type { FieldChange } from './changed-fields.ts';

export interface Impact {
  readonly base: Graph;
  readonly head: Graph;
  readonly changedFiles: readonly ReachingFile[];
  /** Those with a change, production first, then in the order of promotion. */
  readonly clusters: readonly ClusterImpact[];
  /** What could not be compared. */
  readonly unknown: readonly Incomparable[];
  /** Charts that change and keep their version: Flux makes nothing new of them. */
  readonly idleCharts: readonly IdleChart[];
  /** The Kustomizations whose builds read a changed file, before or after. */
  readonly readersOf: (file: string) => readonly AppliedKustomization[];
}

export interface IdleChart {
  readonly release: HelmReleaseView;
  readonly version: string;
  readonly versionAt: Origin;
  /** Changed files, sorted. */
  readonly files: readonly string[];
}

export interface ReachingFile {
  readonly path: string;
  readonly from?: string;
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed';
  /** Something that a cluster applies differs because of it. */
  readonly reaches: boolean;
}

export interface ClusterImpact {
  readonly name: string;
  readonly environment: EnvironmentVerdict | undefined;
  /** Production, or what configuration protects. */
  readonly isProtected: boolean;
  readonly base: ClusterView | undefined;
  readonly head: ClusterView | undefined;
  /** Those with a change. */
  readonly kustomizations: readonly KustomizationImpact[];
}

/** What changes of the objects that one Kustomization applies. */
export interface KustomizationImpact {
  /** `namespace/name`. */
  readonly id: string;
  readonly tenant: string | undefined;
  readonly base: KustomizationView | undefined;
  readonly head: KustomizationView | undefined;
  /** It is suspended, or a suspended one holds its new version back: nothing of this happens yet. */
  readonly isHeld: boolean;
  readonly added: readonly ObjectChange[];
  readonly changed: readonly ObjectChange[];
  readonly removed: readonly ObjectChange[];
}

export interface ObjectChange {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** As the cluster has it. */
  readonly base: AppliedView | undefined;
  readonly head: AppliedView | undefined;
  /** Where a moved object came from, or what a renamed one was called. */
  readonly from: { readonly kustomization?: string; readonly namespace?: string; readonly name?: string } | undefined;
  readonly fields: readonly FieldChange[];
  /** Changed files, sorted. */
  readonly causedBy: readonly string[];
  /** The changed line behind it; where there is none, the object or the Kustomization it belongs to. */
  readonly at: Origin;
  /** It goes under this name, and comes under another. */
  readonly isRenamed: boolean;
  /** Flux deletes what the cluster has; for a moved object: unless the new owner is faster. */
  readonly isPruned: boolean;
  /** Why it stays for ever though it would be pruned, as a sentence without its period. */
  readonly leftBecause: string | undefined;
}

export interface Incomparable {
  readonly cluster: string;
  /** Production, or what configuration protects. */
  readonly isProtected: boolean;
  readonly kustomization: string;
  readonly reason: string;
  /** Changed files. */
  readonly causedBy: readonly string[];
}

/** Every change of a Kustomization's objects, removals first. */
export const objectChanges = ({ removed, changed, added }: KustomizationImpact): readonly ObjectChange[] => [
  ...removed,
  ...changed,
  ...added,
];

export interface ImpactSummary {
  readonly clusters: number;
  readonly environments: readonly string[];
  readonly tenants: readonly string[];
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** Of the removed, and of the moved, those that Flux deletes. */
  readonly pruned: number;
  /** Of the changed, those that another Kustomization applied before. */
  readonly moved: number;
}

export const summarise = (clusters: readonly ClusterImpact[]): ImpactSummary => {
  const kustomizations = clusters.flatMap((cluster) => cluster.kustomizations);
  const changes = kustomizations.flatMap(objectChanges);
  return {
    clusters: clusters.length,
    environments: distinct(clusters.map(({ environment }) => environment?.environment)),
    tenants: distinct(kustomizations.map(({ tenant }) => tenant)),
    added: sum(kustomizations.map(({ added }) => added.length)),
    changed: sum(kustomizations.map(({ changed }) => changed.length)),
    removed: sum(kustomizations.map(({ removed }) => removed.length)),
    pruned: changes.filter(({ isPruned }) => isPruned).length,
    moved: changes.filter(({ from }) => from?.kustomization !== undefined).length,
  };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const distinct = (names: readonly (string | undefined)[]): readonly string[] =>
  [...new Set(names.filter((name) => name !== undefined))].sort();
