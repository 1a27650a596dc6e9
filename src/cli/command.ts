import type { InferredOptionTypes } from 'yargs';
import type { CompletedOption, Completes } from './completion/completes.ts';
import type { Context } from './context.ts';

/** One command: how it is written, what it takes, what it does. */
export interface Command {
  /** As yargs reads it: name and arguments; the one whose name may be left out has `$0` too. */
  readonly usage: string | readonly string[];
  readonly summary: string;
  /** The arguments that are no options. */
  readonly positional?: { readonly name: string; readonly summary: string; readonly repeatable?: true; readonly completes?: Completes };
  readonly options: CommandOptions;
  readonly examples: readonly (readonly [command: string, what: string])[];
  /** Gives the exit code. */
  readonly run: (options: Readonly<Record<string, unknown>>, positionals: readonly string[], context: Context) => Promise<number>;
}

type CommandOptions = Readonly<Record<string, CompletedOption>>;

interface Definition<O extends CommandOptions> extends Omit<Command, 'options' | 'run'> {
  readonly options: O;
  readonly run: (options: InferredOptionTypes<O>, positionals: readonly string[], context: Context) => Promise<number>;
}

/** Lets TypeScript infer the options. */
export const defineCommand = <const O extends CommandOptions>({ run, ...command }: Definition<O>): Command => ({
  ...command,
  // yargs gives just what they declare.
  run: (options, positionals, context) => run(options as InferredOptionTypes<O>, positionals, context),
});
