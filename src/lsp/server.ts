/**
 * `flux-lint lsp`: the language server, over stdio. It reads the protocol and answers; everything that it says comes from
 * the same analysis as `check`, of the buffers as they are.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type CancellationToken,
  CodeActionKind,
  createConnection,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  ProposedFeatures,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { tool } from '../model/tool.ts';
import { UsageError } from '../model/usage-error.ts';
import { codeActions, renameAt, renameEdit } from './actions.ts';
import { codeLenses } from './code-lenses.ts';
import { commands, runCommand } from './commands.ts';
import { completions } from './completion.ts';
import { diagnosticOf, findingsByFile } from './diagnostics.ts';
import { fieldCompletions } from './fields.ts';
import { hoverAt } from './hover.ts';
import { definitions, usages } from './navigation.ts';
import { filePathOf, offsetAt, rangeOf, uriOf } from './place.ts';
import { type Analysis, openSession, type Session } from './session.ts';
import { type Subject, subjectAt } from './subject.ts';

/** How long nobody types before what was typed is judged, in milliseconds. */
const pause = 150;

/** Serves until the client ends it. */
export const serve = (input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Promise<void> =>
  new Promise((resolve) => {
    const connection = createConnection(ProposedFeatures.all, input, output);
    const documents = new TextDocuments(TextDocument);
    const sessions = new Map<string, Promise<Session | undefined>>();
    const folders: string[] = [];
    /** Paths with diagnostics by session, and what was wrong when it was opened. */
    const shown = new WeakMap<Session, Set<string>>();
    const before = new WeakMap<Session, ReadonlySet<string>>();

    /** The session that a file belongs to, and its path there; nothing for a file that is not ours. */
    const ownFile = async (uri: string): Promise<{ readonly session: Session; readonly path: string } | undefined> => {
      const absolute = filePathOf(uri);
      if (absolute === undefined) return undefined;
      const folder =
        folders.filter((candidate) => absolute.startsWith(`${candidate}/`)).sort((a, b) => b.length - a.length)[0] ?? dirname(absolute);
      const opening = sessions.get(folder) ?? open(folder);
      sessions.set(folder, opening);
      const session = await opening;
      const path = session?.pathOf(absolute);
      return session && path !== undefined ? { session, path } : undefined;
    };

    const open = async (folder: string): Promise<Session | undefined> => {
      try {
        const session = await openSession(folder);
        before.set(session, new Set(session.analysis().result.findings.map(({ fingerprint }) => fingerprint)));
        return session;
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        connection.console.warn(`flux-lint: ${error.message}. ${error.whatToDo ?? ''}`);
        return undefined;
      }
    };

    let timer: NodeJS.Timeout | undefined;
    const judgeSoon = (session: Session) => {
      clearTimeout(timer);
      timer = setTimeout(() => publish(session), pause);
    };

    /** Findings of open files, and of every file that a change has broken since the session began. */
    const publish = (session: Session) => {
      const { result } = session.analysis();
      const old = before.get(session) ?? new Set();
      const last = shown.get(session) ?? new Set();
      const now = new Set<string>();
      for (const [path, all] of findingsByFile(result.findings)) {
        const told = session.isOpen(path) ? all : all.filter(({ fingerprint }) => !old.has(fingerprint));
        if (told.length === 0) continue;
        now.add(path);
        connection.sendDiagnostics({ uri: uriOf(session, path), diagnostics: told.map((finding) => diagnosticOf(session, finding)) });
      }
      for (const path of last) if (!now.has(path)) connection.sendDiagnostics({ uri: uriOf(session, path), diagnostics: [] });
      shown.set(session, now);
      const [first] = result.notJudged;
      const { errors, warnings } = result.summary;
      const notJudged = first === undefined ? '' : `; not checked: ${first.reason}`;
      connection.sendNotification('flux-lint/status', { errors, warnings, text: `${errors} errors, ${warnings} warnings${notJudged}` });
    };

    /** Runs a request on the analysis of its file; nothing for a file that is not ours, or that nobody waits for any more. */
    const answer = async <T>(
      uri: string,
      token: CancellationToken,
      give: (session: Session, analysis: Analysis, path: string) => T,
    ): Promise<T | undefined | ResponseError<void>> => {
      const file = await ownFile(uri);
      // What was typed meanwhile, and whether somebody still waits, is known when the loop has gone round once.
      await new Promise((next) => setImmediate(next));
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
      return file && give(file.session, file.session.analysis(), file.path);
    };

    interface At {
      readonly textDocument: { readonly uri: string };
      readonly position: { readonly line: number; readonly character: number };
    }

    const answerAt = <T>(
      { textDocument: { uri }, position }: At,
      token: CancellationToken,
      give: (subject: Subject, where: { session: Session; analysis: Analysis; offset: number; text: string }) => T,
    ) =>
      answer(uri, token, (session, analysis, path) => {
        const text = analysis.files.file(path)?.text ?? '';
        const offset = offsetAt(text, position);
        const subject = subjectAt(analysis, path, offset);
        return subject && give(subject, { session, analysis, offset, text });
      });

    connection.onInitialize(({ workspaceFolders, rootUri }: InitializeParams): InitializeResult => {
      for (const uri of workspaceFolders?.map((folder) => folder.uri) ?? (rootUri ? [rootUri] : []))
        if (uri.startsWith('file:')) folders.push(fileURLToPath(uri));
      return {
        serverInfo: { name: tool.name, version: tool.version },
        capabilities: {
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
        },
      };
    });

    const onBuffer = async (uri: string, text: string | undefined) => {
      const file = await ownFile(uri);
      if (!file) return;
      file.session.setBuffer(file.path, text);
      judgeSoon(file.session);
    };
    documents.onDidChangeContent(({ document }) => onBuffer(document.uri, document.getText()));
    documents.onDidClose(({ document }) => onBuffer(document.uri, undefined));
    const onDisk = async (uris: readonly string[]) => {
      for (const uri of uris) {
        const file = await ownFile(uri);
        if (!file) continue;
        file.session.changedOnDisk([file.path]);
        judgeSoon(file.session);
      }
    };
    documents.onDidSave(({ document }) => onDisk([document.uri]));
    connection.onDidChangeWatchedFiles(({ changes }) => onDisk(changes.map(({ uri }) => uri)));

    connection.onCodeLens(({ textDocument: { uri } }, token) =>
      answer(uri, token, (_, analysis, path) => [...codeLenses(analysis, path, uri)]),
    );
    connection.onHover((params, token) => answerAt(params, token, (subject, { analysis, offset }) => hoverAt(analysis, subject, offset)));
    connection.onDefinition((params, token) =>
      answerAt(params, token, (subject, { session, analysis, offset }) => [...definitions(session, analysis, subject, offset)]),
    );
    connection.onReferences((params, token) =>
      answerAt(params, token, (subject, { session, analysis }) => [...usages(session, analysis, subject)]),
    );
    connection.onCompletion(({ textDocument: { uri }, position }, token) =>
      answer(uri, token, (_, analysis, path) => {
        const text = analysis.files.file(path)?.text ?? '';
        const offset = offsetAt(text, position);
        const subject = subjectAt(analysis, path, offset);
        const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
        return [...fieldCompletions(analysis, path, text, offset), ...(subject ? completions(analysis, subject, before) : [])];
      }),
    );
    connection.onCodeAction(({ textDocument: { uri }, context }, token) =>
      answer(uri, token, (session, analysis) => [...codeActions(session, analysis, context.diagnostics)]),
    );
    connection.onPrepareRename((params, token) =>
      answerAt(params, token, (subject, { analysis }) =>
        renameAt(analysis, subject).length === 0 ? undefined : rangeOf(analysis.sources.location(subject.node.span)),
      ),
    );
    connection.onRenameRequest((params, token) =>
      answerAt(params, token, (subject, { session, analysis }) => renameEdit(session, analysis, subject, params.newName)),
    );
    connection.onExecuteCommand(({ command, arguments: given = [] }, token) => {
      const [uri] = given;
      if (typeof uri !== 'string') return new ResponseError(LSPErrorCodes.RequestFailed, `${command} needs the URI of a file`);
      return answer(uri, token, (session, analysis, path) => runCommand(command, given.slice(1), { session, analysis, path }));
    });

    // For those who look for leaks: what is left after everything that nobody needs is gone.
    connection.onRequest('flux-lint/memory', () => {
      globalThis.gc?.();
      return { heapUsed: process.memoryUsage().heapUsed };
    });

    connection.onExit(() => {
      clearTimeout(timer);
      resolve();
    });
    documents.listen(connection);
    connection.listen();
  });
