import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CheckRequest } from '../../analyze.ts';
import { didYouMean, nearest } from '../../model/spelling.ts';
import { UsageError } from '../../model/usage-error.ts';
import { type CheckFormat, checkFormatNames } from '../../report/check/format-names.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { linkOf, linkOption } from '../link.ts';
import * as shared from '../options.ts';
import { ruleOptions, severitiesOf } from '../rule-options.ts';
import { exitCodes, failOnChoices } from '../terminal/exit-code.ts';
import type { Io } from '../terminal/io.ts';
import { isPreCommit } from '../terminal/pre-commit.ts';
import { nothingOfFlux, say } from '../terminal/say.ts';
import { baselineOf, baselineOptions } from './baseline.ts';
import { analyzeCompared, type ComparisonArguments, comparisonOf, comparisonOptions } from './comparison.ts';
import { conclude } from './conclude.ts';
import { fixOptions, safetiesOf } from './fixes.ts';
import { groupingOf, readingOptions, reportOption, reportsOf } from './reports.ts';
import { observed, statsOption } from './stats.ts';

const options = {
  ...shared.rootOption,
  ...shared.configOption,
  ...shared.clusterOption,
  ...shared.repositoryOption,
  ...shared.trustOption,
  ...shared.terraformOptions,
  ...ruleOptions,
  ...comparisonOptions,
  'stdin-filename': {
    type: 'string',
    requiresArg: true,
    describe: 'Judge standard input as this file: an editor that has not saved it',
    completes: 'files',
  },
  'report-unused-suppressions': {
    type: 'boolean',
    describe: 'Report comments that suppress nothing [default: yes, but not in hooks]',
    completes: 'negation',
  },
  ...baselineOptions,
  ...fixOptions,
  'max-warnings': { type: 'string', requiresArg: true, describe: 'Exit 1 when there are more warnings than this' },
  ...shared.formatOption(checkFormatNames, 'text; github in its Actions'),
  ...shared.outputOption,
  ...reportOption,
  ...linkOption,
  ...shared.colourOption,
  ...readingOptions,
  quiet: { alias: 'q', type: 'boolean', describe: 'Findings alone, each by itself' },
  verbose: { alias: 'v', type: 'boolean', describe: 'Infos too, and every list in full' },
  ...statsOption,
} as const;

export const checkCommand = defineCommand({
  usage: ['check [paths..]', '$0'],
  summary: 'Say what Flux will make of this repository (the default command)',
  positional: {
    name: 'paths',
    repeatable: true,
    summary: 'What to report on: files, directories, clusters; the root is always checked whole',
    completes: 'files',
  },
  options,
  examples: [
    ['flux-lint', 'the repository around the working directory'],
    ['flux-lint ./clusters/production', 'what concerns this cluster, wherever its manifests lie'],
    ['flux-lint --format sarif --output flux-lint.sarif', 'for code scanning'],
    ['flux-lint --report sarif=flux-lint.sarif --report junit=flux-lint.xml', 'several reports of one run'],
    ["flux-lint --only 'references/*' --fail-on warning", 'a few rules, and warnings count'],
    ['flux-lint --fix-dry-run', 'what the fixes would change'],
    ['flux-lint --since origin/main --new-only', 'what a branch adds, and what its change reaches'],
    ['flux-lint --stdin-filename apps/shop.yaml < buffer', 'what an editor shows and has not saved'],
    ['flux-lint --staged', 'before a commit: what it would be to blame for'],
    ['flux-lint --repository ssh://git@github.com/your-org/apps=../apps', "check another repository's content too"],
  ],
  run: async (given, paths, context) => {
    const { io, parts, enter } = context;
    const threshold = {
      failOn: shared.oneOf('--fail-on', given['fail-on'], failOnChoices),
      maxWarnings: numberOf('--max-warnings', given['max-warnings']),
    };
    const format = formatOf(given, io);
    groupingOf(given);
    const reports = reportsOf(given.report, given.output, io);
    const link = linkOf(given.link, io);
    const buffer = bufferOf(given, paths, io);
    refuseMistypedCommand(paths, context);
    const comparison = comparisonOf(given);
    const { watch, printStats } = await observed(given, context);
    const request: CheckRequest = {
      cwd: io.cwd,
      paths: paths.filter((path) => path !== '-'),
      buffer,
      needsBounds: comparison.type === 'none',
      root: given.root,
      config: given.config,
      clusters: given.cluster ?? [],
      only: given.only ?? [],
      rules: severitiesOf(given.rule ?? []),
      // A hook sees what is being committed: a comment that became needless elsewhere is no reason to stop it.
      reportUnusedSuppressions: given['report-unused-suppressions'] ?? !(given.staged || isPreCommit(io.env)),
      baseline: baselineOf(given),
      plugins: given.plugins !== false,
      fixes: safetiesOf(given),
      repositories: shared.pairs('--repository', given.repository, 'URL=DIR'),
      trustConfig: shared.trustsConfig(given, io.env),
      terraformVarFiles: given['terraform-var-file'],
      terraformPlans: given['terraform-plan'],
      watch,
    };

    enter('the analysis');
    const analyze = await parts.analyze();
    const isForPeople = (format === 'text' || format === 'github') && given.output === undefined && reports.length === 0;
    const results = await analyzeCompared({ comparison, request, analyze, env: io.env, isForPeople });
    if (results.length === 0 && !given.quiet) say(io, nothingOfFlux);

    const codes: number[] = [];
    for (const result of results) {
      if (results.length > 1) say(io, `in ${result.root}`);
      codes.push(
        await conclude(result, { given, format, reports, link, baseline: request.baseline, threshold, context: { io, enter, watch } }),
      );
    }
    const [first] = results;
    if (first) printStats({ ...first, findings: results.flatMap(({ findings }) => findings) });
    return Math.max(exitCodes.done, ...codes);
  },
});

