/**
 * Another name for a Kustomization, a HelmRelease or a source, wherever it is written. What would leave a name behind that
 * nothing has any more is refused with the reason: generated texts, names made of parts, patches that go by the name.
 */
import type { WorkspaceEdit } from 'vscode-languageserver-protocol';
import { directoryOf, joinPath } from '../files/files.ts';
import { sourceKinds } from '../flux/kinds.ts';
import type { AppliedView, ObjectView } from '../graph/clusters/views.ts';
import type { Span } from '../model/span.ts';
import { isList, type Node, stringAt } from '../yaml/node.ts';
import { editsByFile } from './edits.ts';
import type { Analysis, Session } from './session/session.ts';
import { referencesAt, referrersOf, targetsOf } from './subject/references.ts';
import { documentAt, type Subject } from './subject/subject.ts';

/** A name where it is written, its quotes included. */
export interface WrittenName extends Span {
  readonly text: string;
}

/** What a rename would change; or why it cannot be done, in a sentence. */
export type Renaming = { readonly names: readonly WrittenName[] } | { readonly refused: string };

/** Undefined where no object's name is under the cursor. */
export const renamingAt = (analysis: Analysis, subject: Subject): Renaming | undefined => {
  if (subject.key) return undefined;
  const isOwnName = subject.pointer === '/metadata/name' && subject.objects.length > 0;
  const named = referencesAt(analysis, subject).filter(({ namePointer }) => namePointer === subject.pointer);
  const [first] = named;
  if (!isOwnName && !first) return undefined;
  const objects = objectsNamed(analysis, subject);
  const [object] = objects;
  if (!object) return refuse(`${first?.wanted.kind} ${first?.wanted.name} is not written in this repository as an object of its own.`);
  if (!renamed.has(object.kind)) return refuse(`What all refers to a ${object.kind} is not known: only Flux's own names are changed.`);
  return firstRefusal(objects.map((each) => patchedByName(analysis, each))) ?? writtenNames(analysis, objects);
};

/** The same with the new name: also refused where it is none, or is taken. */
export const renamingTo = (analysis: Analysis, subject: Subject, name: string): Renaming | undefined => {
  const renaming = renamingAt(analysis, subject);
  if (!renaming || 'refused' in renaming) return renaming;
  if (name.length > 253 || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name))
    return refuse(`"${name}" is no name for an object: lower-case letters, digits, "-" and ".", with a letter or digit at both ends.`);
  const objects = objectsNamed(analysis, subject);
  const taken = analysis.graph.clusters.all
    .flatMap(({ objects: all }) => all)
    .find((other) => other.name === name && objects.some((object) => isNamesake(object, other)));
  return taken ? refuse(`${taken.label} is there already (${placeOf(analysis, taken.root.span)}).`) : renaming;
};

