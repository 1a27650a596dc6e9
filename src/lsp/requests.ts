/** What an editor asks of a file or of a place in it, and which part of the server answers. */
import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  ResponseError,
  type TextDocumentPositionParams,
} from 'vscode-languageserver/node';
import type { UsageError } from '../model/usage-error.ts';
import { codeActions } from './actions.ts';
import { codeLenses } from './code-lenses.ts';
import { openCommand, runCommand } from './commands.ts';
import { completionsAt } from './completion/completion.ts';
import type { Folders } from './folders.ts';
import { hoverAt } from './hover.ts';
import { definitions, usages } from './navigation.ts';
import { unlessRefused } from './refusal.ts';
import { renameEdit, renamingAt, renamingTo } from './rename.ts';
import type { Analysis, Session } from './session/session.ts';
import { filePathOf, offsetAt, rangeOf } from './subject/place.ts';
import { type Subject, subjectAt } from './subject/subject.ts';

/** What an answer is made of: where the file belongs, and what is known there now. */
interface Asked {
  readonly session: Session;
  readonly analysis: Analysis;
  /** Below the root of the session. */
  readonly path: string;
}

interface AskedAt extends Asked {
  readonly subject: Subject;
  readonly offset: number;
}

type Answer<T> = Promise<T | undefined | ResponseError<void>>;

export interface Requests {
  readonly connection: Connection;
  readonly fileOf: Folders['fileOf'];
  /** Opens a page outside the editor. */
  readonly openPage: (url: string) => Promise<unknown>;
}

export const answerRequests = ({ connection, fileOf, openPage }: Requests): void => {
  /** Nothing for a file that is not ours, or that nobody waits for any more. */
  const answer = async <T>(uri: string, token: CancellationToken, give: (asked: Asked) => T): Answer<T> => {
    const own = await fileOf(filePathOf(uri));
    // What was typed meanwhile, and whether somebody still waits, is known when the loop has gone round once.
    await new Promise((next) => setImmediate(next));
    if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    return own && unlessRefused(() => give({ ...own, analysis: own.session.analysis() }), failed);
  };

  /** As long as the document parses as far as there. */
  const answerAt = <T>(
    { textDocument, position }: TextDocumentPositionParams,
    token: CancellationToken,
    give: (asked: AskedAt) => T,
  ): Answer<T | undefined> =>
    answer(textDocument.uri, token, (asked) => {
      const offset = offsetAt(textOf(asked), position);
      const subject = subjectAt(asked.analysis, asked.path, offset);
      return subject && give({ ...asked, subject, offset });
    });

  connection.onCodeLens(({ textDocument: { uri } }, token) =>
    answer(uri, token, ({ analysis, path }) => [...codeLenses(analysis, path, uri)]),
  );
  connection.onHover((params, token) => answerAt(params, token, ({ analysis, subject, offset }) => hoverAt(analysis, subject, offset)));
  connection.onDefinition((params, token) =>
    answerAt(params, token, ({ session, analysis, subject, offset }) => [...definitions(session, analysis, subject, offset)]),
  );
  connection.onReferences((params, token) =>
    answerAt(params, token, ({ session, analysis, subject, offset }) => [...usages(session, analysis, subject, offset)]),
  );
  connection.onCompletion(({ textDocument: { uri }, position }, token) =>
    answer(uri, token, (asked) => [...completionsAt(asked.analysis, asked.path, offsetAt(textOf(asked), position))]),
  );
  connection.onCodeAction(({ textDocument: { uri }, context }, token) =>
    answer(uri, token, ({ session, analysis }) => [...codeActions(session, analysis, context.diagnostics)]),
  );
  connection.onPrepareRename((params, token) =>
    answerAt(params, token, ({ analysis, subject }) => {
      const renaming = renamingAt(analysis, subject);
      if (!renaming) return undefined;
      return 'refused' in renaming ? refusal(renaming.refused) : rangeOf(analysis.sources.location(subject.node.span));
    }),
  );
  connection.onRenameRequest((params, token) =>
    answerAt(params, token, ({ session, analysis, subject }) => {
      const renaming = renamingTo(analysis, subject, params.newName);
      if (!renaming) return refusal('There is no name of an object here.');
      return 'refused' in renaming ? refusal(renaming.refused) : renameEdit(session, analysis, renaming.names, params.newName);
    }),
  );
  connection.onExecuteCommand(async ({ command, arguments: given = [] }, token) => {
    const [uri] = given;
    if (command === openCommand) return typeof uri === 'string' && uri.startsWith('https://') ? openPage(uri) : undefined;
    if (typeof uri !== 'string') return refusal(`${command} needs the URI of a file`);
    return answer(uri, token, (asked) => runCommand(command, given.slice(1), asked));
  });
};

const refusal = (message: string): ResponseError<void> => new ResponseError(LSPErrorCodes.RequestFailed, message);

const failed = ({ message, whatToDo }: UsageError) => refusal(`${message}. ${whatToDo}`);

const textOf = ({ analysis, path }: Asked): string => analysis.files.file(path)?.text ?? '';
