import type { VariableConfig } from '../config/config.ts';
import type { Files } from '../files/files.ts';
import type { Generated } from '../generate/generated.ts';
import type { TerraformObject } from '../generate/terraform/made.ts';
import type { BuildResult, EffectiveObject } from '../kustomize/build.ts';
import type { Origin } from '../model/origin.ts';
import type { StepProblem } from '../model/problem.ts';
import type { MapNode } from '../yaml/node.ts';

/**
 * Why a directory is taken for the root of a cluster: the configuration says so; `flux bootstrap` left its files there; a
 * Kustomization applies the directory that its own build renders it from; a FluxInstance syncs it; Terraform makes what
 * syncs it; a script or a cloud's Flux configuration names it; it lies and looks as roots do; another cluster deploys to it. `unreached`: it is
 * none, and stands for the builds that no cluster here applies.
 */
export type RootEvidence =
  | 'config'
  | 'bootstrap'
  | 'self-applied'
  | 'flux-instance'
  | 'terraform'
  | 'declared'
  | 'layout'
  | 'remote'
  | 'unreached';

/** The Flux of a cluster, as far as the repository shows it. */
export interface FluxVersion {
  /** 9 for Flux 2.9. Of a range the lowest. */
  readonly minor: number;
  /** No other minor can be meant. */
  readonly isExact: boolean;
  /** Where it says so. */
  readonly because: string;
}

/** Where the evaluation of a cluster starts. */
export interface ClusterRoot {
  readonly name: string;
  /** Relative to the repository's root; empty for the root itself. */
  readonly directory: string;
  /** The folder of the repository that is the root of the artifact, which `spec.path` is relative to; empty for all of it. */
  readonly folder: string;
  readonly evidence: RootEvidence;
  /** The file that shows it; undefined where no single one does. */
  readonly shownBy: string | undefined;
  /** The Kustomization that applies the directory: as written, or as Flux would make it; its source in the same namespace. */
  readonly sync: {
    readonly namespace: string;
    readonly name: string;
    readonly written: MapNode | undefined;
    /** The source that an operator makes and nobody writes. */
    readonly source?: MapNode | undefined;
  };
  /** What the FluxInstance says that syncs it, however it is made: its spec. */
  readonly instance?: MapNode | undefined;
  /** `distribution.version` of its FluxInstance. */
  readonly instanceVersion?: string | undefined;
  /** What Terraform applies to the cluster by itself. */
  readonly applied?: readonly AppliedByTerraform[] | undefined;
  /** There is no sync: what Terraform applies is all there is. */
  readonly isBare?: boolean | undefined;
  /** Known values that live outside git. */
  readonly variables: ReadonlyMap<string, VariableConfig>;
}

/** A root module, as what a Kustomization would apply. */
export interface AppliedByTerraform {
  /** Its directory, and the values it is run with where there are several. */
  readonly name: string;
  readonly document: MapNode;
  readonly content: ContentOf<'built'>;
  /** What could not be seen of it. */
  readonly gaps: readonly string[];
  readonly made: readonly TerraformObject[];
}

/** A root before clusters have names. */
export type FoundRoot = Omit<ClusterRoot, 'name' | 'variables'> & { readonly name?: string; readonly variables?: ClusterRoot['variables'] };

/** A document of the repository as written, before any evaluation. */
export interface WrittenObject {
  readonly path: string;
  readonly root: MapNode;
}

/** How an object names a source. */
export interface SourceReference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** What is asked of it, as the Kustomization has it; undefined where that is not known or does not matter. */
  readonly path?: string | undefined;
}

/** Why content is not at hand. */
export interface NotAtHand {
  readonly why: string;
  readonly howTo: string | undefined;
  /** The URL that a checkout would have to stand for. */
  readonly url?: string | undefined;
}

/** A source's content: a tree, or the reason why it is not at hand. */
export type Artifact =
  | {
      readonly type: 'mapped';
      readonly files: Files;
      readonly repository: string | undefined;
      readonly revision: string | undefined;
      /** Where nothing says that this is the source's content: what it is taken for and why, as a sentence without its period. */
      readonly assumed: string | undefined;
    }
  | ({ readonly type: 'unmapped' } & NotAtHand);