export const renameEdit = (session: Session, analysis: Analysis, names: readonly WrittenName[], name: string): WorkspaceEdit =>
  editsByFile(
    session,
    analysis,
    names.map(({ path, start, end, text }) => {
      const quote = /^["']/.exec(text)?.[0] ?? '';
      return { path, range: [start, end], text: `${quote}${name}${quote}` };
    }),
  );

const renamed: ReadonlySet<string> = new Set([...sourceKinds, 'Kustomization', 'HelmRelease']);

const objectsNamed = (analysis: Analysis, subject: Subject): readonly AppliedView[] =>
  subject.pointer === '/metadata/name'
    ? subject.objects
    : referencesAt(analysis, subject).flatMap((reference) => targetsOf(analysis, reference));

const isNamesake = (object: AppliedView, other: AppliedView): boolean =>
  object.kind === other.kind && object.cluster === other.cluster && object.namespace === other.namespace;

const refuse = (refused: string): Renaming => ({ refused });

const firstRefusal = (reasons: readonly (string | undefined)[]): Renaming | undefined => {
  const reason = reasons.find((each) => each !== undefined);
  return reason === undefined ? undefined : refuse(reason);
};

/** Every place of the name: of the objects themselves, and of all fields that refer to them. */
const writtenNames = (analysis: Analysis, objects: readonly AppliedView[]): Renaming => {
  const fields = [
    ...objects.map((object) => ({ object, pointer: '/metadata/name', name: object.name })),
    ...referrersOf(analysis, objects).map(({ referrer, namePointer, wanted }) => ({
      object: referrer,
      pointer: namePointer,
      name: wanted.name,
    })),
  ];
  const found = new Map<string, WrittenName>();
  for (const field of fields) {
    const written = writtenName(analysis, field);
    if (typeof written === 'string') return refuse(written);
    found.set(`${written.path}:${written.start}`, written);
  }
  return { names: [...found.values()] };
};

interface NameField {
  readonly object: ObjectView;
  readonly pointer: string;
  readonly name: string;
}

/** The name as it stands in a file; in words, why it does not stand there as such. */
const writtenName = (analysis: Analysis, { object, pointer, name }: NameField): WrittenName | string => {
  const node = object.node(pointer);
  const { span } = node ?? object.root;
  const place = placeOf(analysis, span);
  const text = analysis.sources.file(span.path)?.text.slice(span.start, span.end);
  if (!analysis.sources.isEditable(span.path)) return `${object.label} has the name at ${place}, which is not in this working copy.`;
  if (node?.type !== 'scalar' || text === undefined || text.replace(/^(["'])(.*)\1$/, '$2') !== name)
    return `${object.label} gets the name "${name}" from a text that is made of parts (${place}): change that by hand.`;
  return { path: span.path, start: span.start, end: span.end, text };
};

/** Why a patch of an object stands in the way: it finds the object by its name, and would find it no more. */
const patchedByName = (analysis: Analysis, object: AppliedView): string | undefined => {
  const patches = new Map(patchesOf(object.root).map((span) => [`${span.path}:${span.start}`, span] as const));
  const isNamed = (text: string) => text.split(/[^\w.-]+/).includes(object.name);
  const at = [...patches.values()].find((span) => textsOfPatch(analysis, span).some(isNamed));
  return at && `${placeOf(analysis, at)} patches ${object.label} by its name: change both by hand.`;
};

/** Where the patches stand that wrote or changed something of an object. */
const patchesOf = (node: Node): readonly Span[] => {
  const own = node.via.flatMap(({ type, at }) => (type === 'patch' ? [at] : []));
  if (node.type === 'map') return [...own, ...node.entries.flatMap(({ value }) => patchesOf(value))];
  return node.type === 'list' ? [...own, ...node.items.flatMap(patchesOf)] : own;
};

/** What a patch says of its target: the name in its entry, and the names in the patch itself. */
const textsOfPatch = (analysis: Analysis, span: Span): readonly string[] => {
  const { sources } = analysis;
  const file = sources.file(span.path);
  if (!file) return [];
  const document = documentAt(analysis, span);
  const entry = document && entryOfPatches(document, span, false);
  if (!entry) return namesIn(file.text);
  const path = stringAt(entry) ?? stringAt(entry, 'path');
  const named = path === undefined ? undefined : sources.file(joinPath(directoryOf(span.path), path) ?? '');
  return [stringAt(entry, 'target', 'name') ?? '', ...namesIn(stringAt(entry, 'patch') ?? ''), ...namesIn(named?.text ?? '')];
};

const namesIn = (text: string): readonly string[] => [...text.matchAll(/^\s*(?:-\s+)?name:(.*)$/gm)].map(([, name = '']) => name);

/** The item of a list of patches that holds a place. */
const entryOfPatches = (node: Node, span: Span, isPatches: boolean): Node | undefined => {
  const holds = ({ span: own }: Node) => own.start <= span.start && span.start <= own.end;
  if (isList(node)) {
    const item = node.items.find(holds);
    return item && (isPatches ? item : entryOfPatches(item, span, false));
  }
  if (node.type !== 'map') return undefined;
  const entry = node.entries.find(({ key, value }) => holds(key) || holds(value));
  return entry && entryOfPatches(entry.value, span, /^patches/.test(entry.key.text));
};

const placeOf = ({ sources }: Analysis, span: Span): string => {
  const { path, line } = sources.location(span);
  return `${path}:${line}`;
};
