/** Offsets and paths ↔ what the protocol has: URIs, lines and UTF-16 units from zero. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Location, Position, Range } from 'vscode-languageserver-protocol';
import type { Location as Place } from '../../model/finding.ts';
import type { Span } from '../../model/span.ts';
import { lineTable } from '../../yaml/lines.ts';
import type { Analysis, Session } from '../session/session.ts';

/** The file of a URI; undefined for what is no file. */
export const filePathOf = (uri: string): string | undefined => (uri.startsWith('file:') ? fileURLToPath(uri) : undefined);

export const uriOf = (session: Session, path: string): string => pathToFileURL(session.absolute(path)).href;

export const rangeOf = ({ line, column, endLine, endColumn }: Omit<Place, 'path'>): Range => ({
  start: { line: line - 1, character: column - 1 },
  end: { line: endLine - 1, character: endColumn - 1 },
});

/** Where a span stands; undefined for what lies in a mapped checkout or another revision. */
export const locationOf = (session: Session, { sources }: Analysis, span: Span): Location | undefined => {
  if (!sources.isEditable(span.path) || sources.file(span.path) === undefined) return undefined;
  const place = sources.location(span);
  return { uri: uriOf(session, place.path), range: rangeOf(place) };
};

export const offsetAt = (text: string, { line, character }: Position): number => {
  const table = lineTable(text);
  return Math.min(table.lineStart(line + 1) + character, text.length);
};

export const positionAt = (text: string, offset: number): Position => {
  const { line, column } = lineTable(text).position(offset);
  return { line: line - 1, character: column - 1 };
};
