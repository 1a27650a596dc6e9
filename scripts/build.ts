/** Bundles the package into `dist/`: small entries that start fast and load the rest when it is needed, and their types. */
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { bundled, latePackages } from './bundle.ts';
import { keepPublicTypes } from './public-types.ts';
import { thirdPartyNotice } from './third-party.ts';

/** Has what is loaded late read from its own file, which lies beside every other. */
const lateFiles: Plugin = {
  name: 'late-files',
  setup: ({ onResolve }) =>
    onResolve({ filter: new RegExp(`^(${latePackages.join('|')})$`) }, ({ kind, path }) =>
      kind === 'require-call' ? { path: `./${path}.cjs`, external: true } : undefined,
    ),
};

const modules: BuildOptions & { readonly metafile: true } = {
  ...bundled,
  outdir: 'dist',
  chunkNames: '[name]-[hash]',
  format: 'esm',
  plugins: [...bundled.plugins, lateFiles],
  // Some packages are CommonJS and require Node's own modules, which an ES module cannot do by itself.
  banner: {
    js: "import { createRequire as createRequireOfNode } from 'node:module'; const require = createRequireOfNode(import.meta.url);",
  },
};

rmSync('dist', { recursive: true, force: true });
const bundles = [
  // The library loads what the command loads, when it is asked to: they share every file.
  await build({ ...modules, entryPoints: { cli: 'src/cli/bin.ts', index: 'src/index.ts' }, splitting: true }),
  // What rules and the command share would be cut into many small files, and each one costs at start-up.
  await build({ ...modules, entryPoints: { rule: 'src/rule.ts' } }),
  await build({ ...bundled, entryPoints: [...latePackages], outdir: 'dist', format: 'cjs', outExtension: { '.js': '.cjs' } }),
];
chmodSync('dist/cli.js', 0o755);
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', thirdPartyNotice(bundles.map(({ metafile }) => metafile)));

// By its file: the command of that name is no executable on Windows.
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], { stdio: 'inherit' });
keepPublicTypes('dist/types', ['src/index.d.ts', 'src/rule.d.ts']);
