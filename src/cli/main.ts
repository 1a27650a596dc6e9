import { tool } from '../model/tool.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Parts } from './context.ts';
import { exitCodes } from './terminal/exit-code.ts';
import { isInterruption } from './terminal/interruptible.ts';
import type { Io } from './terminal/io.ts';
import { createProgress } from './terminal/progress.ts';
import { printableLines, say } from './terminal/say.ts';

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

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Causes from the outermost, which names the rule or step, to the one that went wrong; the stack is that one's. */
const bugReport = (error: unknown, step: string): string => {
  const chain = causes(error);
  const innermost = chain.at(-1);
  const stack = innermost instanceof Error ? innermost.stack : undefined;
  return printableLines([
    `flux-lint: a bug in flux-lint ${tool.version}, during ${step}: ${chain.map(messageOf).join(': ')}`,
    'This is not your mistake. Please report it with these lines and, if you can, the manifests it was reading.',
    ...(stack === undefined ? [] : stack.split('\n')),
  ]);
};

const causes = (error: unknown): readonly unknown[] =>
  error instanceof Error && error.cause !== undefined ? [error, ...causes(error.cause)] : [error];

const messageOf = (error: unknown): string => oneLine(error instanceof Error ? error.message : String(error));
