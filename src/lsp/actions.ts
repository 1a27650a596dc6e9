/** What an editor offers to do about a finding: its fix, a suppression, its page. */
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Position,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import type { Finding, FindingFix } from '../model/finding.ts';
import { openCommand } from './commands.ts';
import { editsByFile } from './edits.ts';
import type { Analysis, Session } from './session/session.ts';
import { offsetAt, positionAt, rangeOf, uriOf } from './subject/place.ts';
import { subjectAt } from './subject/subject.ts';

/** @param diagnostics those that the editor asks about */
export const codeActions = (session: Session, analysis: Analysis, diagnostics: readonly Diagnostic[]): readonly CodeAction[] =>
  diagnostics.flatMap((diagnostic): readonly CodeAction[] => {
    const finding = findingOf(analysis, diagnostic);
    if (!finding) return [];
    const { fix, ruleId, url } = finding;
    const suppressed = suppression(session, analysis, finding);
    const about = { kind: CodeActionKind.QuickFix, diagnostics: [diagnostic] };
    return [
      ...(fix
        ? [{ ...about, title: titleOf(fix), isPreferred: fix.safety === 'safe', edit: editsByFile(session, analysis, fix.edits) }]
        : []),
      ...(suppressed ? [{ ...about, title: `Suppress ${ruleId} here`, edit: suppressed }] : []),
      ...(url === undefined
        ? []
        : [{ ...about, title: `About ${ruleId}`, command: { title: 'Open', command: openCommand, arguments: [url] } }]),
    ];
  });

const titleOf = ({ description, safety }: FindingFix): string => {
  const sentence = description.charAt(0).toUpperCase() + description.slice(1);
  return safety === 'safe' ? sentence : `${sentence} (it may change what is deployed)`;
};

/** By its fingerprint; where an editor does not hand back what it was given, by its rule and place. */
const findingOf = ({ result }: Analysis, { data, code, range }: Diagnostic): Finding | undefined => {
  const fingerprint = typeof data === 'object' && data !== null && 'fingerprint' in data ? data.fingerprint : undefined;
  const ofRule = result.findings.filter(({ ruleId }) => ruleId === code);
  if (fingerprint !== undefined) return ofRule.find((finding) => finding.fingerprint === fingerprint);
  return ofRule.find(({ location }) => isSameRange(rangeOf(location), range));
};

const isSameRange = (a: Range, b: Range): boolean => isSamePosition(a.start, b.start) && isSamePosition(a.end, b.end);

const isSamePosition = (a: Position, b: Position): boolean => a.line === b.line && a.character === b.character;

/** Comments on lines of their own, indented as what they are for; none in a file whose comments are not read. */
const suppression = (session: Session, analysis: Analysis, { ruleId, location: { path, line } }: Finding): WorkspaceEdit | undefined => {
  const text = analysis.files.file(path)?.text;
  if (text === undefined || !/\.ya?ml$/.test(path)) return undefined;
  const lines = text.split(/\r?\n/);
  const around = textAround(analysis, path, line);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const at = (number: number, comment: string): TextEdit => {
    const indent = /^\s*/.exec(lines[(around?.first ?? line) - 1] ?? '')?.[0] ?? '';
    const isBehind = number > lines.length;
    const position = isBehind ? positionAt(text, text.length) : { line: number - 1, character: 0 };
    const newText = `${isBehind ? lineEnd : ''}${indent}# flux-lint-${comment}${isBehind ? '' : lineEnd}`;
    return { range: { start: position, end: position }, newText };
  };
  const edits = around
    ? [at(around.first, `disable ${ruleId} -- why`), at(around.last + 1, `enable ${ruleId}`)]
    : [at(line, `disable-next-line ${ruleId} -- why`)];
  return { changes: { [uriOf(session, path)]: edits } };
};

/** The lines of a text that a line is in the middle of, such as an inline patch: a comment in it would be part of the text. */
const textAround = (analysis: Analysis, path: string, line: number): { readonly first: number; readonly last: number } | undefined => {
  const text = analysis.files.file(path)?.text ?? '';
  const start = offsetAt(text, { line: line - 1, character: 0 });
  const node = subjectAt(analysis, path, start + (/^\s*/.exec(text.slice(start))?.[0].length ?? 0))?.node;
  if (node?.type !== 'scalar') return undefined;
  const first = positionAt(text, node.span.start).line + 1;
  const end = node.span.start + text.slice(node.span.start, node.span.end).trimEnd().length;
  return first < line ? { first, last: positionAt(text, end).line + 1 } : undefined;
};
