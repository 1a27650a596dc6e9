/** Bundles the package into `dist/`: small entries that start fast and load the rest when it is needed, and their types. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { bundled, lateData, latePackages } from './bundle.ts';
import { asCommonJs, importFile } from './common-js.ts';
import { keepPublicTypes } from './public-types.ts';
import { thirdPartyNotice } from './third-party.ts';

/** Has what is loaded late read from its own file, which lies beside every other. */
const lateFiles: Plugin = {
  name: 'late-files',
  setup: ({ onResolve }) => {
    const names: ReadonlyMap<string, string> = new Map(Object.entries(latePackages));
    onResolve({ filter: /^[@a-z]/ }, ({ kind, path }) =>
      kind === 'require-call' && names.has(path) ? { path: `./${names.get(path)}.cjs`, external: true } : undefined,
    );
    onResolve({ filter: /\.json$/ }, ({ kind, path, resolveDir }) =>
      kind === 'require-call' && join(resolveDir, path) === join(bundled.absWorkingDir, lateData.source)
        ? { path: `./${lateData.name}`, external: true }
        : undefined,
    );
  },
};

/** What every run of the command has loaded already. */
const first = ['src/cli/main.ts'];

/** What nearly every run needs, and what the reading of arguments shares with that. */
const core = [
  'src/analyze.ts',
  'src/config/read-config.ts',
  'src/report/check/text.ts',
  'src/cli/terminal/colour.ts',
  'src/report/check/formats.ts',
  'src/report/check/format-names.ts',
];

/** What is loaded late and needs none of it. */
const coreless = [
  'src/cli/run.ts',
  'src/cli/completion/answer-shell.ts',
  'src/cli/completion/completion-scripts.ts',
  'src/cli/terminal/questions.ts',
];

/**
 * Makes one file of the core. esbuild cuts a file for every set of late modules that share something, which came to fifty
 * for a single `check`, and each one costs at start-up: so all that is loaded late shares the core as a whole.
 */
const oneCore: Plugin = {
  name: 'one-core',
  setup: ({ onResolve, onLoad }) => {
    const absolute = (path: string) => join(bundled.absWorkingDir, path);
    const without = new Set(coreless.map(absolute));
    onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
      const file = join(resolveDir, path);
      return kind === 'dynamic-import' ? { path: file, namespace: 'late' } : undefined;
    });
    onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
      contents: [
        ...[...first, ...(without.has(path) ? [] : core)].map((each) => `import ${JSON.stringify(absolute(each))};`),
        // Behind the core: what it needs is there when it is run.
        `export * from ${JSON.stringify(path)};`,
      ].join('\n'),
      resolveDir: dirname(path),
    }));
  },
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
mkdirSync('dist');

// The library loads what the command loads, when it is asked to: they share every file.
const shared = await build({
  ...modules,
  // What CommonJS has by itself.
  banner: {},
  entryPoints: { program: 'src/cli/bin.ts', library: 'src/index.ts' },
  splitting: true,
  write: false,
  plugins: [...bundled.plugins, lateFiles, oneCore],
});
for (const { path, text } of shared.outputFiles) writeFileSync(path.replace(/\.js$/, '.cjs'), asCommonJs(text.replace(/^#!.*\n/, '')));
writeFileSync(join('dist', importFile.name), importFile.text);

const bundles = [
  shared,
  // What rules and the command share would be cut into many small files, and each one costs at start-up.
  await build({ ...modules, entryPoints: { rule: 'src/rule.ts' } }),
  await build({
    ...bundled,
    entryPoints: Object.fromEntries(Object.entries(latePackages).map(([path, name]) => [name, path])),
    outdir: 'dist',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  }),
];

const checksum = createHash('sha256');
for (const folder of ['dist', 'src/cli/start'])
  for (const name of readdirSync(folder).sort()) checksum.update(readFileSync(join(folder, name)));
await build({
  ...bundled,
  entryPoints: { start: 'src/cli/start/start.ts' },
  outdir: 'dist',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { buildOfPackage: JSON.stringify(checksum.digest('hex').slice(0, 16)) },
});

/** Of an ES module, since that is what the package is. */
const requireHere = "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n";
writeFileSync('dist/cli.js', `#!/usr/bin/env node\n${requireHere}require('./start.cjs');\n`);
chmodSync('dist/cli.js', 0o755);
const library = Object.entries(shared.metafile.outputs).find(([path]) => basename(path) === 'library.js');
const names = library?.[1].exports.join(', ');
writeFileSync('dist/index.js', `${requireHere}export const { ${names} } = require('./library.cjs');\n`);
writeFileSync(join('dist', lateData.name), JSON.stringify(JSON.parse(readFileSync(lateData.source, 'utf8'))));
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', thirdPartyNotice(bundles.map(({ metafile }) => metafile)));

// By its file: the command of that name is no executable on Windows.
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], { stdio: 'inherit' });
keepPublicTypes('dist/types', ['src/index.d.ts', 'src/rule.d.ts']);
