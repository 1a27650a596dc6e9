/** What building one directory gives to the directories that use it. */
import type { Step } from '../model/origin.ts';
import type { StepProblem } from '../model/problem.ts';
import type { Leaf, PatchTarget, Reads } from './build.ts';
import type { Resource } from './resource.ts';
import { emptyConfig, type TransformerConfig } from './transformer-config.ts';

/** What passes from step to step, and from a base to its overlays. */
export interface Accumulation {
  readonly resources: readonly Resource[];
  readonly config: TransformerConfig;
}

export const nothing: Accumulation = { resources: [], config: emptyConfig };

export interface BuiltDirectory {
  readonly accumulation: Accumulation;
  readonly problems: readonly StepProblem[];
  readonly leaves: readonly Leaf[];
  readonly patchTargets: readonly PatchTarget[];
  readonly reads: Reads;
  /** This directory and all that were built for it. */
  readonly directories: readonly string[];
}

/** A directory while its steps run one after the other. */
export interface Progress {
  accumulation: Accumulation;
  readonly problems: StepProblem[];
  readonly leaves: Leaf[];
  readonly patchTargets: PatchTarget[];
  readonly children: { readonly step: Step; readonly reads: Reads }[];
  readonly directories: Set<string>;
  /** Something that should be there is not, known or unknown: what then finds no object is only a consequence. */
  isIncomplete: boolean;
}

export const newProgress = (accumulation: Accumulation, directory: string): Progress => ({
  accumulation,
  problems: [],
  leaves: [],
  patchTargets: [],
  children: [],
  directories: new Set([directory]),
  isIncomplete: false,
});

/** Takes over everything about a directory that was built, but its objects. */
export const noteChild = (progress: Progress, step: Step, child: BuiltDirectory): void => {
  for (const problem of child.problems) progress.problems.push(problem);
  for (const leaf of child.leaves) progress.leaves.push(leaf);
  for (const target of child.patchTargets) progress.patchTargets.push(target);
  for (const directory of child.directories) progress.directories.add(directory);
  progress.children.push({ step, reads: child.reads });
  if (child.leaves.length > 0 || child.problems.some(isRejection)) progress.isIncomplete = true;
};

/** Takes over what a step gives. A step that found no object because some are missing has nothing to say of its own. */
export const note = (
  progress: Progress,
  { resources, problems }: { readonly resources: readonly Resource[]; readonly problems: readonly StepProblem[] },
): void => {
  if (resources !== progress.accumulation.resources) progress.accumulation = { ...progress.accumulation, resources };
  for (const problem of problems) {
    if (progress.isIncomplete && isConsequence(problem)) continue;
    progress.problems.push(problem);
  }
};

/** kustomize ends the build at such a problem. All others are warnings about what it lets pass. */
export const isRejection = ({ atMost }: StepProblem): boolean => atMost === undefined;

const isConsequence = ({ message }: StepProblem): boolean =>
  /no matches for Id|nothing selected by|does not exist; cannot merge or replace|does not match a config|cannot be mapped to a field/.test(
    message,
  );
