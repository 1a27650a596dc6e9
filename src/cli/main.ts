import { tool } from '../model/tool.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Parts } from './context.ts';
import { bugReport, oneLine } from './terminal/bug-report.ts';
import { exitCodes } from './terminal/exit-code.ts';
import { isInterruption } from './terminal/interruptible.ts';
import type { Io } from './terminal/io.ts';
import { createProgress } from './terminal/progress.ts';
import { say } from './terminal/say.ts';

const lazyParts: Parts = {
  analyze: async () => (await import('../analyze.ts')).analyze,
  rules: async () => (await import('../analyze.ts')).builtInRules,
};

/**
 * The command: arguments in, exit code out. Everything it says goes through `io`. It never throws: what was asked
 * wrongly is one line and 2, and a bug of ours names the step it happened in and is 3.
 */
export const main = async (argv: readonly string[], io: Io, parts: Parts = lazyParts): Promise<number> => {
  if (argv.length === 1 && argv[0] === '--version') {
    io.stdout(`${tool.version}\n`);
    return exitCodes.done;
  }
  if (argv[0]?.startsWith('__complete')) return (await import('./completion/answer-shell.ts')).answerShell(argv, io);
  const { io: shown, watch } = createProgress(io);
  let step = 'reading the arguments';
  const enter = (next: string) => {
    step = next;
  };
  try {
    const { run } = await import('./run.ts');
    return await run(argv, { io: shown, parts, enter, watch });
  } catch (error) {
    if (isInterruption(error)) return exitCodes.interrupted;
    if (error instanceof UsageError) {
      say(io, `${oneLine(error.message)}. ${oneLine(error.whatToDo)}`);
      return exitCodes.usage;
    }
    io.stderr(bugReport(error, step));
    return exitCodes.bug;
  }
};
