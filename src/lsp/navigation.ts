/** From a name to what it means, and from what is defined to who uses it. */
import type { Location } from 'vscode-languageserver-protocol';
import { directoryOf, joinPath } from '../files/files.ts';
import { kustomizationNames } from '../kustomize/file/kustomization.ts';
import { namedPaths } from '../kustomize/file/named-paths.ts';
import type { Span } from '../model/span.ts';
import { isMap } from '../yaml/node.ts';
import type { Analysis, Session } from './session/session.ts';
import { namedFilesAt } from './subject/named-file.ts';
import { patchedAt } from './subject/patched.ts';
import { locationOf } from './subject/place.ts';
import { referencesAt, referrersOf, targetSpans, targetsOf } from './subject/references.ts';
import type { Subject } from './subject/subject.ts';
import { variableAt, variableUses } from './subject/variables.ts';

/** Where the thing under the cursor is defined: a variable, an object, a file or directory, what a patch changes. */
export const definitions = (session: Session, analysis: Analysis, subject: Subject, offset: number): readonly Location[] =>
  located(session, analysis, definedAt(analysis, subject, offset));

/** Who uses what is under the cursor: texts with the variable, fields that name the object, lines that build the file. */
export const usages = (session: Session, analysis: Analysis, subject: Subject, offset: number): readonly Location[] =>
  located(session, analysis, usedAt(analysis, subject, offset));

const definedAt = (analysis: Analysis, subject: Subject, offset: number): readonly Span[] => {
  const variable = variableAt(analysis, subject, offset);
  if (variable) return variable.values.map(({ at }) => at);
  const targets = referencesAt(analysis, subject).flatMap((reference) => targetSpans(analysis, reference));
  if (targets.length > 0) return targets;
  const files = filesNamedAt(analysis, subject);
  if (files.length > 0) return files.map((path) => ({ path, start: 0, end: 0 }));
  return patchedAt(analysis, subject).map(({ root }) => root.span);
};

const usedAt = (analysis: Analysis, subject: Subject, offset: number): readonly Span[] => {
  const variables = variableUses(analysis, subject, offset);
  if (variables.length > 0) return variables;
  const files = filesNamedAt(analysis, subject);
  if (files.length > 0) return files.flatMap((path) => builders(analysis, path));
  const meant = referencesAt(analysis, subject).flatMap((reference) => targetsOf(analysis, reference));
  const referrers = referrersOf(analysis, meant.length > 0 ? meant : subject.objects);
  if (referrers.length === 0) return builders(analysis, subject.path);
  return referrers.map(({ referrer, namePointer }) => referrer.origin(namePointer).span);
};

const filesNamedAt = (analysis: Analysis, subject: Subject): readonly string[] =>
  namedFilesAt(analysis, subject).flatMap(({ files }) => files);

/** The lines by which a file comes into a build: in kustomization files above it, on every way to a cluster, of the Kustomization itself. */
const builders = (analysis: Analysis, path: string): readonly Span[] => [
  ...listings(analysis, path),
  ...analysis.graph.reach.ways(path).flatMap(({ steps, kustomization }) => {
    if (steps.length > 0) return steps.map(({ step }) => step.at);
    const { isWritten, origin } = analysis.graph.clusters.viewOf(kustomization);
    return isWritten ? [origin('/spec/path').span] : [];
  }),
];

/** The lines of the kustomization files above a file that name it. */
const listings = ({ files, parse }: Analysis, path: string): readonly Span[] => {
  const found: Span[] = [];
  for (let directory = directoryOf(path); ; directory = directoryOf(directory)) {
    const named = kustomizationNames.map((name) => files.file(directory === '' ? name : `${directory}/${name}`)).find((file) => file);
    for (const { root } of named ? parse(named).documents : [])
      if (isMap(root)) for (const { path: to, node } of namedPaths(root)) if (joinPath(directory, to) === path) found.push(node.span);
    if (directory === '') return found;
  }
};

const located = (session: Session, analysis: Analysis, spans: readonly Span[]): readonly Location[] => {
  const unique = new Map(spans.map((span) => [`${span.path}:${span.start}`, span] as const));
  return [...unique.values()].flatMap((span) => locationOf(session, analysis, span) ?? []);
};
