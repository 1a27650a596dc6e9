/** When what is judged: each session by itself, when nobody has typed for a moment; and what the editor is told of it. */
import type { Connection, Diagnostic } from 'vscode-languageserver/node';
import type { LintResult } from '../lint/lint.ts';
import type { UsageError } from '../model/usage-error.ts';
import { counted } from '../report/words.ts';
import { configurationDiagnostics } from './configuration-diagnostics.ts';
import { diagnosticOf, findingsByFile } from './diagnostics.ts';
import { unlessRefused } from './refusal.ts';
import type { Session } from './session/session.ts';
import { uriOf } from './subject/place.ts';

/** How long nobody types before what was typed is judged, in milliseconds. */
const pause = 150;

export interface Publisher {
  /** Remembers what is wrong already: of files that are not open, only what comes later is told. */
  readonly begin: (session: Session) => void;
  readonly judgeSoon: (session: Session) => void;
  /** Takes back what is shown. */
  readonly forget: (session: Session) => void;
  readonly stop: () => void;
}

/** @param refused hears why a repository cannot be judged any more */
export const createPublisher = (connection: Connection, refused: (error: UsageError) => void): Publisher => {
  const timers = new Map<Session, NodeJS.Timeout>();
  /** Fingerprints of what was wrong at the beginning, and paths that the editor shows diagnostics of. */
  const before = new WeakMap<Session, ReadonlySet<string>>();
  const shown = new WeakMap<Session, ReadonlySet<string>>();
  /** Rules that were told to have failed. */
  const failed = new Set<string>();

  const publish = (session: Session) => {
    const analysis = session.analysis();
    const { result } = analysis;
    const old = before.get(session) ?? new Set();
    const told = new Map<string, readonly Diagnostic[]>(configurationDiagnostics(session, analysis));
    for (const [path, all] of findingsByFile(result.findings)) {
      const meant = session.isOpen(path) ? all : all.filter(({ fingerprint }) => !old.has(fingerprint));
      told.set(path, [...(told.get(path) ?? []), ...meant.map((finding) => diagnosticOf(session, finding))]);
    }
    const now = new Set<string>();
    for (const [path, diagnostics] of told) {
      if (diagnostics.length === 0) continue;
      now.add(path);
      connection.sendDiagnostics({ uri: uriOf(session, path), diagnostics: [...diagnostics] });
    }
    for (const path of shown.get(session) ?? [])
      if (!now.has(path)) connection.sendDiagnostics({ uri: uriOf(session, path), diagnostics: [] });
    shown.set(session, now);
    connection.sendNotification('flux-lint/status', statusOf(result));
    for (const { ruleId, error } of result.failed) {
      if (!failed.has(ruleId)) connection.console.error(`flux-lint: ${ruleId} failed, which is a bug: ${error}`);
      failed.add(ruleId);
    }
  };

  return {
    begin: (session) => before.set(session, new Set(session.analysis().result.findings.map(({ fingerprint }) => fingerprint))),
    judgeSoon: (session) => {
      clearTimeout(timers.get(session));
      timers.set(
        session,
        setTimeout(() => unlessRefused(() => publish(session), refused), pause),
      );
    },
    forget: (session) => {
      clearTimeout(timers.get(session));
      timers.delete(session);
      for (const path of shown.get(session) ?? []) connection.sendDiagnostics({ uri: uriOf(session, path), diagnostics: [] });
    },
    stop: () => {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
};

/** In one line, with all that was not judged. */
const statusOf = ({ summary: { errors, warnings }, notJudged }: LintResult) => {
  const counts = `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
  return { errors, warnings, text: [counts, ...notJudged.map(({ reason }) => `not checked: ${reason}`)].join('; ') };
};
