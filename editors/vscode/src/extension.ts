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
      const name = await vscode.window.showInputBox({
        title: 'Show the effective object',
        prompt: 'Kind/namespace/name, as the code lens and the findings name it',
        value: objectAtCursor(),
      });
      if (name !== undefined) await ask('flux-lint.showObject', [name], `${name.replaceAll('/', ' ')}.yaml`, show);
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
  documentSelector: [{ scheme: 'file', language: 'yaml' }],
  middleware: {
    // A code lens runs a command of the server, which answers with a text.
    executeCommand: async (command, given, next) => {
      const text: unknown = await next(command, given);
      if (typeof text === 'string') await show(command.replace('flux-lint.', ''), text);
      return text;
    },
  },
});

/** Asks the server for a text about the file that is open. */
const ask = async (command: string, given: readonly string[], title: string, show: Show): Promise<void> => {
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  if (client === undefined || uri === undefined) return;
  const text: unknown = await client.sendRequest(ExecuteCommandRequest.type, { command, arguments: [uri, ...given] });
  if (typeof text === 'string') await show(title, text);
};

/** `Kind/namespace/name` of the document around the cursor, as far as it says so. */
const objectAtCursor = (): string => {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return '';
  const text = editor.document.getText();
  const offset = editor.document.offsetAt(editor.selection.active);
  const start = text.lastIndexOf('\n---', offset) + 1;
  const end = text.indexOf('\n---', offset);
  const own = text.slice(start, end === -1 ? undefined : end);
  const field = (name: string) => new RegExp(`^ *${name}: *["']?([^\\s"'#]+)`, 'm').exec(own)?.[1];
  return [field('kind'), field('namespace'), field('name')].filter((part) => part !== undefined).join('/');
};
