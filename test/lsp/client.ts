/** An editor, played: it starts the server as a process, and talks to it over stdio. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShowMessageNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

const top = join(import.meta.dirname, '../..');

export interface Client {
  readonly connection: ProtocolConnection;
  readonly uri: (path: string) => string;
  readonly open: (path: string, text: string) => Promise<void>;
  readonly change: (path: string, text: string) => Promise<void>;
  readonly close: (path: string) => Promise<void>;
  /** What was asked of the editor to watch. */
  readonly watched: () => readonly string[];
  /** The next message that people are shown. */
  readonly message: (isMeant: (text: string) => boolean) => Promise<string>;
  /** The last diagnostics of a file. */
  readonly latest: (path: string) => readonly Diagnostic[];
  /** The next diagnostics of a file that satisfy the question. */
  readonly diagnostics: (path: string, isMeant: (diagnostics: readonly Diagnostic[]) => boolean) => Promise<readonly Diagnostic[]>;
  readonly process: ChildProcess;
  readonly end: () => Promise<void>;
}

export interface Setting {
  /** Absolute. Default: the root alone. */
  readonly folders?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly capabilities?: ClientCapabilities;
}

/** @param root absolute */
export const startClient = async (root: string, { folders = [root], env = {}, capabilities = {} }: Setting = {}): Promise<Client> => {
  const server = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', join(top, 'src/cli/bin.ts'), 'lsp', '--stdio'], {
    cwd: top,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  const latest = new Map<string, readonly Diagnostic[]>();
  const waiting = new Set<() => void>();
  const watched: string[] = [];
  connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
    for (const { method, registerOptions } of registrations) watched.push(`${method} ${JSON.stringify(registerOptions)}`);
  });
  const messages: string[] = [];
  connection.onNotification(ShowMessageNotification.type, ({ message }) => {
    messages.push(message);
    for (const look of [...waiting]) look();
  });
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
    latest.set(uri, diagnostics);
    for (const look of [...waiting]) look();
  });
  connection.listen();
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    workspaceFolders: folders.map((folder) => ({ uri: pathToFileURL(folder).href, name: folder })),
    capabilities,
  });
  await connection.sendNotification(InitializedNotification.type, {});
  const uri = (path: string) => pathToFileURL(join(root, path)).href;
  /** What is there as soon as it is. */
  const awaited = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const look = () => {
        const found = find();
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  let version = 0;
  return {
    connection,
    uri,
    process: server,
    open: (path, text) =>
      connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri: uri(path), languageId: 'yaml', version: ++version, text },
      }),
    change: (path, text) =>
      connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri: uri(path), version: ++version },
        contentChanges: [{ text }],
      }),
    close: (path) => connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: uri(path) } }),
    watched: () => watched,
    latest: (path) => latest.get(uri(path)) ?? [],
    message: (isMeant) => awaited(() => messages.find(isMeant)),
    diagnostics: (path, isMeant) =>
      awaited(() => {
        const known = latest.get(uri(path));
        return known && isMeant(known) ? known : undefined;
      }),
    end: async () => {
      await connection.sendRequest(ShutdownRequest.type);
      const exited = new Promise((resolve) => server.once('exit', resolve));
      await connection.sendNotification(ExitNotification.type);
      await exited;
      connection.dispose();
    },
  };
};
