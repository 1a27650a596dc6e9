import type { ChangedFile } from '../files/changed-files.ts';
import { baseName, byText } from '../files/files.ts';
import type { AppliedView, KustomizationView } from '../graph/clusters/views.ts';
import { createFilesOf } from '../graph/reach/reach-index.ts';
import { plain, readable } from '../kube/view.ts';
import type { Origin, Step } from '../model/origin.ts';
import type { Span } from '../model/span.ts';
import type { Node } from '../yaml/node.ts';
import type { FieldChange } from './changed-fields.ts';

/** A Kustomization on both sides, or on one. */
export interface KustomizationPair {
  readonly base: KustomizationView | undefined;
  readonly head: KustomizationView | undefined;
}

/** Finds the changed files behind a change: by who wrote the values, else by what was read, else by what Flux was told. */
export interface Causes {
  readonly ofFields: (fields: readonly FieldChange[], owner: KustomizationPair) => readonly string[];
  /** Of an object that came or went. */
  readonly ofObject: (object: AppliedView, owner: KustomizationPair) => readonly string[];
  readonly placeOfFields: (fields: readonly FieldChange[], object: AppliedView) => Origin;
  readonly placeOfObject: (object: AppliedView, owner: KustomizationPair) => Origin;
  /** Tells what changed a Flux object, for what happens in the Kustomizations that follow it. */
  readonly remember: (object: AppliedView, causedBy: readonly string[]) => void;
  /** Of whatever happens to the content of a Kustomization as a whole. */
  readonly ofContent: (owner: KustomizationPair) => readonly string[];
  readonly hasRead: (owner: KustomizationPair) => boolean;
}

export interface CausesInput {
  readonly changes: readonly ChangedFile[];
  /** What the spans of files start with that only the base has so. */
  readonly basePrefix: string;
}

