/** What may come next on a command line. In: the table of all words, and the line so far. Out: candidates. */
import { severities } from '../../model/severity.ts';
import type { Completes } from './completes.ts';
import type { Candidate, CommandWords, CompletionTable, OptionWords } from './completion-table.ts';

export interface Completion {
  readonly candidates: readonly Candidate[];
  readonly directive: Directive;
}

/** What the shell shall do besides offering candidates: the bits of cobra's protocol (cobra, completions.go). */
export const directives = { default: 0, noSpace: 2, noFiles: 4, directories: 16 } as const;

type Directive = number;

export interface CompleteInput {
  readonly table: CompletionTable;
  /** Behind the program's name; the last is the one that is being typed, and may be empty. */
  readonly words: readonly string[];
  /** Names of branches and tags; asked for only where one is wanted. */
  readonly revisions: () => readonly string[];
}

export const complete = ({ table, words, revisions }: CompleteInput): Completion => {
  const typed = words.at(-1) ?? '';
  const { command, pending, given, positionals, isBehindDashes } = read(words.slice(0, -1), table);
  const { options } = command ?? defaultCommand(table);
  const values = (completes: Completes | undefined, text: string) => valuesOf(completes, { text, table, revisions });

  if (pending) return values(pending.completes, typed);
  if (typed.startsWith('-') && !isBehindDashes) {
    const equals = typed.indexOf('=');
    if (equals === -1) return offered(optionNames(options, given), typed);
    return values(options.find(({ word }) => word === typed.slice(0, equals))?.completes, typed.slice(equals + 1));
  }
  if (command) return positionals > 0 && !command.isRepeatable ? nothing : values(command.completes, typed);
  // The default command needs no name: a path will do as well.
  return positionals > 0 ? files : { ...offered(table.commands, typed), directive: directives.default };
};

interface Line {
  readonly command: CommandWords | undefined;
  /** The option whose value comes next. */
  readonly pending: OptionWords | undefined;
  /** Options that were given. */
  readonly given: ReadonlySet<string>;
  /** How many arguments there are already. */
  readonly positionals: number;
  readonly isBehindDashes: boolean;
}

const read = (words: readonly string[], table: CompletionTable): Line => {
  let command: CommandWords | undefined;
  let pending: OptionWords | undefined;
  let positionals = 0;
  let isBehindDashes = false;
  const given = new Set<string>();
  for (const word of words) {
    if (pending) pending = undefined;
    else if (word === '--') isBehindDashes = true;
    else if (word.startsWith('-') && !isBehindDashes) {
      given.add(word.split('=')[0] ?? word);
      pending = (command ?? defaultCommand(table)).options.find((option) => option.word === word && option.takesValue);
    } else {
      const named = command || positionals > 0 ? undefined : table.commands.find((candidate) => candidate.word === word);
      if (named) command = named;
      else positionals++;
    }
  }
  return { command, pending, given, positionals, isBehindDashes };
};

const defaultCommand = ({ commands: [first] }: CompletionTable): Pick<CommandWords, 'options'> => first ?? { options: [] };

const optionNames = (options: readonly OptionWords[], given: ReadonlySet<string>): readonly Candidate[] => [
  ...options
    .flatMap((option) => (option.completes === 'negation' ? [option, { ...option, word: `--no-${option.word.slice(2)}` }] : [option]))
    .filter(({ word, isRepeatable }) => isRepeatable || !given.has(word)),
  { word: '--help', about: 'Show help' },
];

interface Asked extends Pick<CompleteInput, 'table' | 'revisions'> {
  /** What is typed of the value. */
  readonly text: string;
}

const valuesOf = (completes: Completes | undefined, { text, table, revisions }: Asked): Completion => {
  if (typeof completes === 'object') return offered(plain(completes), text);
  switch (completes) {
    case 'files':
      return files;
    case 'directories':
      return { candidates: [], directive: directives.directories };
    case 'rules':
      return offered(table.rules, text);
    case 'severities': {
      const rule = /^(.+)=/.exec(text)?.[1];
      if (rule !== undefined) return offered(plain(['off', ...severities].map((severity) => `${rule}=${severity}`)), text);
      const unfinished = table.rules.map(({ word, about }) => ({ word: `${word}=`, about }));
      return { ...offered(unfinished, text), directive: directives.noFiles | directives.noSpace };
    }
    case 'revisions': {
      const from = /^.*\.\./.exec(text)?.[0] ?? '';
      return offered(plain(revisions().map((revision) => `${from}${revision}`)), text);
    }
    case 'negation':
    case undefined:
      return nothing;
    default:
      return completes satisfies never;
  }
};

const files: Completion = { candidates: [], directive: directives.default };
const nothing: Completion = { candidates: [], directive: directives.noFiles };

const plain = (words: readonly string[]): readonly Candidate[] => words.map((word) => ({ word, about: '' }));

const offered = (candidates: readonly Candidate[], typed: string): Completion => ({
  candidates: candidates.filter(({ word }) => word.startsWith(typed)),
  directive: directives.noFiles,
});
