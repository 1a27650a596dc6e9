/** The extension for VS Code as it is packed: it needs nothing but the editor, and its server serves. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import {
  createProtocolConnection,
  ExitNotification,
  InitializeRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

const top = join(import.meta.dirname, '../..');
const folder = join(top, 'editors/vscode');
const hasVsce = spawnSync('vsce', ['--version']).status === 0;
if (!hasVsce) console.warn('no vsce here: the extension is bundled, and not packed.');

beforeAll(() => {
  execFileSync('npm', ['run', 'build:extension'], { cwd: top, stdio: 'ignore' });
});

it('asks for nothing but the editor and Node', () => {
  const bundle = readFileSync(join(folder, 'dist/extension.cjs'), 'utf8');
  const asked = [...bundle.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = '']) => name.replace(/^node:/, ''));
  expect(asked).toContain('vscode');
  expect([...new Set(asked)].filter((name) => name !== 'vscode' && !builtinModules.includes(name))).toEqual([]);
});

it('has the texts of all licences with it', () => {
  expect(existsSync(join(folder, 'LICENSE'))).toBe(true);
  const notices = readFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  for (const name of ['vscode-languageclient', 'vscode-languageserver-protocol', 'minimatch', 'yaml'])
    expect(notices).toContain(`\n${name} `);
});

it('brings a server that serves', async () => {
  const server = spawn(process.execPath, [join(folder, 'server/cli.js'), 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  const ended = new Promise<never>((_, reject) => {
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  // Whoever waits for it hears of it; at the end nobody does.
  ended.catch(() => undefined);
  connection.listen();
  const rootUri = pathToFileURL(join(top, 'fixtures/repos/monorepo-outage')).href;
  const { capabilities } = await Promise.race([
    connection.sendRequest(InitializeRequest.type, { processId: process.pid, rootUri, capabilities: {} }),
    ended,
  ]);
  expect(capabilities.hoverProvider).toBe(true);
  await connection.sendRequest(ShutdownRequest.type);
  await connection.sendNotification(ExitNotification.type);
  connection.dispose();
});

it.skipIf(!hasVsce)('is packed', () => {
  const listed = execFileSync('vsce', ['ls', '--no-dependencies'], { cwd: folder, encoding: 'utf8' }).split('\n');
  expect(listed).toEqual(expect.arrayContaining(['dist/extension.cjs', 'server/cli.js', 'README.md', 'package.json']));
  expect(listed.filter((file) => file.startsWith('src/'))).toEqual([]);
});
