/**
 * `extends` of files and installed packages: what several repositories share. Data alone: no code runs, and nothing outside
 * the repository is read, so that a configuration that is a stranger's can name nothing but what the stranger pushed.
 */
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { diskEntry, diskLies } from '../files/disk.ts';
import type { UsageError } from '../model/usage-error.ts';
import type { BaseConfig, Config } from './config.ts';
import { configError, fileAt } from './config-error.ts';
import { configNames } from './config-names.ts';

export interface Reading {
  /** Absolute. */
  readonly root: string;
  /** Reads one file, without what it extends. */
  readonly read: (path: string, root: string) => Config;
}

/**
 * A configuration on top of those it extends, which come first, in their order: later rules and overrides win, environments
 * and tenants of its own replace those of the same name, other lists are joined.
 *
 * @throws UsageError with `path:line` for a base that is not there, lies outside, is code, extends itself, or says what only
 * the repository itself can know
 */
export const withBases = (config: Config, reading: Reading, chain: readonly string[] = []): Config =>
  config.bases.map((base) => readBase(base, config, reading, chain)).reduceRight((above, base) => joined(base, above), config);

const readBase = (base: BaseConfig, config: Config, { root, read }: Reading, chain: readonly string[]): Config => {
  const from = config.path ?? root;
  const fail = (message: string, hint: string): UsageError => configError(fileAt(config, base.at), { at: base.at, message, hint });
  const path = placeOf(base.name, from);
  if (path === undefined || diskEntry(path) !== 'file') {
    throw fail(
      `there is no configuration ${base.name}`,
      'extends takes recommended, strict, a file relative to this one (./lint/base.yaml) or an installed package.',
    );
  }
  const home = chain.length === 0 ? dirname(from) : root;
  if (!diskLies(path, root) && !diskLies(path, home)) {
    throw fail(`${base.name} lies outside the repository`, 'Install it as a package here, or copy the file.');
  }
  if (!/\.(ya?ml|json)$/.test(path)) throw fail(`${base.name} is code`, 'extends takes YAML and JSON; rules of your own go into plugins.');
  if ([...chain, from].includes(path)) throw fail(`${base.name} extends itself`, 'Take one of the entries away.');
  const found = read(path, root);
  const foreign = ownKeys.find((key) => says(found, key));
  if (foreign !== undefined) {
    throw fail(`${base.name} says ${foreign}, which only the repository's own configuration can`, `Move ${foreign} into this file.`);
  }
  return withBases(found, { root, read }, [...chain, from]);
};

/** What depends on where the configuration lies, or runs code. */
const ownKeys = ['root', 'clusters', 'repositories', 'terraform', 'plugins'] as const;

const says = (config: Config, key: (typeof ownKeys)[number]): boolean => {
  if (key === 'terraform') return config.terraform.roots.length > 0;
  const value = config[key];
  return typeof value === 'boolean' ? value : value.length > 0;
};

/** Absolute; a package by its entry point, else by the configuration at its top. */
const placeOf = (name: string, from: string): string | undefined => {
  if (/^(\.{1,2}\/|\/)/.test(name)) return resolve(dirname(from), name);
  const { resolve: find } = createRequire(from);
  const candidates = [() => find(name), ...configNames.map((file) => () => find(`${name}/${file}`))];
  for (const candidate of candidates) {
    try {
      const path = candidate();
      if (/\.(ya?ml|json)$/.test(path)) return path;
    } catch {}
  }
  return undefined;
};

const joined = (base: Config, own: Config): Config => ({
  ...own,
  extended: [...base.extended, ...(base.file ? [base.file] : []), ...own.extended],
  extends: own.extends === 'strict' || base.extends === 'strict' ? 'strict' : 'recommended',
  environments: byName(base.environments, own.environments),
  tenants: byName(base.tenants, own.tenants),
  kubernetesVersion: own.kubernetesVersion ?? base.kubernetesVersion,
  promotion: own.promotion.length > 0 ? own.promotion : base.promotion,
  external: [...base.external, ...own.external],
  schemas: [...own.schemas, ...base.schemas],
  ignore: [...base.ignore, ...own.ignore],
  rules: [...base.rules, ...own.rules],
  overrides: [...base.overrides, ...own.overrides],
  expressions: [...base.expressions, ...own.expressions],
});

const byName = <T extends { readonly name: string }>(base: readonly T[], own: readonly T[]): readonly T[] => [
  ...base.filter(({ name }) => !own.some((each) => each.name === name)),
  ...own,
];
