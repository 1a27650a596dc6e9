import type { Span } from './span.ts';

/** How a value got from where it was written to where it is seen. */
export type StepType =
  | 'resource'
  | 'component'
  | 'patch'
  | 'transformer'
  | 'generator'
  | 'replacement'
  | 'substitution'
  | 'resource-set'
  | 'composition'
  | 'patch-from-claim'
  /** Terraform: the resource that makes it, the call that reads a file, the place that a reference leads to. */
  | 'terraform'
  | 'template'
  | 'reference';

/** Steps of generators: what is seen was made of what is written, which says something else. */
export const generatedSteps: ReadonlySet<StepType> = new Set(['resource-set', 'composition', 'patch-from-claim']);

/** One carrier or changer of a value. `at` is the line that asked for it; `field` the word there (`namespace`, `images`). */
export interface Step {
  readonly type: StepType;
  readonly at: Span;
  readonly field?: string;
}

/** Who wrote a value; then who carried or changed it, in order. */
export interface Origin {
  readonly span: Span;
  readonly via: readonly Step[];
}
