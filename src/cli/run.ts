import type { Argv, Options } from 'yargs';
import yargs from 'yargs';
import { nearest } from '../model/spelling.ts';
import { tool } from '../model/tool.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Command } from './command.ts';
import { commands, nameOf } from './commands.ts';
import type { Context, Parts } from './context.ts';
import { exitCodes } from './terminal/exit-code.ts';
import type { Io } from './terminal/io.ts';

export interface Run {
  readonly io: Io;
  readonly parts: Parts;
  readonly enter: (step: string) => void;
  readonly watch: Context['watch'];
}

/** Reads the arguments and runs the command they name; gives its exit code. Throws a UsageError for what it cannot read. */
export const run = async (argv: readonly string[], { io, parts, enter, watch }: Run): Promise<number> => {
  let code: number = exitCodes.done;
  let help = '';
  const context: Context = { io, parts, enter, watch, commandNames: commands.map(({ usage }) => nameOf(usage)) };
  const finish = (result: number) => {
    code = result;
  };

  const cli = yargs([], io.cwd)
    .locale('en')
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-positional-numbers': false,
    })
    .version(tool.version)
    .help()
    .alias('help', 'h')
    .wrap(Math.min(io.columns ?? 100, 100))
    .epilogue(epilogue)
    .updateStrings({ 'Not enough arguments following: %s': '--%s wants a value' })
    .fail((message, error) => {
      if (error && error.name !== 'YError') throw error;
      const what = message ?? error.message;
      throw what.startsWith('Not enough non-option arguments') ? missingArgument(argv) : new UsageError(what, 'See flux-lint --help.');
    });
  const [first, ...behind] = argv;
  const isHelpWanted = argv.some((word) => word === '--help' || word === '-h');
  const hasDash = argv.includes('-');
  const named = isHelpWanted ? undefined : commands.find(({ usage }) => nameOf(usage) === first);
  if (named) {
    // For one command among several yargs writes the help in every run, which took a tenth of a small check.
    add(cli.scriptName(`flux-lint ${nameOf(named.usage)}`), named, { isAlone: true, hasDash, context, finish });
  } else {
    cli.scriptName('flux-lint').usage('Static analysis for Flux repositories: what every cluster will really apply.');
    for (const command of commands) add(cli, command, { isAlone: false, hasDash, context, finish });
  }

  await cli.parseAsync(named ? behind : [...argv], {}, (_error, _parsed, output) => {
    help = output;
  });
  if (help !== '') io.stdout(`${help}\n`);
  return code;
};

const epilogue = `Exit code: 0 nothing found at or above --fail-on, 1 something found, 2 it could not be done as asked, 3 a bug in flux-lint.
The root is the nearest directory upwards whose .flux-lint.yaml says "root: true", else the top of the git work tree.`;

/** yargs says how many are missing, and not of what. */
const missingArgument = (argv: readonly string[]): UsageError => {
  const command: Command | undefined = commands.find(({ usage }) => argv.includes(nameOf(usage)));
  if (!command?.positional) return new UsageError('an argument is missing', 'See flux-lint --help.');
  const name = nameOf(command.usage);
  return new UsageError(`${name} wants a ${command.positional.name}`, `See flux-lint ${name} --help.`);
};

/** Tells yargs of a command, so that it refuses what it does not know and gives its exit code to `finish`. */
const add = (cli: Argv, command: Command, { isAlone, hasDash, context, finish }: Registration): void => {
  const { usage, summary, positional, options, examples } = command;
  const name = nameOf(usage);
  const usages = [usage].flat();
  cli.command(
    isAlone ? usages.slice(0, 1).map((each) => each.replace(name, '$0')) : usages,
    summary,
    (yargs) => {
      const described = yargs.options(inGroups(options)).example(examples.map(([example, what]) => [example, what]));
      return positional ? described.positional(positional.name, { type: 'string', describe: positional.summary }) : described;
    },
    async (given: Readonly<Record<string, unknown>>) => {
      const extra = isAlone ? [given._].flat() : behindName(given._, name);
      const words =
        positional === undefined
          ? []
          : [given[positional.name] ?? [], positional.repeatable ? extra : [], hasDash ? '-' : []].flat().map(String);
      if (extra[0] !== undefined && !positional?.repeatable) {
        throw new UsageError(`"${String(extra[0])}" is one argument too many`, `See flux-lint ${name} --help.`);
      }
      refuseUnknown(given, [...Object.keys(options), ...lettersOf(options), ...(positional ? [positional.name] : [])], name);
      refuseRepeated(given, options);
      refuseEmpty(given, options);
      finish(await command.run(given, words, context));
    },
  );
};

