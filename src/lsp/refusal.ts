import { UsageError } from '../model/usage-error.ts';

/** What cannot be done as asked is told to whoever asked; anything else that goes wrong is a bug of ours. */
export const unlessRefused = async <T, R>(act: () => T | Promise<T>, told: (error: UsageError) => R): Promise<T | R> => {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return told(error);
  }
};
