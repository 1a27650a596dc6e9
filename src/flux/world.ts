import type { Config } from '../config/config.ts';
import type { Files } from '../files/files.ts';
import type { Repository } from '../files/repository.ts';
import type { Generated } from '../generate/generated.ts';
import type { EvaluateTerraform } from '../generate/terraform/evaluate-terraform.ts';
import type { Plan } from '../generate/terraform/plan.ts';
import type { Build, EffectiveObject, ParseFile, Reads } from '../kustomize/build.ts';
import type { Watch } from '../model/watch.ts';
import type { MapNode, Node } from '../yaml/node.ts';
import type { Artifact, Content, FoundRoot, Variables } from './evaluation.ts';

/** What evaluation may ask for, all of it through views: the root's files, other checkouts, other revisions. */
export interface World {
  readonly files: Files;
  readonly parse: ParseFile;
  readonly build: Build;
  readonly config: Config;
  /** The checkout that stands for a source's URL; undefined where none is mapped. */
  readonly checkout: (url: string) => Files | undefined;
  /** The folder of this repository that configuration says to be a source's content; undefined where it says none. */
  readonly ownFolder: (url: string) => string | undefined;
  /** Why the checkout is not there that the configuration maps a source's URL to. */
  readonly missingCheckout: (url: string) => string | undefined;
  readonly repository: Repository;
  /** Absent: there is no Terraform. */
  readonly terraform?: EvaluateTerraform | undefined;
  /** Files of values that its root modules are run with, as paths of the repository. */
  readonly terraformVarFiles?: readonly string[] | undefined;
  readonly terraformPlans?: readonly Plan[] | undefined;
  /** What the evaluation of another revision left. */
  readonly memory?: EvaluationMemory | undefined;
  /** Absent: nobody looks on. */
  readonly watch?: Watch | undefined;
}

/** What the evaluation of one revision leaves for the next: contents of Kustomizations by their documents. */
export interface EvaluationMemory {
  readonly ofRoot: (root: FoundRoot) => RootMemory;
  /** Whether a build on another tree would read the very same. */
  readonly isSameContent: (reads: Reads, before: Files, now: Files) => boolean;
}

export interface RootMemory {
  rootDocument?: MapNode;
  readonly contents: Map<
    MapNode,
    {
      readonly artifact: Artifact | undefined;
      readonly variables: Variables;
      readonly strict: boolean | undefined;
      readonly content: Content;
    }
  >;
  /** By `spec.postBuild` and the namespace of the Kustomization. */
  readonly variables: Map<Node, Map<string, readonly RememberedVariables[]>>;
  /** What generators make, by the cluster and the generator; it holds while those that shape it are the same. */
  readonly expansions: Map<string, Map<MapNode, RememberedExpansion>>;
}

export interface RememberedVariables {
  readonly sources: readonly VariableSource[];
  readonly variables: Variables;
}

/** An object that was looked for; `of`: its namespace. */
export interface VariableSource {
  readonly kind: string;
  readonly of: string;
  readonly name: string;
  readonly found: MapNode | undefined;
}

export interface RememberedExpansion {
  /** The providers of a ResourceSet; the definitions, Compositions and environments of a composite resource. */
  readonly shaping: readonly MapNode[];
  readonly generated: Generated;
  readonly objects: readonly EffectiveObject[];
}
