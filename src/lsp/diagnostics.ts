import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-protocol';
import type { Finding } from '../model/finding.ts';
import type { Severity } from '../model/severity.ts';
import type { Session } from './session/session.ts';
import { rangeOf, uriOf } from './subject/place.ts';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Hint,
} as const satisfies Record<Severity, DiagnosticSeverity>;

/** A finding in the words of `check`; what is in another repository or revision has no place here. */
export const diagnosticOf = (session: Session, finding: Finding): Diagnostic => {
  const { ruleId, severity, message, hint, location, related, url, fingerprint } = finding;
  const places = related.filter(({ location: place }) => place.repository === undefined && place.revision === undefined);
  return {
    range: rangeOf(location),
    severity: severities[severity],
    code: ruleId,
    ...(url === undefined ? {} : { codeDescription: { href: url } }),
    source: 'flux-lint',
    message: hint === undefined ? message : `${message}\n${hint}`,
    ...(/^schema\/(deprecated|removed)-api$/.test(ruleId) ? { tags: [DiagnosticTag.Deprecated] } : {}),
    relatedInformation: places.map(({ location: place, message: why }) => ({
      location: { uri: uriOf(session, place.path), range: rangeOf(place) },
      message: why,
    })),
    data: { fingerprint },
  };
};

/** The findings of each file that the editor can show, by path. */
export const findingsByFile = (findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> => {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { path, repository, revision } = finding.location;
    if (repository !== undefined || revision !== undefined) continue;
    const known = files.get(path);
    if (known) known.push(finding);
    else files.set(path, [finding]);
  }
  return files;
};
