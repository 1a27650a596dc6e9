/** Options that several commands share, and how their values are read. */

import { didYouMean, nearest } from '../model/spelling.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Io } from './terminal/io.ts';

export const rootOption = {
  root: {
    alias: 'r',
    type: 'string',
    requiresArg: true,
    describe: 'What spec.path is relative to [default: found, see below]',
    completes: 'directories',
  },
} as const;

export const configOption = {
  config: {
    alias: 'c',
    type: 'string',
    requiresArg: true,
    describe: 'The configuration [default: the nearest .flux-lint.yaml]',
    completes: 'files',
  },
} as const;

export const trustOption = {
  'trust-config': {
    type: 'boolean',
    describe: 'The configuration is yours: run its plugins, read what it names outside of the root [default: yes, but not where CI is set]',
    completes: 'negation',
  },
} as const;

/** On a terminal and in one's own hooks the repository is one's own; what CI checks out may be a stranger's. */
export const trustsConfig = (given: { readonly 'trust-config'?: boolean | undefined }, { CI: ci }: Io['env']): boolean =>
  given['trust-config'] ?? (ci === undefined || ci === '' || /^(false|0)$/i.test(ci));

export const clusterOption = {
  cluster: { type: 'string', array: true, requiresArg: true, describe: 'Check only clusters of this name; repeatable, globs' },
} as const;

export const repositoryOption = {
  repository: { type: 'string', array: true, requiresArg: true, describe: 'URL=DIR: a checkout that stands for a source; repeatable' },
} as const;

export const terraformOptions = {
  'terraform-var-file': {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'A .tfvars for the root modules of Terraform, in the root; repeatable',
    completes: 'files',
  },
  'terraform-plan': {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'A plan (terraform show -json): exact values of its root module; repeatable',
    completes: 'files',
  },
} as const;

export const outputOption = {
  output: { alias: 'o', type: 'string', requiresArg: true, describe: 'Write the report to this file', completes: 'files' },
} as const;

export const colourOption = {
  color: { type: 'boolean', describe: 'Colours; --no-color for none [default: on terminals]', completes: 'negation' },
} as const;

export const formatOption = <F extends string>(formats: readonly F[], preset: string) =>
  ({
    format: { alias: 'f', type: 'string', requiresArg: true, describe: `${formats.join(', ')} [default: ${preset}]`, completes: formats },
  }) as const;

/** `value` as one of `choices`; throws a UsageError that names the nearest where it is none. */
export const oneOf = <C extends string>(option: string, value: string, choices: readonly C[]): C => {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  const hint = didYouMean(nearest(value, choices));
  const all = choices.join(', ');
  throw new UsageError(`${option} cannot be "${value}"`, hint === undefined ? `Use one of ${all}.` : `${hint} It is one of ${all}.`);
};

/** `KEY=VALUE` options as a record; the last one of equal keys holds. The key may hold `=` where the value does not. */
export const pairs = (option: string, values: readonly string[] = [], shape: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    values.map((value) => {
      const equals = value.lastIndexOf('=');
      if (equals <= 0 || equals === value.length - 1) throw new UsageError(`${option} cannot be "${value}"`, `Write ${option} ${shape}.`);
      return [value.slice(0, equals), value.slice(equals + 1)];
    }),
  );
