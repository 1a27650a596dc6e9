/** What may be written where the cursor stands: keys and values that a schema knows, and names that resolve. */
import type { CompletionItem, Range } from 'vscode-languageserver-protocol';
import type { Analysis } from '../session/session.ts';
import { positionAt } from '../subject/place.ts';
import { subjectAt } from '../subject/subject.ts';
import { configurationCompletions, isConfiguration } from './configuration.ts';
import { cursorAt } from './cursor.ts';
import { fieldCompletions } from './fields.ts';
import { nameCompletions } from './names.ts';

/** Each replaces the whole word that is begun, whatever an editor takes for a word. */
export const completionsAt = (analysis: Analysis, path: string, offset: number): readonly CompletionItem[] => {
  const text = analysis.files.file(path)?.text ?? '';
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const word = /[\w./@*-]*$/.exec(before)?.[0] ?? '';
  const range: Range = { start: positionAt(text, offset - word.length), end: positionAt(text, offset) };
  return offered(analysis, path, { text, offset, before }).map(({ insertText, ...item }) => ({
    ...item,
    textEdit: { range, newText: insertText ?? item.label },
  }));
};

interface Place {
  readonly text: string;
  readonly offset: number;
  /** On its line. */
  readonly before: string;
}

const offered = (analysis: Analysis, path: string, { text, offset, before }: Place): readonly CompletionItem[] => {
  const cursor = cursorAt(text, offset);
  if (isConfiguration(path)) return cursor ? configurationCompletions(analysis, cursor) : [];
  const subject = subjectAt(analysis, path, offset);
  return [...(cursor ? fieldCompletions(path, cursor) : []), ...(subject ? nameCompletions(analysis, subject, before) : [])];
};
