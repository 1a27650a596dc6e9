/** Fixes, suppressions and renames, as edits of the buffers. */
import { type CodeAction, CodeActionKind, type Diagnostic, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver-protocol';
import type { Finding, FindingFix } from '../model/finding.ts';
import type { Analysis, Session } from './session/session.ts';
import { rangeOf, uriOf } from './subject/place.ts';
import { referencesAt, referrersOf, targetsOf } from './subject/references.ts';
import type { Subject } from './subject/subject.ts';

/** @param diagnostics those that the editor asks about */
export const codeActions = (session: Session, analysis: Analysis, diagnostics: readonly Diagnostic[]): readonly CodeAction[] =>
  diagnostics.flatMap((diagnostic): readonly CodeAction[] => {
    const finding = findingOf(analysis, diagnostic);
    if (!finding) return [];
    const { fix, ruleId, url } = finding;
    const fixed: readonly CodeAction[] = fix
      ? [
          {
            title: fix.safety === 'safe' ? sentence(fix.description) : `${sentence(fix.description)} (it may change what is deployed)`,
            kind: CodeActionKind.QuickFix,
            diagnostics: [diagnostic],
            isPreferred: fix.safety === 'safe',
            edit: editOf(session, analysis, fix),
          },
        ]
      : [];
    const suppressed: CodeAction = {
      title: `Suppress ${ruleId} here`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      edit: suppression(session, analysis, finding),
    };
    const page: readonly CodeAction[] =
      url === undefined
        ? []
        : [
            {
              title: `About ${ruleId}`,
              kind: CodeActionKind.QuickFix,
              diagnostics: [diagnostic],
              command: { title: 'Open', command: 'flux-lint.open', arguments: [url] },
            },
          ];
    return [...fixed, suppressed, ...page];
  });

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const findingOf = ({ result }: Analysis, { data, code }: Diagnostic): Finding | undefined => {
  const fingerprint = typeof data === 'object' && data !== null && 'fingerprint' in data ? data.fingerprint : undefined;
  return result.findings.find((finding) => finding.fingerprint === fingerprint && finding.ruleId === code);
};

const editOf = (session: Session, { sources }: Analysis, { edits }: FindingFix): WorkspaceEdit => {
  const changes: Record<string, TextEdit[]> = {};
  for (const {
    path,
    range: [start, end],
    text,
  } of edits) {
    const uri = uriOf(session, path);
    const known = changes[uri] ?? [];
    known.push({ range: rangeOf(sources.location({ path, start, end })), newText: text });
    changes[uri] = known;
  }
  return { changes };
};

/** A comment on a line of its own, indented as what it is for. */
const suppression = (session: Session, { files }: Analysis, { ruleId, location }: Finding): WorkspaceEdit => {
  const line = (files.file(location.path)?.text ?? '').split('\n')[location.line - 1] ?? '';
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  const at = { line: location.line - 1, character: 0 };
  const newText = `${indent}# flux-lint-disable-next-line ${ruleId} -- why\n`;
  return { changes: { [uriOf(session, location.path)]: [{ range: { start: at, end: at }, newText }] } };
};

const renamed = new Set([
  'Kustomization',
  'GitRepository',
  'OCIRepository',
  'HelmRepository',
  'Bucket',
  'HelmRelease',
  'HelmChart',
  'ExternalArtifact',
]);

/** The name under the cursor where it can be renamed: where an object of Flux is defined, or where one is named. */
export const renameAt = (
  analysis: Analysis,
  subject: Subject,
): readonly { readonly path: string; readonly start: number; readonly end: number; readonly text: string }[] => {
  const meant = referencesAt(analysis, subject).flatMap((reference) => targetsOf(analysis, reference));
  const objects = (subject.pointer === '/metadata/name' ? subject.objects : meant).filter(({ kind }) => renamed.has(kind));
  const spans = [
    ...objects.flatMap((object) => (object.node('/metadata/name') ? [{ node: object.node('/metadata/name'), name: object.name }] : [])),
    ...referrersOf(analysis, objects).map(({ referrer, namePointer, wanted }) => ({ node: referrer.node(namePointer), name: wanted.name })),
  ];
  const unique = new Map<string, { path: string; start: number; end: number; text: string }>();
  for (const { node, name } of spans) {
    // A name that a prefix, a variable or a template has a part in is not written anywhere.
    if (node?.type !== 'scalar' || node.text !== name) return [];
    const { path, start, end } = node.span;
    const written = analysis.sources.file(path)?.text.slice(start, end);
    if (!analysis.sources.isEditable(path) || written?.replace(/^["']|["']$/g, '') !== name) return [];
    unique.set(`${path}:${start}`, { path, start, end, text: written });
  }
  return [...unique.values()];
};

export const renameEdit = (session: Session, analysis: Analysis, subject: Subject, name: string): WorkspaceEdit | undefined => {
  const places = renameAt(analysis, subject);
  if (places.length === 0) return undefined;
  const changes: Record<string, TextEdit[]> = {};
  for (const { path, start, end, text } of places) {
    const quote = /^["']/.exec(text)?.[0] ?? '';
    const uri = uriOf(session, path);
    const known = changes[uri] ?? [];
    known.push({ range: rangeOf(analysis.sources.location({ path, start, end })), newText: `${quote}${name}${quote}` });
    changes[uri] = known;
  }
  return { changes };
};
