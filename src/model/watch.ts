/** What a run is busy with. */
export type Step = 'files' | 'parsing' | 'evaluation' | 'graph' | 'rules' | 'findings' | 'report' | { readonly rule: string };

/** What a run has done so far, in numbers. */
export type Counted = 'file' | 'cluster' | 'object' | 'rule';

/**
 * Someone who looks on while a run works. It is told, and asked nothing: what a run comes to is the same with any of
 * them. Clocks and terminals are its own affair.
 */
export interface Watch {
  /** Calls `run` and gives what it gives. Steps lie within each other. */
  readonly during: <T>(step: Step, run: () => T) => T;
  /** So many more are to be done. */
  readonly expect: (what: Counted, more: number) => void;
  /** So many more are done. */
  readonly count: (what: Counted, more: number) => void;
}

/** Nobody looks on. */
export const unwatched: Watch = { during: (_step, run) => run(), expect: () => {}, count: () => {} };
