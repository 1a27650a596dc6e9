import type { ObjectRef } from './object-ref.ts';
import type { Cause } from './problem.ts';
import type { Severity } from './severity.ts';

/** A place for people and tools: 1-based, columns in UTF-16 units. */
export interface Location {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** A mapped checkout's URL, when the file is not in this root. */
  readonly repository?: string;
  /** When read from another revision than the work tree. */
  readonly revision?: string;
}

export interface RelatedLocation {
  readonly location: Location;
  readonly message: string;
  /** It is a step on the path of that name (the cluster it starts from), which ends at the finding; steps stand in order. */
  readonly flow?: string;
}

/** Where something ends up. Sorted; empty lists: it reaches nothing. */
export interface Reach {
  readonly clusters: readonly string[];
  readonly environments: readonly string[];
  readonly tenants: readonly string[];
}

export interface FindingEdit {
  readonly path: string;
  readonly range: readonly [start: number, end: number];
  readonly text: string;
}

export interface FindingFix {
  readonly description: string;
  readonly safety: 'safe' | 'unsafe';
  readonly edits: readonly FindingEdit[];
  /** It touches what is secret: it can be applied here, and no report has it. */
  readonly isSecret?: boolean;
}

/** The one shape behind every report format; fields are added, never renamed (docs: contract). */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  readonly location: Location;
  readonly related: readonly RelatedLocation[];
  readonly object?: ObjectRef;
  readonly reach: Reach;
  readonly fingerprint: string;
  /** The page about its rule. */
  readonly url?: string;
  readonly new?: boolean;
  /** What it has in common with others of its rule; no report prints it. */
  readonly cause?: Cause;
  /** Where the others are that it is told together with; no report prints it but as places. */
  readonly alike?: readonly Location[];
  readonly fix?: FindingFix;
}
