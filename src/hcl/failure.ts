/** Why text cannot be parsed or an expression has no value: thrown inside this folder and met at its doors alone. */
import type { Related } from '../model/problem.ts';
import type { Span } from '../model/span.ts';

export interface HclFailure {
  /** As Terraform words it: the summary, a colon, the detail. */
  readonly message: string;
  readonly span: Span;
  readonly related?: readonly Related[] | undefined;
  /** It says nothing of what Terraform would do: a limit of ours. */
  readonly isLimit?: boolean | undefined;
}

const failure: unique symbol = Symbol('flux-lint/hcl-failure');

interface Signal extends Error {
  readonly [failure]: HclFailure;
}

const isSignal = (error: unknown): error is Signal => error instanceof Error && failure in error;

export const raise = (what: HclFailure): never => {
  // No stack: `try()` meets many of these.
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  const error = Object.assign(new Error(what.message), { [failure]: what });
  Error.stackTraceLimit = before;
  throw error;
};

export const fail = (message: string, span: Span, related?: readonly Related[]): never => raise({ message, span, related });

/** What `run` gives, or why it failed. Other exceptions pass through. */
export const attempt = <T>(run: () => T): { readonly value: T } | { readonly failure: HclFailure } => {
  try {
    return { value: run() };
  } catch (error) {
    if (isSignal(error)) return { failure: error[failure] };
    throw error;
  }
};
