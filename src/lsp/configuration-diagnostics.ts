import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-protocol';
import { checkConfig, notAMap } from '../config/check-config.ts';
import { isMap } from '../yaml/node.ts';
import { parseYaml } from '../yaml/parse.ts';
import { wholeFile } from '../yaml/place.ts';
import { isConfiguration } from './completion/configuration.ts';
import type { Analysis, Session } from './session/session.ts';
import { positionAt } from './subject/place.ts';

/** What keeps a configuration that is being written from being used, at its place, in the words that `check` ends with; by path. */
export const configurationDiagnostics = (session: Session, { files }: Analysis): ReadonlyMap<string, readonly Diagnostic[]> =>
  new Map(
    files.paths
      .filter((path) => isConfiguration(path) && session.isOpen(path))
      .map((path) => [path, problemsIn(path, files.file(path)?.text ?? '')] as const),
  );

const problemsIn = (path: string, text: string): readonly Diagnostic[] => {
  const { documents, problems } = parseYaml(text, wholeFile(path));
  const root = documents[0]?.root;
  const all = problems.length > 0 || !root ? problems : isMap(root) ? checkConfig(root) : [notAMap(root)];
  return all.map(({ at: { span }, message, hint }) => ({
    range: { start: positionAt(text, span.start), end: positionAt(text, span.end) },
    severity: DiagnosticSeverity.Error,
    source: 'flux-lint',
    message: hint === undefined ? message : `${message}\n${hint}`,
  }));
};
