/** What building one directory gives to the directories that use it. */
import type { Step } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import type { Leaf, PatchTarget, Reads } from '../build.ts';
import type { MergeSchemas } from '../file/merge-schema.ts';
import { mergeVars, type Var } from '../reference/vars.ts';
import type { Resource } from '../resource/resource.ts';
import { emptyConfig, type TransformerConfig } from './transformer-config.ts';

/** What passes from step to step, and from a base to its overlays. */
export interface Accumulation {
  readonly resources: readonly Resource[];
  readonly config: TransformerConfig;
  readonly vars: readonly Var[];
}

export const nothing: Accumulation = { resources: [], config: emptyConfig, vars: [] };

export interface BuiltDirectory {
  readonly accumulation: Accumulation;
  readonly problems: readonly StepProblem[];
  readonly leaves: readonly Leaf[];
  readonly patchTargets: readonly PatchTarget[];
  readonly reads: Reads;
  /** The schema that its `openapi`, or that of a directory below, chose: it holds for whatever is built after it. */
  readonly schemas: MergeSchemas | undefined;
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
  /** The schema that was chosen first, by this directory or one below. */
  schemas: MergeSchemas | undefined;
}

export const newProgress = (accumulation: Accumulation, directory: string, schemas?: MergeSchemas): Progress => ({
  accumulation,
  problems: [],
  leaves: [],
  patchTargets: [],
  children: [],
  directories: new Set([directory]),
  isIncomplete: false,
  schemas,
});

/** Takes over everything about a directory that was built, but its objects. */
export const noteChild = (progress: Progress, step: Step, child: BuiltDirectory): void => {
  pushNew(progress.problems, child.problems);
  pushNew(progress.leaves, child.leaves);
  pushNew(progress.patchTargets, child.patchTargets);
  for (const directory of child.directories) progress.directories.add(directory);
  progress.children.push({ step, reads: child.reads });
  progress.schemas ??= child.schemas;
  if (child.leaves.length > 0 || child.problems.some(isRejection)) progress.isIncomplete = true;
};

/** A base that is reached in several ways tells what it has to tell once. */
const pushNew = <T>(list: T[], added: readonly T[]): void => {
  if (added.length === 0) return;
  const known = new Set(list);
  for (const each of added) if (!known.has(each)) list.push(each);
};

/** Joins the vars of a directory to those that are there. */
export const noteVars = (progress: Progress, added: readonly Var[]): void => {
  const { vars, problems } = mergeVars(progress.accumulation.vars, added);
  for (const problem of problems) progress.problems.push(problem);
  progress.accumulation = { ...progress.accumulation, vars };
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
