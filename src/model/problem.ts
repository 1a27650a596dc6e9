import type { Origin } from './origin.ts';
import type { Span } from './span.ts';

/** Another place that belongs to a problem, and what it has to do with it. */
export interface Related {
  readonly at: Origin;
  readonly message: string;
  /** It is a step on the path of that name (the cluster it starts from), which ends at the problem; steps stand in order. */
  readonly flow?: string;
}

/** Replaces the text of `span` with `text`. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** Adds `key: value` (YAML as it shall be written) behind the last entry of a map. */
export interface FieldEdit {
  readonly map: FieldMap;
  readonly key: string;
  readonly value: string;
}

/** Takes one entry out of a map, with its lines. */
export interface EntryRemoval {
  readonly map: FieldMap;
  readonly entry: FieldMap['entries'][number];
}

/** Takes one item out of a list, with its line and the comment on it. */
export interface ItemRemoval {
  readonly list: { readonly items: readonly { readonly span: Span }[] };
  readonly item: { readonly span: Span };
}

/** The map as it stands in a file; the runner finds indentation and style there. */
interface FieldMap {
  readonly span: Span;
  readonly entries: readonly { readonly key: { readonly span: Span }; readonly value: { readonly span: Span } }[];
}

/** One right answer as text edits. `unsafe`: it may change what is deployed beyond fixing the problem. */
export interface Fix {
  readonly description: string;
  readonly safety: 'safe' | 'unsafe';
  readonly edits: readonly (Edit | FieldEdit | EntryRemoval | ItemRemoval)[];
}

/** Why it is wrong here: what has one cause is told once, with its places. */
export interface Cause {
  /** Equal for all that one edit or one decision mends, among the findings of a rule. */
  readonly key: string;
  /** What this place is beside another that has the same cause. */
  readonly place: string;
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
  readonly cause?: Cause | undefined;
  /** What no report may show of the files: credentials. */
  readonly masks?: readonly Span[] | undefined;
  /** The clusters it is about, where that is not the one the hook was called for: another target, or several at a time. */
  readonly clusters?: readonly string[] | undefined;
  /** The tenants it is about, where the object it was found at does not say so. */
  readonly tenants?: readonly string[] | undefined;
}

/** A problem that a step before the rules found, under the id of the rule that documents it. */
export interface StepProblem extends Problem {
  readonly ruleId: string;
}