/** The letters that stand for options. */
const lettersOf = (options: Readonly<Record<string, Options>>): readonly string[] =>
  Object.values(options).flatMap(({ alias }) => (typeof alias === 'string' ? [alias] : []));

/** Where a command has many options, its help has them in groups. */
const inGroups = (options: Readonly<Record<string, Options>>): Record<string, Options> =>
  Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      const group = Object.keys(options).length < 12 ? undefined : optionGroups.find(({ names }) => names.includes(name))?.title;
      return [name, group === undefined ? option : { ...option, group }];
    }),
  );

const optionGroups: readonly { readonly title: string; readonly names: readonly string[] }[] = [
  { title: 'What is judged:', names: ['root', 'config', 'cluster', 'repository', 'stdin-filename', 'since', 'staged'] },
  {
    title: 'Which rules, and what fails:',
    names: ['rule', 'only', 'plugins', 'fail-on', 'max-warnings', 'report-unused-suppressions', 'new-only', 'baseline', 'update-baseline'],
  },
  { title: 'Fixes:', names: ['fix', 'unsafe-fixes', 'fix-dry-run'] },
  { title: 'The report:', names: ['format', 'output', 'report', 'group-by', 'statistics', 'quiet', 'verbose', 'color', 'stats'] },
];

interface Registration {
  /** Its name is taken off the words already. */
  readonly isAlone: boolean;
  /** `-` was among the words, which yargs drops. */
  readonly hasDash: boolean;
  readonly context: Context;
  readonly finish: (code: number) => void;
}

/** Keys that yargs adds to what was given. */
const ownKeys = ['_', '$0', 'help', 'h', 'version'];

const refuseUnknown = (given: Readonly<Record<string, unknown>>, known: readonly string[], command: string): void => {
  const unknown = Object.keys(given).find((key) => !known.includes(key) && !ownKeys.includes(key));
  if (unknown !== undefined) {
    const meant = meantBy(unknown, [...known, 'help', 'version'])
      .map(dashed)
      .join(' or ');
    const help = `See flux-lint ${command} --help.`;
    throw new UsageError(`there is no option ${dashed(unknown)}`, meant === '' ? help : `Did you mean ${meant}? ${help}`);
  }
};

/** A letter, as other tools have it, stands for what begins with it; letters of ours are known by their words. */
const meantBy = (unknown: string, known: readonly string[]): readonly string[] => {
  if (unknown.length === 1) return known.filter((option) => option.length > 1 && option.startsWith(unknown.toLowerCase()));
  const meant = nearest(unknown, known);
  return meant === undefined ? [] : [meant];
};

/** Words that no positional took: all that stands behind `--`, and what is too much. */
const behindName = (words: unknown, name: string): readonly unknown[] => {
  const [first, ...rest] = [words].flat();
  return first === name ? rest : [words].flat();
};

const refuseRepeated = (given: Readonly<Record<string, unknown>>, options: Readonly<Record<string, Options>>): void => {
  const repeated = Object.keys(options).find((key) => options[key]?.array !== true && Array.isArray(given[key]));
  if (repeated !== undefined) throw new UsageError(`${dashed(repeated)} is given more than once`, 'Give it once.');
};

/** As of a variable that a script did not set. */
const refuseEmpty = (given: Readonly<Record<string, unknown>>, options: Readonly<Record<string, Options>>): void => {
  const empty = Object.keys(options).find((key) => [given[key]].flat().includes(''));
  if (empty !== undefined) throw new UsageError(`${dashed(empty)} is empty`, 'Give it a value, or leave it out.');
};

const dashed = (option: string): string => `${option.length === 1 ? '-' : '--'}${option}`;
