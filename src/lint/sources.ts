import type { File, Files } from '../files/files.ts';
import type { Location } from '../model/finding.ts';
import type { Span } from '../model/span.ts';
import { type LineTable, lineTable } from '../yaml/lines.ts';

/** A view whose files may turn up in spans, and what its locations say of themselves. */
export interface SourceView {
  /** What its span paths start with; empty for the root's own. */
  readonly prefix: string;
  readonly files: Files;
  readonly repository?: string;
  readonly revision?: string;
}

/** Spans → files and lines: the edge where offsets end. */
export interface Sources {
  readonly file: (spanPath: string) => File | undefined;
  readonly location: (span: Span) => Location;
  /** False for mapped checkouts and other revisions: no fix is offered there. */
  readonly isEditable: (spanPath: string) => boolean;
  /** Every path in mapped checkouts and other revisions, as locations have it. */
  readonly elsewhere: () => readonly string[];
}

export const createSources = (views: readonly SourceView[]): Sources => {
  const tables = new Map<string, LineTable>();
  const viewOf = (path: string) =>
    views.find((view) => view.prefix !== '' && path.startsWith(view.prefix)) ?? views.find((view) => view.prefix === '');
  const file = (path: string) => {
    const view = viewOf(path);
    return view?.files.file(path.slice(view.prefix.length));
  };
  const tableOf = (path: string): LineTable => {
    const known = tables.get(path);
    if (known) return known;
    const made = lineTable(file(path)?.text ?? '');
    tables.set(path, made);
    return made;
  };
  return {
    file,
    isEditable: (path) => viewOf(path)?.prefix === '',
    elsewhere: () => views.flatMap((view) => (view.prefix === '' ? [] : view.files.paths)),
    location: ({ path, start, end }) => {
      const view = viewOf(path);
      const table = tableOf(path);
      const from = table.position(start);
      const to = table.position(Math.max(start, end));
      return {
        path: view ? path.slice(view.prefix.length) : path,
        line: from.line,
        column: from.column,
        endLine: to.line,
        endColumn: to.column,
        ...(view?.repository === undefined ? {} : { repository: view.repository }),
        ...(view?.revision === undefined ? {} : { revision: view.revision }),
      };
    },
  };
};