/** `-`, or `--stdin-filename` alone: what an editor has of a file. */
const bufferOf = (
  { 'stdin-filename': path, ...given }: ComparisonArguments & { readonly 'stdin-filename'?: string | undefined },
  paths: readonly string[],
  { stdin }: Io,
): CheckRequest['buffer'] => {
  if (path === undefined) {
    if (!paths.includes('-')) return undefined;
    throw new UsageError('"-" is standard input, and a manifest is judged by where it lies', 'Say where: --stdin-filename PATH.');
  }
  if (comparisonOf(given).type !== 'none') throw new UsageError('--stdin-filename is not in any commit', 'Leave out --since and --staged.');
  if (stdin === undefined) throw new UsageError('there is no standard input', 'Send the text of the file to it.');
  return { path, text: stdin() };
};

/** Without a name: annotations where GitHub reads the log, else text. */
const formatOf = ({ format: named, output, statistics }: FormatArguments, { env, isTTY }: Io): CheckFormat => {
  const format = named === undefined ? undefined : shared.oneOf('--format', named, checkFormatNames);
  if (statistics && format !== undefined && format !== 'text' && format !== 'json') {
    throw new UsageError(`--statistics does not go with --format ${format}`, 'Counts are there as text and as json.');
  }
  if (format !== undefined) return format;
  return env.GITHUB_ACTIONS === 'true' && !isTTY && output === undefined && !statistics ? 'github' : 'text';
};

interface FormatArguments {
  readonly format?: string | undefined;
  readonly output?: string | undefined;
  readonly statistics?: boolean | undefined;
}

const numberOf = (option: string, value: string | undefined): number | undefined => {
  if (value === undefined) return undefined;
  if (!/^\d+$/.test(value)) throw new UsageError(`${option} cannot be "${value}"`, 'Use a whole number, 0 for none.');
  return Number(value);
};

/** `flux-lint chek` would otherwise be a path that does not exist. */
const refuseMistypedCommand = ([first]: readonly string[], { io, commandNames }: Context): void => {
  if (first === undefined || existsSync(resolve(io.cwd, first))) return;
  if (!/^[a-z]+$/.test(first)) return;
  const meant = nearest(first, commandNames) ?? (first === 'version' || Object.hasOwn(options, first) ? `--${first}` : undefined);
  const hint = didYouMean(meant && `flux-lint ${meant}`) ?? 'Name a directory or a file, or see flux-lint --help.';
  throw new UsageError(`there is no path and no command "${first}"`, hint);
};
