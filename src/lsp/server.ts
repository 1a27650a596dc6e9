/**
 * `flux-lint lsp`: the language server, over stdio. It reads the protocol and answers; everything that it says comes from
 * the same analysis as `check`, of the buffers as they are.
 */
import { basename } from 'node:path';
import {
  type ClientCapabilities,
  CodeActionKind,
  createConnection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  MessageType,
  ProposedFeatures,
  type ServerCapabilities,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { configNames } from '../config/config-names.ts';
import { tool } from '../model/tool.ts';
import type { UsageError } from '../model/usage-error.ts';
import { commands } from './commands.ts';
import { createFolders } from './folders.ts';
import { createPublisher } from './publisher.ts';
import { unlessRefused } from './refusal.ts';
import { answerRequests } from './requests.ts';
import { filePathOf } from './subject/place.ts';

const capabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  codeLensProvider: {},
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  completionProvider: { triggerCharacters: [' ', '/', '{'] },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
  renameProvider: { prepareProvider: true },
  executeCommandProvider: { commands: [...commands] },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

/** Serves until the client ends it. */
export const serve = (input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Promise<void> =>
  new Promise((resolve) => {
    const connection = createConnection(ProposedFeatures.all, input, output);
    const documents = new TextDocuments(TextDocument);
    const refused = ({ message, whatToDo }: UsageError) =>
      connection.sendNotification(ShowMessageNotification.type, {
        type: MessageType.Warning,
        message: `flux-lint: ${message}. ${whatToDo}`,
      });
    const publisher = createPublisher(connection, refused);
    const folders = createFolders({
      opened: (session) => {
        publisher.begin(session);
        publisher.judgeSoon(session);
      },
      closed: publisher.forget,
      refused,
      buffers: () =>
        documents.all().flatMap((document) => {
          const file = filePathOf(document.uri);
          return file === undefined ? [] : [{ file, text: document.getText() }];
        }),
    });

    let client: ClientCapabilities = {};
    connection.onInitialize(({ workspaceFolders, rootUri, capabilities: can }: InitializeParams) => {
      client = can;
      const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
      for (const folder of filesOf(uris)) folders.add(folder);
      return { serverInfo: { name: tool.name, version: tool.version }, capabilities };
    });
    connection.onInitialized(async () => {
      if (client.workspace?.workspaceFolders) {
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          for (const folder of filesOf(removed.map(({ uri }) => uri))) folders.remove(folder);
          for (const folder of filesOf(added.map(({ uri }) => uri))) folders.add(folder);
        });
      }
      // A build may read any file.
      if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration)
        await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*' }] });
    });

    /** @param text undefined: the buffer is closed, and what is on disk counts */
    const onBuffer = async (uri: string, text: string | undefined) => {
      const own = await folders.fileOf(filePathOf(uri));
      if (!own) return;
      own.session.setBuffer(own.path, text);
      publisher.judgeSoon(own.session);
    };
    documents.onDidChangeContent(({ document }) => onBuffer(document.uri, document.getText()));
    documents.onDidClose(({ document }) => onBuffer(document.uri, undefined));

    const onDisk = async (uris: readonly string[]) => {
      const files = filesOf(uris);
      if (files.some((file) => configNames.includes(basename(file)))) await folders.retry();
      for (const [session, paths] of folders.pathsBySession(files)) {
        await unlessRefused(() => session.changedOnDisk(paths), refused);
        publisher.judgeSoon(session);
      }
    };
    documents.onDidSave(({ document }) => onDisk([document.uri]));
    connection.onDidChangeWatchedFiles(({ changes }) => onDisk(changes.map(({ uri }) => uri)));

    const openPage = (uri: string) =>
      client.window?.showDocument?.support
        ? connection.window.showDocument({ uri, external: true })
        : connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message: uri });
    answerRequests({ connection, fileOf: folders.fileOf, openPage });

    // For those who look for leaks: what is left after everything that nobody needs is gone.
    connection.onRequest('flux-lint/memory', () => {
      globalThis.gc?.();
      return { heapUsed: process.memoryUsage().heapUsed };
    });

    connection.onExit(() => {
      publisher.stop();
      resolve();
    });
    documents.listen(connection);
    connection.listen();
  });

const filesOf = (uris: readonly string[]): readonly string[] => uris.flatMap((uri) => filePathOf(uri) ?? []);
