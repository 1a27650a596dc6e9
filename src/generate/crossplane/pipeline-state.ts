/** What the steps of a pipeline hand to each other, and what each of them may say. */
import type { Step } from '../../model/origin.ts';
import type { MapNode, Node, UnknownNode } from '../../yaml/node.ts';
import type { Gap, GeneratorError, Multiplicity } from '../generated.ts';

/** A composed resource as a step wants it to be. */
export interface Composed {
  readonly root: MapNode;
  /** The line a person would edit. */
  readonly at: Node;
  readonly multiplicity: Multiplicity;
}

export interface PipelineState {
  /** By the name of the composed resource. */
  readonly desired: ReadonlyMap<string, Composed>;
  /** The context's environment; undefined where no step made one. */
  readonly environment: MapNode | UnknownNode | undefined;
}

export interface StepResult {
  readonly state: PipelineState;
  readonly gaps: readonly Gap[];
  /** With any, nothing is composed. */
  readonly errors: readonly GeneratorError[];
}

/** What every step knows. */
export interface StepInput {
  /** The composite resource, its defaults filled in. */
  readonly composite: MapNode;
  readonly state: PipelineState;
  /** `input` of the step. */
  readonly input: MapNode;
  /** Names the Composition, in what it makes. */
  readonly step: Step;
  /** The text of a file, to find places inside its block scalars. */
  readonly sourceOf: (path: string) => string | undefined;
}

export const fatal = (state: PipelineState, message: string, at: Node): StepResult => ({
  state,
  gaps: [],
  errors: [{ type: 'invalid', message, at }],
});
