import type { InferredOptionTypes, Options } from 'yargs';
import type { RuleMeta } from '../lint/rule-meta.ts';
import type { Watch } from '../model/watch.ts';
import type { Analyze } from './check.ts';
import type { Io } from './io.ts';

/** What commands stand on, each loaded when a command asks for it. */
export interface Parts {
  readonly analyze: () => Promise<Analyze>;
  readonly rules: () => Promise<readonly RuleMeta[]>;
}

export interface Context {
  readonly io: Io;
  readonly parts: Parts;
  readonly commandNames: readonly string[];
  /** Says what is going on now, for the report of a bug. */
  readonly enter: (step: string) => void;
  /** Shows how far a run is, where somebody waits for it. */
  readonly watch: Watch;
}

/** One command: how it is written, what it takes, what it does. `run` gives the exit code. */
export interface Command<O extends Readonly<Record<string, Options>>> {
  /** As yargs reads it: name and arguments; the one whose name may be left out has `$0` too. */
  readonly usage: string | readonly string[];
  readonly summary: string;
  /** The arguments that are no options. */
  readonly positional?: { readonly name: string; readonly summary: string; readonly repeatable?: true };
  readonly options: O;
  readonly examples: readonly (readonly [command: string, what: string])[];
  readonly run: (options: InferredOptionTypes<O>, positionals: readonly string[], context: Context) => Promise<number>;
}

/** Lets TypeScript infer the options. */
export const defineCommand = <const O extends Readonly<Record<string, Options>>>(command: Command<O>): Command<O> => command;
