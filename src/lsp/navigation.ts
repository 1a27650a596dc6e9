/** From a name to what it means, and from what is defined to who uses it. */
import type { Location } from 'vscode-languageserver-protocol';
import { baseName, directoryOf, joinPath } from '../files/files.ts';
import { isKustomization } from '../flux/kinds.ts';
import { kustomizationNames } from '../kustomize/file/kustomization.ts';
import { namedPaths } from '../kustomize/file/named-paths.ts';
import type { Span } from '../model/span.ts';
import { isMap, stringAt } from '../yaml/node.ts';
import { resolvedFile } from './code-lenses.ts';
import type { Analysis, Session } from './session/session.ts';
import { patchedAt } from './subject/patched.ts';
import { locationOf, startOf } from './subject/place.ts';
import { referencesAt, referrersOf, targetsOf } from './subject/references.ts';
import type { Subject } from './subject/subject.ts';
import { variableAt } from './subject/variables.ts';

/** Where the thing under the cursor is defined: an object, a directory's kustomization file, a file, a variable. */
export const definitions = (session: Session, analysis: Analysis, subject: Subject, offset: number): readonly Location[] => {
  const variable = variableAt(analysis, subject, offset);
  if (variable)
    return located(
      session,
      analysis,
      variable.values.map(({ at }) => at),
    );
  const objects = referencesAt(analysis, subject).flatMap((reference) => targetsOf(analysis, reference));
  if (objects.length > 0)
    return located(
      session,
      analysis,
      objects.map(({ root }) => root.span),
    );
  const file = fileAt(analysis, subject);
  if (file !== undefined) return [startOf(session, file)];
  return located(
    session,
    analysis,
    patchedAt(analysis, subject).map(({ root }) => root.span),
  );
};

/** Who uses what is defined under the cursor: objects that name the object, lines that build the file. */
export const usages = (session: Session, analysis: Analysis, subject: Subject): readonly Location[] => {
  const meant = referencesAt(analysis, subject).flatMap((reference) => targetsOf(analysis, reference));
  const objects = meant.length > 0 ? meant : subject.objects;
  const referrers = referrersOf(analysis, objects).map(({ referrer, namePointer }) => referrer.origin(namePointer).span);
  const pulls = analysis.graph.reach.ways(subject.path).flatMap(({ steps }) => steps.map(({ step }) => step.at));
  return located(session, analysis, [...referrers, ...(referrers.length > 0 ? [] : [...listings(analysis, subject.path), ...pulls])]);
};

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

/** What a path means: of a Kustomization from the root of its source, in a kustomization file from beside it. */
const fileAt = (analysis: Analysis, { path, pointer, node, objects }: Subject): string | undefined => {
  const text = node.type === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
  if (text === undefined) return undefined;
  if (kustomizationNames.some((name) => name === baseName(path)))
    return resolvedFile(analysis, directoryOf(path), text.slice(text.indexOf('=') + 1));
  const [object] = objects;
  if (pointer !== '/spec/path' || !object || !isKustomization(object.root)) return undefined;
  const view = analysis.graph.clusters.kustomization(
    object.cluster,
    object.namespace ?? '',
    stringAt(object.root, 'metadata', 'name') ?? '',
  );
  const reads = view?.content.type === 'built' ? view.content.build.reads.kustomization : undefined;
  return reads?.path ?? resolvedFile(analysis, '', text);
};
