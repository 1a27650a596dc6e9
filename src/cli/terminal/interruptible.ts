/**
 * Calls `run` so that Ctrl-C ends it with an error, also where it never waits: a handler of the signal would be called
 * only when it is done (https://nodejs.org/api/vm.html, `breakOnSigint`). Nothing inside can catch that error.
 */
export const interruptible = <T>(run: () => T): T => {
  // Only terminals want it: no other start pays for it.
  const { createContext, runInContext } = process.getBuiltinModule('node:vm');
  return runInContext('run()', createContext({ run }), { breakOnSigint: true, displayErrors: false });
};

/** The error is of the context that was ended, and so no `Error` of ours. */
export const isInterruption = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED';
