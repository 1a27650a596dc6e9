/** Bundles the extension for VS Code, with the server beside it: `npm run build:extension`, then `npx @vscode/vsce package --no-dependencies` there. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { thirdPartyNotice } from './third-party.ts';

const root = join(import.meta.dirname, '..');
const extension = join(root, 'editors/vscode');

/** minimatch's, of vscode-languageclient: it asks for its text to go along, no more. */
const clientLicences = ['BlueOak-1.0.0'];

for (const made of ['dist', 'server']) rmSync(join(extension, made), { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['editors/vscode/src/extension.ts'],
  outfile: 'editors/vscode/dist/extension.cjs',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // The editor gives it.
  external: ['vscode'],
  minify: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});
cpSync(join(root, 'dist'), join(extension, 'server'), { recursive: true, filter: (path) => !path.includes(join('dist', 'types')) });
cpSync(join(root, 'LICENSE'), join(extension, 'LICENSE'));
const server = readFileSync(join(extension, 'server/THIRD-PARTY-NOTICES.txt'), 'utf8');
writeFileSync(join(extension, 'THIRD-PARTY-NOTICES.txt'), `${thirdPartyNotice([metafile], clientLicences)}\n${server}`);
