/** Why a template cannot be parsed or rendered, thrown inside this folder and met at its two doors alone. */

export interface TemplateFailure {
  readonly message: string;
  /** Offsets of the template. */
  readonly start: number;
  readonly end: number;
  /** The key that a map lacks, where that is it. */
  readonly missingKey?: string | undefined;
}

const failure: unique symbol = Symbol('flux-lint/template-failure');

interface Signal extends Error {
  readonly [failure]: TemplateFailure;
}

const isSignal = (error: unknown): error is Signal => error instanceof Error && failure in error;

const raise = (what: TemplateFailure): never => {
  throw Object.assign(new Error(what.message), { [failure]: what });
};

export const fail = (message: string, start: number, end: number): never => raise({ message, start, end });

export const failMissing = (key: string, { start, end }: { readonly start: number; readonly end: number }): never =>
  raise({ message: `map has no entry for key ${JSON.stringify(key)}`, start, end, missingKey: key });

const nowhere = -1;

/** What a function of a template throws; who calls it knows where. */
export const failCall = (message: string): never => fail(message, nowhere, nowhere);

/** Runs a function; what it throws happened at this place. */
export const callAt = <T>(name: string, { start, end }: { readonly start: number; readonly end: number }, call: () => T): T => {
  const result = attemptTemplate(call);
  if ('value' in result) return result.value;
  const { failure: what } = result;
  return raise(what.start === nowhere ? { message: `error calling ${name}: ${what.message}`, start, end } : what);
};

/** What `run` gives, or why it failed. Other exceptions pass through. */
export const attemptTemplate = <T>(run: () => T): { readonly value: T } | { readonly failure: TemplateFailure } => {
  try {
    return { value: run() };
  } catch (error) {
    if (isSignal(error)) return { failure: error[failure] };
    throw error;
  }
};