/** What a Kustomization applies. */
export type Content =
  | {
      readonly type: 'built';
      readonly artifact: Artifact & { readonly type: 'mapped' };
      /** In the artifact. */
      readonly directory: string;
      readonly build: BuildResult;
      /** After substitution and common metadata, in the order of the build. */
      readonly objects: readonly EffectiveObject[];
      /** Of the build and of substitution. */
      readonly problems: readonly StepProblem[];
      readonly variables: Variables;
      /** Flux would refuse the result: `objects` is what could be had. */
      readonly failed: boolean;
    }
  /** The source is there, the path is not. */
  | { readonly type: 'missing-path'; readonly artifact: Artifact & { readonly type: 'mapped' }; readonly directory: string }
  /** The source is not in the cluster. */
  | { readonly type: 'missing-source' }
  | ({ readonly type: 'unknown' } & NotAtHand);

/** One variant of `Content`. */
export type ContentOf<T extends Content['type']> = Extract<Content, { readonly type: T }>;

/** The variables that a Kustomization substitutes. */
export interface Variables {
  /** False where `postBuild` is absent or no variable exists: nothing is touched then. */
  readonly runs: boolean;
  readonly known: ReadonlyMap<string, { readonly value: string; readonly origin: Origin }>;
  /** Names that exist with a value only the cluster has. */
  readonly withoutValue: ReadonlyMap<string, string>;
  /** Why more variables may exist than are known here. */
  readonly open: string | undefined;
}

/** A Flux Kustomization and what it applies. */
export interface AppliedKustomization {
  readonly namespace: string;
  readonly name: string;
  /** The cluster whose Flux reconciles it. */
  readonly cluster: string;
  /** The cluster its objects go to: another one with `kubeConfig`. */
  readonly target: string;
  /** The object itself; undefined for a root that is not committed. */
  readonly object: EffectiveObject | undefined;
  /** The object's tree, or the one that Flux's tools would make for a root that is not committed. */
  readonly document: MapNode;
  /** Who applies it; undefined for roots, which apply themselves. */
  readonly parent: AppliedKustomization | undefined;
  readonly content: Content;
  readonly objects: readonly AppliedObject[];
  /** What the ResourceSets among its objects make; the operator applies it, not Flux. */
  readonly generated: readonly AppliedObject[];
  /** It is no Kustomization but a root module of Terraform, called after its directory. */
  readonly isTerraform?: boolean | undefined;
}

/** An object as it arrives in a cluster. */
export interface AppliedObject extends EffectiveObject {
  readonly owner: AppliedKustomization;
  /** The cluster it is in. */
  readonly cluster: string;
  /** The ResourceSet that makes it; the owner is then the Kustomization that applies that. */
  readonly generator?: MapNode | undefined;
}

/** A ResourceSet in a cluster. */
export interface AppliedGenerator {
  readonly object: AppliedObject;
  readonly generated: Generated;
}

export interface Cluster {
  readonly name: string;
  readonly root: ClusterRoot;
  /** Undefined where the repository does not show it, and for remote clusters. */
  readonly fluxVersion: FluxVersion | undefined;
  /** For a remote cluster: the hub that deploys to it. */
  readonly hub: string | undefined;
  /** Those its own Flux reconciles, the root first, then in order of discovery. */
  readonly kustomizations: readonly AppliedKustomization[];
  /** Everything that ends up in it, whoever applies it. */
  readonly objects: readonly AppliedObject[];
  /** HelmReleases that install into it: its own without `kubeConfig`, and a hub's with one. */
  readonly releases: readonly AppliedObject[];
  readonly generators: readonly AppliedGenerator[];
  /** The content of a source that its Flux fetches; undefined where there is no such source. */
  readonly artifactOf: (reference: SourceReference) => Artifact | undefined;
}

export interface Evaluation {
  readonly clusters: readonly Cluster[];
  /** What no cluster applies, as builds of their own: a cluster that is none, each build under a Kustomization that is none. */
  readonly unreached: Cluster | undefined;
  /** Of no Kustomization: of the evaluation as a whole. */
  readonly problems: readonly StepProblem[];
  /** Every Flux object as written, reached or not. */
  readonly written: readonly WrittenObject[];
  /** Those of them in files that no cluster reads. */
  readonly unapplied: readonly WrittenObject[];
}
