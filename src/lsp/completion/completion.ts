/** What may be written where the cursor stands: keys and values that a schema knows, and names that resolve. */
import type { CompletionItem, Range } from 'vscode-languageserver-protocol';
import type { Analysis } from '../session/session.ts';
import { positionAt } from '../subject/place.ts';
import { configurationCompletions, isConfiguration } from './configuration.ts';
import { cursorAt, lastWord } from './cursor.ts';
import { fieldCompletions } from './fields.ts';
import { nameCompletions, variableCompletions } from './names.ts';

/** Each replaces the whole word that is begun, whatever an editor takes for a word. */
export const completionsAt = (analysis: Analysis, path: string, offset: number): readonly CompletionItem[] => {
  const text = analysis.files.file(path)?.text ?? '';
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const word = lastWord(before);
  const range: Range = { start: positionAt(text, offset - word.length), end: positionAt(text, offset) };
  return offered(analysis, path, { text, offset, before, word }).map(({ insertText, ...item }) => ({
    ...item,
    textEdit: { range, newText: insertText ?? item.label },
  }));
};

interface Place {
  readonly text: string;
  readonly offset: number;
  /** On its line. */
  readonly before: string;
  /** What is written of the word that is completed. */
  readonly word: string;
}

const offered = (analysis: Analysis, path: string, { text, offset, before, word }: Place): readonly CompletionItem[] => {
  const cursor = cursorAt(text, offset);
  if (isConfiguration(path)) return cursor ? configurationCompletions(analysis, cursor) : [];
  if (/\$\{[A-Za-z0-9_]*$/.test(before)) return variableCompletions(analysis, path);
  return cursor ? [...fieldCompletions(path, cursor), ...nameCompletions(analysis, path, cursor, word)] : [];
};
