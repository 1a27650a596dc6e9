import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import type { FindingFix } from '../model/finding.ts';
import type { Analysis, Session } from './session/session.ts';
import { rangeOf, uriOf } from './subject/place.ts';

/** Edits by offsets → those of the protocol, by file. */
export const editsByFile = (session: Session, { sources }: Analysis, edits: FindingFix['edits']): WorkspaceEdit => {
  const changes: Record<string, TextEdit[]> = {};
  for (const { path, range, text } of edits) {
    const uri = uriOf(session, path);
    const known = changes[uri] ?? [];
    known.push({ range: rangeOf(sources.location({ path, start: range[0], end: range[1] })), newText: text });
    changes[uri] = known;
  }
  return { changes };
};
