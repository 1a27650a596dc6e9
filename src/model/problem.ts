import type { Origin } from './origin.ts';
import type { Span } from './span.ts';

/** Another place that belongs to a problem, and what it has to do with it. */
export interface Related {
  readonly at: Origin;
  readonly message: string;
}

/** Replaces the text of `span` with `text`. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** One right answer as text edits. `unsafe`: it may change what is deployed beyond mending the problem. */
export interface Fix {
  readonly description: string;
  readonly safety: 'safe' | 'unsafe';
  readonly edits: readonly Edit[];
}

/** What a step or a rule found wrong, before the runner makes it a finding. */
export interface Problem {
  readonly at: Origin;
  readonly message: string;
  readonly hint?: string | undefined;
  /** The evidence is weaker than the rule's worst case: no configuration lifts the severity above this. */
  readonly atMost?: 'warning' | 'info' | undefined;
  readonly related?: readonly Related[] | undefined;
  readonly fix?: Fix | undefined;
}

/** A problem that a step before the rules found, under the id of the rule that documents it. */
export interface StepProblem extends Problem {
  readonly ruleId: string;
}
