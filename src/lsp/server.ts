/**
 * `flux-lint lsp`: the language server, over stdio. It reads the protocol and answers; everything that it says comes from
 * the same analysis as `check`, of the buffers as they are.
 */
import {
  CodeActionKind,
  createConnection,
  type InitializeParams,
  ProposedFeatures,
  type ServerCapabilities,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { tool } from '../model/tool.ts';
import { commands } from './commands.ts';
import { createFolders } from './folders.ts';
import { filePathOf } from './place.ts';
import { createPublisher } from './publisher.ts';
import { answerRequests } from './requests.ts';

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
  workspace: { workspaceFolders: { supported: true } },
};

/** Serves until the client ends it. */
export const serve = (input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Promise<void> =>
  new Promise((resolve) => {
    const connection = createConnection(ProposedFeatures.all, input, output);
    const documents = new TextDocuments(TextDocument);
    const publisher = createPublisher(connection);
    const folders = createFolders({
      opened: publisher.begin,
      refused: ({ message, whatToDo }) => connection.console.warn(`flux-lint: ${message}. ${whatToDo}`),
      buffers: () =>
        documents.all().flatMap((document) => {
          const file = filePathOf(document.uri);
          return file === undefined ? [] : [{ file, text: document.getText() }];
        }),
    });

    connection.onInitialize(({ workspaceFolders, rootUri }: InitializeParams) => {
      const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
      for (const folder of uris.flatMap((uri) => filePathOf(uri) ?? [])) folders.add(folder);
      return { serverInfo: { name: tool.name, version: tool.version }, capabilities };
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
      const changed = await folders.pathsBySession(uris.flatMap((uri) => filePathOf(uri) ?? []));
      for (const [session, paths] of changed) {
        session.changedOnDisk(paths);
        publisher.judgeSoon(session);
      }
    };
    documents.onDidSave(({ document }) => onDisk([document.uri]));
    connection.onDidChangeWatchedFiles(({ changes }) => onDisk(changes.map(({ uri }) => uri)));

    answerRequests(connection, folders.fileOf);

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
