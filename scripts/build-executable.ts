/**
 * Makes one file of the command and the Node that runs it (Node's single executable application), for the platform that
 * this runs on: `npm run build:executable -- [--node PATH] [--out DIR]`. Beside it go the licences of all that is in it.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, type Plugin } from 'esbuild';
import { bundled } from './bundle.ts';
import { thirdPartyNotice } from './third-party.ts';

const { values } = parseArgs({
  options: { node: { type: 'string', default: process.execPath }, out: { type: 'string', default: 'build' } },
});
const { node, out } = values;

/** The first Node with `module.registerHooks`, by which plugins find `flux-lint/rule`. */
const oldestNode = [22, 15] as const;

const [major = 0, minor = 0] = execFileSync(node, ['--version'], { encoding: 'utf8' }).slice(1).split('.').map(Number);
if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
  throw new Error(`${node} is older than ${oldestNode.join('.')}: name a newer Node with --node`);
}
const nodeLicence = [join(dirname(node), 'LICENSE'), join(dirname(node), '../LICENSE')].find((path) => existsSync(path));
if (nodeLicence === undefined)
  throw new Error(`${node} has no LICENSE beside it: name one with --node that is as nodejs.org gives it away`);

const replacedImport: Plugin = {
  name: 'replaced-import',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/import-module\.ts$/ }, () => ({ path: join(import.meta.dirname, 'executable/import-module.ts') })),
};

const work = mkdtempSync(join(tmpdir(), 'flux-lint-executable-'));
try {
  const { metafile } = await build({
    ...bundled,
    entryPoints: ['src/cli/bin.ts'],
    outfile: join(work, 'main.cjs'),
    format: 'cjs',
    target: `node${oldestNode.join('.')}`,
    plugins: [...bundled.plugins, replacedImport],
    // What CommonJS lacks; some packages ask where they lie, and need no more than an answer.
    define: { 'import.meta.url': 'addressOfExecutable' },
    banner: { js: "const addressOfExecutable = require('node:url').pathToFileURL(process.execPath).href;" },
  });
  const blob = join(work, 'main.blob');
  const config = { main: join(work, 'main.cjs'), output: blob, disableExperimentalSEAWarning: true, useCodeCache: true };
  writeFileSync(join(work, 'sea.json'), JSON.stringify(config));
  execFileSync(node, ['--experimental-sea-config', join(work, 'sea.json')], { stdio: ['ignore', 'ignore', 'pipe'] });

  mkdirSync(out, { recursive: true });
  const executable = join(out, process.platform === 'win32' ? 'flux-lint.exe' : 'flux-lint');
  rmSync(executable, { force: true });
  copyFileSync(node, executable);
  chmodSync(executable, 0o755);
  // macOS runs nothing whose signature does not match, so Node's goes before and ours comes after.
  const isMac = process.platform === 'darwin';
  if (isMac) execFileSync('codesign', ['--remove-signature', executable]);
  const fuse = ['--sentinel-fuse', 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'];
  const segment = isMac ? ['--macho-segment-name', 'NODE_SEA'] : [];
  const inject = ['node_modules/postject/dist/cli.js', executable, 'NODE_SEA_BLOB', blob, ...fuse, ...segment];
  execFileSync(process.execPath, inject, { stdio: ['ignore', 'ignore', 'pipe'] });
  if (isMac) execFileSync('codesign', ['--sign', '-', executable]);

  copyFileSync('LICENSE', join(out, 'LICENSE'));
  copyFileSync(nodeLicence, join(out, 'NODE-LICENSE.txt'));
  writeFileSync(join(out, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotice([metafile]));
  console.log(executable);
} finally {
  rmSync(work, { recursive: true, force: true });
}
