/** How the package and the executable are bundled: one place for what both replace in the sources. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import standalone from 'ajv/dist/standalone/index.js';
import type { BuildOptions, Plugin } from 'esbuild';
import { ajv, validate } from '../src/config/config-validator.ts';

/** Packages that the sources load when they are first used, and the name of the file that each is in the package. */
export const latePackages = { re2js: 're2js', '@marcbachmann/cel-js': 'cel-js' } as const;

/** Data of the same sort: what the sources require, from the root, and the name of its file in the package. */
export const lateData = { source: 'src/kube/schema/kubernetes/types.json', name: 'kubernetes-types.json' } as const;

/** Puts the compiled schema in the place of the module that would compile it on every start. */
const readyMadeValidator: Plugin = {
  name: 'ready-made-validator',
  setup: ({ onLoad }) =>
    onLoad({ filter: /config-validator\.ts$/ }, () => ({
      contents: standalone.default(ajv, validate),
      loader: 'js',
      resolveDir: import.meta.dirname,
    })),
};

/** Puts what some modules come to in their place: data that would take the whole program, or files beside the sources. */
const readyMadeData: Plugin = {
  name: 'ready-made-data',
  setup: ({ onLoad }) =>
    onLoad({ filter: /(completion-(table|scripts)|map\/page-parts)\.ts$/ }, async ({ path }) => {
      const exports: Readonly<Record<string, unknown>> = await import(path);
      const constants = Object.entries(exports).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`);
      return { contents: constants.join('\n'), loader: 'js' };
    }),
};

/**
 * Makes `createRequire(import.meta.url)('name')`, which no bundler follows, a `require('name')` that esbuild does. It
 * runs where it stands, so the package is still read as late.
 */
const lateRequires: Plugin = {
  name: 'late-requires',
  setup: ({ onLoad }) =>
    onLoad({ filter: /(pattern\/re2|cel\/interpreter|kubernetes\/types)\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const contents = text.replace(/createRequire\(import\.meta\.url\)\(/, 'require(');
      if (contents === text) throw new Error(`${path} no longer loads late what it loads`);
      return { contents, loader: 'ts' };
    }),
};

/**
 * Arrow functions in the constructor of a derived class, for which esbuild, where it writes them as functions, takes `this`
 * before `super()` is called (0.28): of the classes of vscode-jsonrpc, which nothing else in the bundle is like.
 */
const boundHandlers: Plugin = {
  name: 'bound-handlers',
  setup: ({ onLoad }) =>
    onLoad({ filter: /vscode-jsonrpc\/lib\/(node\/main|common\/messageWriter)\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const contents = text
        .replaceAll('(error) => this.fireError(error)', 'this.fireError.bind(this)')
        .replaceAll('() => this.fireClose()', 'this.fireClose.bind(this)')
        .replace(/\(message\) => \{\s*this\.onData\.fire\(message\);\s*\}/, 'this.onData.fire.bind(this.onData)');
      if (contents === text) throw new Error(`${path} has other handlers`);
      return { contents, loader: 'js' };
    }),
};

export const bundled = {
  absWorkingDir: join(import.meta.dirname, '..'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  // V8 learns at the end of a parenthesis whether an arrow function began there: functions are read a tenth faster.
  supported: { arrow: false },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  alias: { 'string-width': './scripts/string-width.ts', yaml: './node_modules/yaml/browser/index.js' },
  plugins: [readyMadeValidator, readyMadeData, lateRequires, boundHandlers],
} as const satisfies BuildOptions;
