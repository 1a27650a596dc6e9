/**
 * The graph: clusters, Kustomizations, sources, objects and files, and the questions that rules, `why`, `graph` and
 * `impact` ask of them. It is a reading of an evaluation: nothing is parsed or built here, answers are found when they
 * are asked for and remembered.
 */

import type { Config } from '../config/config.ts';
import type { Files } from '../files/files.ts';
import type { AppliedKustomization, Evaluation } from '../flux/evaluation.ts';
import type { FieldConflict } from '../kube/schema/conflicting-fields.ts';
import type { FluxMinor } from '../kube/schema/flux-minor.ts';
import type { Scope } from '../kube/schema/scope.ts';
import type { Related } from '../model/problem.ts';
import type { MapNode } from '../yaml/node.ts';
import type { ClusterView } from './clusters/cluster-view.ts';
import type { DoubleOwners } from './clusters/double-owners.ts';
import type { Lockdown } from './clusters/lockdown.ts';
import type { AppliedView, HelmReleaseView, KustomizationView, ObjectView } from './clusters/views.ts';
import type { Environments } from './environments/environments.ts';
import type { Existence, Wanted } from './existence/existence.ts';
import type { ImageMarker } from './images/images.ts';
import type { Order } from './order/cluster-order.ts';
import type { SharedBuild } from './reach/builds.ts';
import type { Pull } from './reach/pulls.ts';
import type { ReachIndex, Way } from './reach/reach-index.ts';
import type { UnreadManifest } from './reach/unread-manifests.ts';
import type { Use } from './reach/uses.ts';
import type { Missing } from './references/missing.ts';
import type { Reference, ReferenceRole } from './references/reference.ts';
import type { ClusterWideRights } from './rights/rights.ts';
import type { ApiVerdict } from './schemas/api-verdict.ts';
import type { Definitions } from './schemas/definitions.ts';
import type { SchemaVerdict } from './schemas/schema-verdict.ts';
import type { FollowedSource } from './sources/followed-source.ts';
import type { SubstitutedObject } from './substitution/substitution.ts';
import type { SharedByTenants, Used } from './tenants/shared-by-tenants.ts';
import type { Tenant } from './tenants/tenant.ts';

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
