/** What an editor asks of a file or of a place in it, and which part of the server answers. */
import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { UsageError } from '../model/usage-error.ts';
import { codeActions, renameAt, renameEdit } from './actions.ts';
import { codeLenses } from './code-lenses.ts';
import { runCommand } from './commands.ts';
import { completionsAt } from './completion/completion.ts';
import type { Folders } from './folders.ts';
import { hoverAt } from './hover.ts';
import { definitions, usages } from './navigation.ts';
import { unlessRefused } from './refusal.ts';
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

interface Position {
  readonly textDocument: { readonly uri: string };
  readonly position: { readonly line: number; readonly character: number };
}

type Answer<T> = Promise<T | undefined | ResponseError<void>>;

export const answerRequests = (connection: Connection, fileOf: Folders['fileOf']): void => {
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
    { textDocument, position }: Position,
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
    answerAt(params, token, ({ session, analysis, subject }) => [...usages(session, analysis, subject)]),
  );
  connection.onCompletion(({ textDocument: { uri }, position }, token) =>
    answer(uri, token, (asked) => [...completionsAt(asked.analysis, asked.path, offsetAt(textOf(asked), position))]),
  );
  connection.onCodeAction(({ textDocument: { uri }, context }, token) =>
    answer(uri, token, ({ session, analysis }) => [...codeActions(session, analysis, context.diagnostics)]),
  );
  connection.onPrepareRename((params, token) =>
    answerAt(params, token, ({ analysis, subject }) =>
      renameAt(analysis, subject).length === 0 ? undefined : rangeOf(analysis.sources.location(subject.node.span)),
    ),
  );
  connection.onRenameRequest((params, token) =>
    answerAt(params, token, ({ session, analysis, subject }) => renameEdit(session, analysis, subject, params.newName)),
  );
  connection.onExecuteCommand(({ command, arguments: given = [] }, token) => {
    const [uri] = given;
    if (typeof uri !== 'string') return new ResponseError(LSPErrorCodes.RequestFailed, `${command} needs the URI of a file`);
    return answer(uri, token, (asked) => runCommand(command, given.slice(1), asked));
  });
};

const failed = ({ message, whatToDo }: UsageError) => new ResponseError(LSPErrorCodes.RequestFailed, `${message}. ${whatToDo}`);

const textOf = ({ analysis, path }: Asked): string => analysis.files.file(path)?.text ?? '';
