import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Config, PluginConfig } from '../../config/config.ts';
import { configError } from '../../config/config-error.ts';
import { isRuleId } from '../../model/rule-id.ts';
import type { Rule } from '../define-rule.ts';
import { importModule } from './import-module.ts';

/**
 * The rules of a configuration's plugins: every default or named export that `defineRule` made, alone or in lists.
 *
 * @throws UsageError with `path:line` for a plugin that cannot be loaded, has no rule, or has one that is none
 */
export const loadPlugins = async (config: Config): Promise<readonly PluginRule[]> => {
  const loaded: PluginRule[] = [];
  for (const plugin of config.plugins) {
    const { namespace, url } = await load(plugin, config);
    for (const rule of rulesOf(namespace, plugin, config)) loaded.push({ rule: { ...rule, module: url }, at: plugin.at });
  }
  return loaded;
};

export interface PluginRule {
  readonly rule: Rule;
  /** The line that brings it. */
  readonly at: PluginConfig['at'];
}

const load = async ({ at, module }: PluginConfig, config: Config): Promise<Loaded> => {
  try {
    const url = urlOf(module, config.path ?? '');
    const namespace: unknown = await importModule(url);
    return { namespace: typeof namespace === 'object' && namespace !== null ? namespace : {}, url };
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw configError(config.file, {
      at,
      message: `the plugin ${module} cannot be loaded: ${why}`,
      hint: loadingHint(why),
    });
  }
};

interface Loaded {
  readonly namespace: object;
  readonly url: string;
}

/** Node takes `.js` for what the nearest package.json says, and its own words do not say what to do. */
const loadingHint = (why: string): string => {
  if (/outside a module|Unexpected token '?(export|import)'?/.test(why)) {
    return 'It is an ES module in a CommonJS package: call it .mjs, or write "type": "module" into its package.json.';
  }
  if (/(require|module|exports) is not defined/.test(why)) {
    return 'It is CommonJS in a package of ES modules: call it .cjs, or write import and export.';
  }
  return 'Name a module, relative to this file, or an installed package.';
};

/** A path is relative to the configuration; anything else is a package, looked for from there. */
const urlOf = (module: string, configPath: string): string => {
  const isPath = /^(\.{1,2}\/|\/)/.test(module);
  return pathToFileURL(isPath ? resolve(dirname(configPath), module) : createRequire(configPath).resolve(module)).href;
};

const rulesOf = (namespace: object, { at, module }: PluginConfig, config: Config): readonly Rule[] => {
  const fail = (message: string, hint: string) => configError(config.file, { at, message: `the plugin ${module} ${message}`, hint });
  const candidates = new Set(Object.values(namespace).flat().filter(hasId));
  if (candidates.size === 0) throw fail('exports no rule', 'Export what defineRule of flux-lint/rule gives.');
  return [...candidates].map((candidate) => {
    const wrong = whatIsWrong(candidate);
    if (wrong !== undefined)
      throw fail(`has a rule ${JSON.stringify(candidate.id)} that ${wrong}`, 'Make it with defineRule of flux-lint/rule.');
    // Everything that the runner and the reports read has just been looked at; its options are its own affair.
    return candidate as unknown as Rule;
  });
};

const hasId = (value: unknown): value is { readonly id: unknown } => typeof value === 'object' && value !== null && 'id' in value;

const texts = ['summary', 'why', 'reference'] as const;
const hooks = ['document', 'overlay', 'object', 'kustomization', 'source', 'helmRelease', 'cluster', 'graph'] as const;

const whatIsWrong = (rule: { readonly id: unknown }): string | undefined => {
  const fields = new Map<string, unknown>(Object.entries(rule));
  if (typeof rule.id !== 'string' || !isRuleId(rule.id)) {
    return 'has no id such as acme/missing-owner';
  }
  if (!['error', 'warning', 'info'].includes(String(fields.get('severity')))) return 'has no severity: error, warning or info';
  const missing = texts.find((key) => typeof fields.get(key) !== 'string');
  if (missing !== undefined) return `lacks "${missing}"`;
  if (typeof fields.get('examples') !== 'object') return 'lacks "examples"';
  const wrongHook = hooks.find((key) => fields.has(key) && typeof fields.get(key) !== 'function');
  if (wrongHook !== undefined) return `has a hook "${wrongHook}" that is no function`;
  const isNoList = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.every((kind) => typeof kind === 'string'));
  const wrongList = ['kinds', 'documentKinds'].find((key) => isNoList(fields.get(key)));
  if (wrongList !== undefined) return `has "${wrongList}" that are no list of names`;
  return hooks.some((key) => fields.has(key)) ? undefined : `has no hook: one of ${hooks.join(', ')}`;
};