export const createCauses = ({ changes, basePrefix }: CausesInput): Causes => {
  const now = new Map(changes.map(({ path }) => [path, path] as const));
  const before = new Map(changes.map(({ path, from }) => [from ?? path, path] as const));
  /** The changed file that a span lies in. */
  const changedAt = (path: string): string | undefined =>
    path.startsWith(basePrefix) ? before.get(path.slice(basePrefix.length)) : now.get(path);
  const changed = (paths: Iterable<string>): readonly string[] => {
    const found = new Set<string>();
    for (const path of paths) {
      const file = changedAt(path);
      if (file !== undefined) found.add(file);
    }
    return [...found].sort(byText);
  };

  const isChanged = ({ path }: Span): boolean => changedAt(path) !== undefined;
  const changedStep = (steps: readonly Step[]): Origin | undefined => {
    const step = steps.find(({ at }) => isChanged(at));
    return step && { span: step.at, via: [] };
  };

  const filesOf = createFilesOf();
  const readBy = (kustomization: KustomizationView | undefined): ReadonlySet<string> =>
    kustomization?.content.type === 'built' ? filesOf(kustomization.content.build.reads) : new Set();
  const readByPair = ({ base, head }: KustomizationPair) => changed([...readBy(base), ...readBy(head)]);

  const deleted = new Set(changes.filter(({ status }) => status === 'deleted').map(({ path }) => path));
  const wasDeleted = (path: string): boolean => deleted.has(changedAt(path) ?? '');
  /** It went with the entry that led to its file, whatever else happened to the file. */
  const isUnlisted = (object: AppliedView, { base, head }: KustomizationPair): boolean => {
    const isRemoved = base?.content.type === 'built' && base.content.objects.some(({ root }) => root === object.root);
    const path = changedAt(object.root.span.path) ?? object.root.span.path;
    return isRemoved && head !== undefined && !readBy(head).has(path);
  };

  const fluxObjects = new Map<string, readonly string[]>();
  const keyOf = (cluster: string, kind: string, namespace: string | undefined, name: string) =>
    JSON.stringify([cluster, kind, namespace ?? '', name]);
  const told = (kustomization: KustomizationView | undefined): readonly string[] => {
    if (!kustomization) return [];
    const { cluster, namespace, name } = kustomization;
    const source = readable(() => kustomization.spec.sourceRef && plain(kustomization.spec.sourceRef));
    const keys = [keyOf(cluster, 'Kustomization', namespace, name)];
    if (source?.kind !== undefined) keys.push(keyOf(cluster, source.kind, source.namespace ?? namespace, source.name ?? ''));
    const generators = [...fluxObjects.keys()].filter((key) =>
      key.startsWith(`${JSON.stringify([cluster, 'ArtifactGenerator']).slice(0, -1)},`),
    );
    return [...keys, ...(source?.kind === 'ExternalArtifact' ? generators : [])].flatMap((key) => fluxObjects.get(key) ?? []);
  };

  const behind = (owner: KustomizationPair): readonly string[] =>
    firstFound(
      () => readByPair(owner),
      () => [...new Set([...told(owner.head), ...told(owner.base)])].sort(byText),
      () => changes.filter(({ path }) => baseName(path) === '.sourceignore').map(({ path }) => path),
      // A parent that Flux builds another way takes its children with it.
      () => (owner.head?.parent || owner.base?.parent ? behind({ base: owner.base?.parent, head: owner.head?.parent }) : []),
      () => changes.map(({ path }) => path),
    );

  return {
    ofFields: (fields, owner) =>
      firstFound(
        () => changed(fields.flatMap(({ base, head }) => [...writersOf(head), ...writersOf(base)])),
        () => changed(fields.flatMap(({ base, head }) => [...carriersOf(head), ...carriersOf(base)])),
        () => behind(owner),
      ),
    ofObject: (object, owner) => {
      const { root, via } = object;
      const carriers = [...via, ...root.via].map(({ at }) => at.path);
      const definition = isUnlisted(object, owner) && !wasDeleted(root.span.path) ? [] : [root.span.path];
      return firstFound(
        () => changed([...definition, ...carriers]),
        () => changed([root.span.path]),
        () => behind(owner),
      );
    },
    placeOfFields: (fields, object) => {
      const nodes = [...fields.flatMap(({ head }) => head ?? []), ...fields.flatMap(({ base }) => base ?? [])];
      return (
        nodes.find(({ span }) => isChanged(span)) ?? changedStep(nodes.flatMap(({ via }) => via)) ?? object.origin(fields[0]?.pointer ?? '')
      );
    },
    placeOfObject: (object, { base, head }) => {
      const name = object.origin('/metadata/name');
      const step = changedStep([...object.via, ...object.root.via]);
      if (isUnlisted(object, { base, head }) && step) return step;
      if (isChanged(name.span)) return name;
      if (step) return step;
      if (base && head) return head.isWritten ? head.origin('/spec/path') : name;
      return (head ?? base)?.isWritten ? ((head ?? base)?.origin('/metadata/name') ?? name) : name;
    },
    remember: ({ cluster, kind, namespace, name }, causedBy) => {
      fluxObjects.set(keyOf(cluster, kind, namespace, name), causedBy);
    },
    ofContent: behind,
    hasRead: (owner) => readByPair(owner).length > 0,
  };
};

const firstFound = (...attempts: readonly (() => readonly string[])[]): readonly string[] => {
  for (const attempt of attempts) {
    const found = attempt();
    if (found.length > 0) return found;
  }
  return [];
};

/** Steps that bring a value from a place of its own. */
const bringers: ReadonlySet<string> = new Set(['substitution', 'replacement', 'generator', 'patch']);

/** The files that wrote a value, and those whose values went into it. */
const writersOf = function* (node: Node | undefined): Generator<string> {
  for (const part of partsOf(node)) {
    yield part.span.path;
    for (const { type, at } of part.via) if (bringers.has(type)) yield at.path;
  }
};

const carriersOf = function* (node: Node | undefined): Generator<string> {
  for (const part of partsOf(node)) for (const { at } of part.via) yield at.path;
};

const partsOf = function* (node: Node | undefined): Generator<Node> {
  if (!node) return;
  yield node;
  if (node.type === 'map') for (const { value } of node.entries) yield* partsOf(value);
  if (node.type === 'list') for (const item of node.items) yield* partsOf(item);
};
