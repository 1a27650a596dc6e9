/** The extension: it starts the language server, and shows what the server says as text. Everything else is the server's. */
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import {
  ExecuteCommandRequest,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { findServer } from './find-server.ts';

let client: LanguageClient | undefined;

export const activate = async (context: vscode.ExtensionContext): Promise<void> => {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const status = vscode.window.createStatusBarItem('flux-lint', vscode.StatusBarAlignment.Left);
  const restart = async () => {
    await stop();
    status.hide();
    if (vscode.workspace.getConfiguration('flux-lint').get('enable') !== false) client = await start(context, status, show);
  };

  /** What a command answers, as a document that nobody can edit. */
  const show = async (title: string, text: string): Promise<void> => {
    const uri = vscode.Uri.from({ scheme: 'flux-lint', path: title });
    texts.set(uri.toString(), text);
    changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), {
      preview: true,
      viewColumn: vscode.ViewColumn.Beside,
    });
  };

  context.subscriptions.push(
    status,
    changed,
    vscode.workspace.registerTextDocumentContentProvider('flux-lint', {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
    }),
    vscode.commands.registerCommand('flux-lint.whatReaches', () => ask('flux-lint.impact', [], 'what this change reaches', show)),
    vscode.commands.registerCommand('flux-lint.effectiveObject', async () => {
      const chosen = await chooseObject();
      if (chosen) await ask('flux-lint.showObject', chosen, `${chosen.join(' in ').replaceAll('/', ' ')}.yaml`, show);
    }),
    vscode.commands.registerCommand('flux-lint.restart', restart),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration('flux-lint.enable') || event.affectsConfiguration('flux-lint.path')) await restart();
    }),
  );
  await restart();
};

export const deactivate = (): Promise<void> => stop();

const stop = async (): Promise<void> => {
  const last = client;
  client = undefined;
  await last?.dispose();
};

type Show = (title: string, text: string) => Promise<void>;

const start = async (context: vscode.ExtensionContext, status: vscode.StatusBarItem, show: Show): Promise<LanguageClient> => {
  const server = findServer({
    configured: vscode.workspace.getConfiguration('flux-lint').get('path') ?? '',
    folders: (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
    isTrusted: vscode.workspace.isTrusted,
    path: process.env['PATH'] ?? '',
    isWindows: process.platform === 'win32',
    bundled: context.asAbsolutePath('server/cli.js'),
    exists: existsSync,
  });
  const options: ServerOptions =
    server.type === 'module'
      ? { module: server.file, args: ['lsp'], transport: TransportKind.stdio }
      : { command: server.file, args: ['lsp', '--stdio'] };
  const started = new LanguageClient('flux-lint', 'flux-lint', options, clientOptions(show));
  started.onNotification('flux-lint/status', ({ errors, text }: { readonly errors: number; readonly text: string }) => {
    status.text = `${errors > 0 ? '$(error)' : '$(check)'} flux-lint`;
    status.tooltip = text;
    status.show();
  });
  await started.start();
  return started;
};

const clientOptions = (show: Show): LanguageClientOptions => ({
  // Terraform makes Flux objects, too.
  documentSelector: [
    { scheme: 'file', language: 'yaml' },
    { scheme: 'file', pattern: '**/*.{tf,tofu,tfvars}' },
  ],
  middleware: {
    // A code lens runs a command of the server, which answers with a text.
    executeCommand: async (command, given, next) => {
      const text: unknown = await next(command, given);
      if (typeof text === 'string') await show(command.replace('flux-lint.', ''), text);
      return text;
    },
  },
});

/** Asks the server about the file that is open. */
const askServer = async (command: string, given: readonly string[]): Promise<unknown> => {
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  if (client === undefined || uri === undefined) return undefined;
  return client.sendRequest(ExecuteCommandRequest.type, { command, arguments: [uri, ...given] });
};

const ask = async (command: string, given: readonly string[], title: string, show: Show): Promise<void> => {
  const text = await askServer(command, given);
  if (typeof text === 'string') await show(title, text);
};

/** As the server tells it (`src/lsp/commands.ts`). */
interface ObjectInFile {
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  readonly clusters: readonly string[];
}

const everyCluster = 'every cluster';

/** The object around the cursor, else one of the file, and the cluster where several have it: arguments for the server. */
const chooseObject = async (): Promise<readonly string[] | undefined> => {
  const answer = await askServer('flux-lint.objects', []);
  // Our own server answers.
  const objects = Array.isArray(answer) ? (answer as readonly ObjectInFile[]) : [];
  const cursor = (vscode.window.activeTextEditor?.selection.active.line ?? 0) + 1;
  const here = objects.filter(({ line, endLine }) => line <= cursor && cursor <= endLine);
  const offered = here.length > 0 ? here : objects;
  if (offered.length === 0) void vscode.window.showInformationMessage('flux-lint: no cluster gets an object from this file.');
  const name = await choose(
    offered.map((object) => object.name),
    'Which object?',
  );
  const chosen = offered.find((object) => object.name === name);
  if (!chosen) return undefined;
  if (chosen.clusters.length < 2) return [chosen.name, ...chosen.clusters];
  const cluster = await choose([everyCluster, ...chosen.clusters], 'In which cluster?');
  if (cluster === undefined) return undefined;
  return cluster === everyCluster ? [chosen.name] : [chosen.name, cluster];
};

/** The only one without a question. */
const choose = async (names: readonly string[], title: string): Promise<string | undefined> =>
  names.length < 2 ? names[0] : vscode.window.showQuickPick([...new Set(names)], { title });
