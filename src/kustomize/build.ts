/**
 * One directory of an artifact tree → its effective objects, as kustomize 5.8.1 gives them (the version in Flux 2.9).
 *
 * In: a tree, a directory in it, and what a Flux Kustomization writes over the root. Out: objects in input order whose
 * every scalar knows who wrote it, what the build read, and what is wrong. Guaranteed: nothing outside the tree is
 * read; nothing is thrown for what is in the repository; a directory is built once for equal inputs, and its result is
 * shared by all overlays on it.
 */
import type { File, Files } from '../files/files.ts';
import type { Origin, Step } from '../model/origin.ts';
import type { StepProblem } from '../model/problem.ts';
import type { ListNode, MapNode, Node, ScalarNode } from '../yaml/node.ts';
import type { ParsedText } from '../yaml/parse.ts';

export interface BuildInput {
  /** The artifact: paths outside it do not exist. */
  readonly files: Files;
  readonly directory: string;
  /** What Flux writes into the root kustomization. Its identity is part of the memo: pass the same object for the same wish. */
  readonly overrides?: RootOverrides | undefined;
  /** kustomize's own default is RootOnly; Flux builds with None (the artifact is the jail). */
  readonly loadRestrictor: 'LoadRestrictionsNone' | 'LoadRestrictionsRootOnly';
  /** Where there is no kustomization file: fail as `kustomize build` does, or make one of the directory as Flux does. */
  readonly withoutKustomization: 'fail' | 'generate';
}

/** The fields of a Flux Kustomization that its controller merges into the root kustomization, as nodes with their origins. */
export interface RootOverrides {
  /** The object that asks: steps of a generated kustomization point here. */
  readonly at: Origin;
  readonly targetNamespace?: ScalarNode | undefined;
  readonly namePrefix?: ScalarNode | undefined;
  readonly nameSuffix?: ScalarNode | undefined;
  readonly patches?: ListNode | undefined;
  readonly components?: ListNode | undefined;
  readonly ignoreMissingComponents?: boolean | undefined;
  readonly images?: ListNode | undefined;
  readonly buildMetadata?: ListNode | undefined;
  /** The text of a file that these nodes stand in: places inside inline patches are found with it. */
  readonly sourceOf?: ((path: string) => string | undefined) | undefined;
}

/** kustomize's ResId: what an object is called at one moment of a build. Absent parts are empty. */
export interface ResourceId {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** An object as kustomize gives it. */
export interface EffectiveObject {
  readonly root: MapNode;
  /** As written in the file that defines it, before any rename. */
  readonly original: ResourceId;
  /** The entries that carried it here, innermost first. What changed single values stands on their nodes. */
  readonly via: readonly Step[];
  /** It stands for any number of objects, in words: `every pull request of app-prs`. */
  readonly standsFor?: string | undefined;
}

/** What one directory of a build read, and the directories it built in turn: shared between builds, so a tree. */
export interface Reads {
  readonly directory: string;
  /** Undefined where Flux makes the kustomization itself. */
  readonly kustomization: File | undefined;
  readonly files: readonly File[];
  /** Directories whose listing mattered. */
  readonly listed: readonly string[];
  /** Paths that were looked for and do not exist. */
  readonly missing: readonly string[];
  readonly children: readonly { readonly step: Step; readonly reads: Reads }[];
}

/** Content that no offline build can have: it makes the set of objects open. */
export interface Leaf {
  readonly type: 'remote' | 'helm' | 'plugin';
  readonly at: Origin;
  readonly what: string;
}

/** A patch with a `target`, and how many objects it selected in this build. */
export interface PatchTarget {
  readonly target: Node;
  readonly matches: number;
}

export interface BuildResult {
  readonly objects: readonly EffectiveObject[];
  readonly problems: readonly StepProblem[];
  /** kustomize would reject the directory; `objects` is what could be had all the same. */
  readonly failed: boolean;
  readonly reads: Reads;
  readonly leaves: readonly Leaf[];
  readonly patchTargets: readonly PatchTarget[];
}

/** Parses a file once in a run. */
export type ParseFile = (file: File) => ParsedText;

/** Builds one directory; see the head of this file. */
export type Build = (input: BuildInput) => BuildResult;
