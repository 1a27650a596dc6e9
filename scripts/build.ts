/** Bundles the package into `dist/`: small entries that start fast and load the rest when it is needed, and their types. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync } from 'node:fs';
import standalone from 'ajv/dist/standalone/index.js';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { ajv, validate } from '../src/config/config-validator.ts';

const libraries = Object.fromEntries(Object.entries({ index: 'src/index.ts', rule: 'src/rule.ts' }).filter(([, file]) => existsSync(file)));

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

rmSync('dist', { recursive: true, force: true });
const options: BuildOptions = {
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  alias: { 'string-width': './scripts/string-width.ts' },
  plugins: [readyMadeValidator],
  legalComments: 'linked',
  // Some packages are CommonJS and require Node's own modules, which an ES module cannot do by itself.
  banner: {
    js: "import { createRequire as createRequireOfNode } from 'node:module'; const require = createRequireOfNode(import.meta.url);",
  },
};

// Parts that the command and the libraries share would be cut into many small chunks, and each one costs at start-up.
await build({ ...options, entryPoints: { cli: 'src/cli/bin.ts' }, splitting: true });
await build({ ...options, entryPoints: libraries });
chmodSync('dist/cli.js', 0o755);
execFileSync('tsc', ['-p', 'tsconfig.types.json'], { stdio: 'inherit' });
