import { createInterface } from 'node:readline/promises';
import type { Questions } from './io.ts';

/** Questions on the terminal that the process runs in. Ctrl-C and Ctrl-D leave. */
export const openQuestions = (): Questions => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const left = new Promise<undefined>((resolve) => terminal.once('close', () => resolve(undefined)));
  return {
    ask: (question) => Promise.race([left, terminal.question(question)]),
    close: () => terminal.close(),
  };
};
