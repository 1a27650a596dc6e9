/**
 * Stands in for `src/lint/plugin/import-module.ts` in the executable, whose main script may load no files: a virtual ES module
 * does it, as any file could. `flux-lint/rule` is what runs here, since nobody has to have the package installed.
 */
import { createRequire, registerHooks } from 'node:module';
import * as rule from '../../src/rule.ts';

/** In Node since 22.15; the types are those of the oldest Node that the package runs on. */
declare module 'node:module' {
  interface Hooks {
    readonly resolve: <T>(specifier: string, context: unknown, next: (specifier: string, context: unknown) => T) => T | VirtualModule;
    readonly load: <T>(url: string, context: unknown, next: (url: string, context: unknown) => T) => T | VirtualModule;
  }
  export const registerHooks: (hooks: Hooks) => unknown;
}

interface VirtualModule {
  readonly url?: string;
  readonly format: 'module';
  readonly source?: string;
  readonly shortCircuit: true;
}

const importer = 'flux-lint:import';
const rules = 'flux-lint/rule';
const running = Symbol.for(rules);

const sources: Readonly<Record<string, string>> = {
  [importer]: 'export const importModule = (url) => import(url);',
  [rules]: [
    `const { ${Object.keys(rule).join(', ')} } = globalThis[Symbol.for('${rules}')];`,
    `export { ${Object.keys(rule).join(', ')} };`,
  ].join('\n'),
};

const addressOf = (specifier: string): string => (specifier === rules ? `flux-lint:${rules}` : specifier);
const sourceAt = new Map(Object.entries(sources).map(([specifier, source]) => [addressOf(specifier), source]));

type Importer = { readonly importModule: (url: string) => Promise<unknown> };

let prepared: Importer | undefined;

export const importModule = (url: string): Promise<unknown> => {
  prepared ??= prepare();
  return prepared.importModule(url);
};

const prepare = (): Importer => {
  Object.defineProperty(globalThis, running, { value: rule });
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier in sources ? { url: addressOf(specifier), format: 'module', shortCircuit: true } : next(specifier, context),
    load: (url, context, next) => {
      const source = sourceAt.get(url);
      return source === undefined ? next(url, context) : { format: 'module', source, shortCircuit: true };
    },
  });
  const imported: Importer = createRequire(process.execPath)(importer);
  return imported;
};
