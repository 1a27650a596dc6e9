import type { Options } from 'yargs';

/** What may stand behind an option or in the place of an argument; absent: nothing that is known beforehand. */
export type Completes =
  | readonly string[]
  | 'files'
  | 'directories'
  | 'rules'
  /** `RULE=SEVERITY`. */
  | 'severities'
  /** Branches and tags of git, or two of them. */
  | 'revisions'
  /** For a flag that is on by default: `--no-NAME` is what one types. */
  | 'negation';

/** An option as yargs reads it, and what a shell may offer for it. */
export type CompletedOption = Options & { readonly completes?: Completes };
