import type { CheckResult } from '../../lint/result.ts';
import { tool } from '../../model/tool.ts';
import type { Io } from './io.ts';
import { printableLines } from './say.ts';

export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Causes from the outermost, which names the rule or step, to the one that went wrong; the stack is that one's. */
export const bugReport = (error: unknown, step: string): string => {
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

/** Tells each of them; whether there was any. The report says that their findings are missing. */
export const reportFailedRules = (failed: CheckResult['failed'], io: Pick<Io, 'stderr'>): boolean => {
  for (const { ruleId, error } of failed) io.stderr(bugReport(new Error(`rule ${ruleId}`, { cause: error }), 'the analysis'));
  return failed.length > 0;
};
