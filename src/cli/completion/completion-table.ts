/**
 * All that a shell may be offered, as data. The bundle holds what this module comes to instead of the module: whoever
 * presses a key must not wait for the whole program, and nothing of it can grow old.
 */
import { rules } from '../../../rules/index.ts';
import { commands, nameOf } from '../commands.ts';
import type { CompletedOption, Completes } from './completes.ts';

export interface CompletionTable {
  readonly commands: readonly CommandWords[];
  readonly rules: readonly Candidate[];
}

export interface CommandWords extends Candidate {
  /** Its arguments. */
  readonly completes?: Completes | undefined;
  readonly isRepeatable: boolean;
  readonly options: readonly OptionWords[];
}

export interface OptionWords extends Candidate {
  /** A value follows. */
  readonly takesValue: boolean;
  readonly isRepeatable: boolean;
  readonly completes?: Completes | undefined;
}

export interface Candidate {
  readonly word: string;
  readonly about: string;
}

const optionWords = ([name, option]: readonly [string, CompletedOption]): OptionWords => ({
  word: `--${name}`,
  about: option.describe ?? '',
  takesValue: option.type !== 'boolean',
  isRepeatable: option.array === true,
  completes: option.completes,
});

export const completionTable: CompletionTable = {
  commands: commands.map(({ usage, summary, positional, options }) => ({
    word: nameOf(usage),
    about: summary,
    completes: positional?.completes,
    isRepeatable: positional?.repeatable === true,
    options: Object.entries<CompletedOption>(options).map(optionWords),
  })),
  rules: rules.map(({ id, summary }) => ({ word: id, about: summary })),
};
