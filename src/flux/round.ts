/**
 * One round of the evaluation of a root: from the root Kustomization through the Kustomizations it renders. Sources,
 * variables and generators are looked up among the objects of this round and the one before.
 */

import { isIdentityKnown } from '../generate/resource-set/identity.ts';
import { isResourceSet } from '../generate/resource-set/kinds.ts';
import { optional, readable } from '../kube/view.ts';
import type { EffectiveObject } from '../kustomize/build.ts';
import { memo, memoByText } from '../model/memo.ts';
import { withEntry } from '../yaml/edit.ts';
import { child, isMap, type MapNode, stringAt } from '../yaml/node.ts';
import { isSameTree } from '../yaml/same-tree.ts';
import { ownCluster, targetOf } from './cluster/remote-clusters.ts';
import type { AppliedByTerraform, Artifact, Content, FluxVersion, FoundRoot, SourceReference } from './evaluation.ts';
import { type Arrival, type Expansion, expandArrivals, isOfGenerators } from './generators.ts';
import { isKustomization } from './kinds.ts';
import { emptyTables, type LookupTables, lookUp, register, registrable } from './lookup-tables.ts';
import type { ReconcileInput } from './reconcile.ts';
import { rememberedContent, rememberedVariables } from './remembered-content.ts';
import type { SourceLookup } from './source/artifacts.ts';
import { specs } from './specs.ts';
import type { ObjectLookup } from './substitution/variables.ts';
import type { EvaluationMemory, RootMemory } from './world.ts';

export interface Steps {
  readonly resolveSource: (reference: SourceReference, lookup: SourceLookup) => Artifact | undefined;
  readonly reconcile: (input: ReconcileInput) => Content;
  /** The objects and the root Kustomization of a cluster that no Kustomization applies. */
  readonly rootKustomization: (root: FoundRoot) => MapNode;
  readonly versionOf: (root: FoundRoot) => FluxVersion | undefined;
  /** What configuration says to exist outside git. */
  readonly external: ObjectLookup['external'];
  readonly memory: EvaluationMemory;
  /** The text of a file of the root. */
  readonly sourceOf: (path: string) => string | undefined;
}

/** A Kustomization in the walk of one round. `cluster` and `target` are keys: `ownCluster` or a remote cluster's. */
export interface Unit {
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  readonly cluster: string;
  readonly target: string;
  readonly object: EffectiveObject | undefined;
  readonly document: MapNode;
  readonly parent: Unit | undefined;
  readonly depth: number;
  readonly content: Content;
  readonly isTerraform?: boolean | undefined;
}

/** What a round came to. */
export interface Round {
  readonly units: ReadonlyMap<string, Unit>;
  readonly tables: ReadonlyMap<string, LookupTables>;
  /** The ResourceSets, each with what it makes. */
  readonly expansions: readonly Expansion<Unit>[];
  /** One whose children were not entered. */
  readonly tooDeep: Unit | undefined;
  /** A ResourceSet that was not expanded, since sets make sets without end. */
  readonly endlessSet: EffectiveObject | undefined;
  /** The content of a source in a cluster, as its Kustomizations see it. */
  readonly artifactOf: (cluster: string, reference: SourceReference) => Artifact | undefined;
}

/** A Kustomization deeper than this is taken for one of a chain without end. */
export const maxDepth = 50;

/** A chain of ResourceSets that make each other ends here. */
export const maxPasses = 5;

const noConfigured: ObjectLookup['configured'] = new Map();
/** StrictPostBuildSubstitutions is on by default since Flux 2.9. */
const strictSince = 9;

/** A function that walks a round after the one before; the first comes after an empty one. */
export const createWalk = (root: FoundRoot, steps: Steps, fluxVersion: FluxVersion | undefined) => {
  const memory = steps.memory.ofRoot(root);
  const rootDocument = rootDocumentOf(root, steps, memory);
  const strict = fluxVersion === undefined ? undefined : fluxVersion.minor >= strictSince;
  const rootSource = rootSourceOf(root);
  const variablesFor = rememberedVariables(memory);
  const contentOf = rememberedContent({ memory: steps.memory, ofRoot: memory, reconcile: steps.reconcile });

  // Of the round before, no answer of this one may hold on to more than the tables.
  return ({ units: unitsBefore, tables: tablesBefore }: Round): Round => {
    const units = new Map<string, Unit>();
    const tables = new Map<string, LookupTables>();
    let tooDeep: Unit | undefined;
    const tablesOf = (cluster: string): LookupTables => {
      const known = tables.get(cluster) ?? emptyTables();
      tables.set(cluster, known);
      return known;
    };
    const lookupIn = memoByText((cluster): SourceLookup & ObjectLookup => ({
      ...lookUp(tablesOf(cluster), tablesBefore.get(cluster)),
      rootSource,
      configured: root.variables ?? noConfigured,
      external: steps.external,
    }));

    const rootKey = `${ownCluster}/${root.sync.namespace}/${root.sync.name}`;
    const queue: Unit[] = [];
    const enter = (unit: Omit<Unit, 'content'>) => {
      const { document } = unit;
      const lookup = lookupIn(unit.cluster);
      const variables = variablesFor(document, unit.namespace, lookup);
      const artifact = sourceOf(document, unit, lookup, steps);
      const content = contentOf({ kustomization: document, artifact, variables, strict });
      const entered: Unit = { ...unit, content };
      units.set(unit.key, entered);
      queue.push(entered);
      if (content.type !== 'built') return;
      for (const object of registrable(content.objects)) register(tablesOf(unit.target), object);
    };
    const enterApplied = ({ name, document, content }: AppliedByTerraform) => {
      const key = `${ownCluster}//terraform:${name}`;
      const about = { key, namespace: '', name, cluster: ownCluster, target: ownCluster, object: undefined, parent: undefined, depth: 0 };
      const unit: Unit = { ...about, document, content, isTerraform: true };
      units.set(key, unit);
      queue.push(unit);
      for (const object of content.objects) if (isIdentityKnown(object.root)) register(tablesOf(ownCluster), object.root);
    };

    // What Terraform makes is there before Flux begins.
    for (const applied of root.applied ?? []) enterApplied(applied);
    if (root.sync.source) register(tablesOf(ownCluster), root.sync.source);
    const earlier = unitsBefore.get(rootKey);
    const effectiveRoot = earlier?.object;
    const document = effectiveRoot ? settled(effectiveRoot.root, earlier.document, rootDocument) : rootDocument;
    const rootTarget = targetOf(document, ownCluster);
    const rootUnit = { key: rootKey, namespace: root.sync.namespace, name: root.sync.name, cluster: ownCluster, target: rootTarget };
    if (!root.isBare) enter({ ...rootUnit, object: effectiveRoot, document, parent: undefined, depth: 0 });
    const arrivals = new Map<string, Arrival<Unit>[]>();
    const enterAll = (parent: Unit, objects: readonly EffectiveObject[]) => {
      const arrived = arrivals.get(parent.target) ?? [];
      arrivals.set(parent.target, arrived);
      for (const object of objects) {
        if (isOfGenerators(object.root)) arrived.push({ owner: parent, object });
        if (!isKustomization(object.root)) continue;
        const namespace = nameIn(object.root, 'namespace');
        const name = nameIn(object.root, 'name');
        const key = `${parent.target}/${namespace}/${name}`;
        const known = units.get(key);
        if (known) {
          if (key === rootKey && known.object?.root !== object.root) units.set(key, { ...known, object });
          continue;
        }
        if (parent.depth >= maxDepth) {
          tooDeep ??= parent;
          continue;
        }
        const target = targetOf(object.root, parent.target);
        if (target !== parent.target && bringsItself(object.root, parent)) continue;
        enter({ key, namespace, name, cluster: parent.target, target, object, document: object.root, parent, depth: parent.depth + 1 });
      }
    };

    // What a generator makes may be another, or a Kustomization that brings one or what shapes it.
    let expansions: readonly Expansion<Unit>[] = [];
    let endlessSet: EffectiveObject | undefined;
    let next = 0;
    const made = new Set<MapNode>();
    const expander = { memory, sourceOf: steps.sourceOf, isMade: (set: MapNode) => made.has(set) };
    for (let pass = 0; ; pass++) {
      for (; next < queue.length; next++) {
        const parent = queue[next];
        if (parent?.content.type === 'built') enterAll(parent, walkedAmong(parent.content.objects));
      }
      const known = new Set(expansions.map(({ object }) => object.root));
      if (pass < maxPasses) {
        expansions = [...arrivals].flatMap(([cluster, arrived]) =>
          expandArrivals(arrived, () => everythingOn(cluster, queue, expansions), { ...expander, cluster }),
        );
      }
      const news = expansions.filter(({ object }) => !known.has(object.root));
      for (const { owner, objects } of news) {
        for (const { root } of objects) {
          made.add(root);
          // Nothing can look up what nobody knows the name of.
          if (isIdentityKnown(root)) register(tablesOf(owner.target), root);
        }
        enterAll(owner, objects);
      }
      if (news.length > 0) continue;
      endlessSet = [...arrivals.values()].flat().find(({ object }) => isResourceSet(object.root) && !known.has(object.root))?.object;
      break;
    }
    const artifactOf: Round['artifactOf'] = (cluster, reference) => steps.resolveSource(reference, lookupIn(cluster));
    return { units, tables, expansions, tooDeep, endlessSet, artifactOf };
  };
};

/** Kustomizations and what may make others. Content stays the same from round to round, and most of it is neither. */
const walkedAmong = memo((objects: readonly EffectiveObject[]): readonly EffectiveObject[] => {
  const walked = objects.filter(({ root }) => (isKustomization(root) ? isIdentityKnown(root) : isOfGenerators(root)));
  return walked.length === 0 ? none : walked;
});

const none: readonly EffectiveObject[] = [];

/** As far as it is known: `preview-(unknown)` stands for as many as there are inputs, and is walked once. */
const nameIn = (root: MapNode, key: 'name' | 'namespace'): string => {
  const node = child(root, 'metadata', key);
  return node?.type === 'unknown' ? (node.text ?? '(unknown)') : (stringAt(node) ?? '');
};

/** What a round has so far for one cluster that may be a composite resource: those that others make are looked at with them. */
const everythingOn = (cluster: string, units: readonly Unit[], expansions: readonly Expansion<Unit>[]): readonly Arrival<Unit>[] => [
  ...units.flatMap((owner) =>
    owner.target === cluster && owner.content.type === 'built' ? owner.content.objects.map((object) => ({ owner, object })) : [],
  ),
  ...expansions.flatMap(({ owner, objects, generated }) =>
    owner.target === cluster && generated.kind === 'resource-set' ? objects.map((object) => ({ owner, object })) : [],
  ),
];

/** Whether a Kustomization that deploys to another cluster is one of those by which it came: it would bring ever new clusters. */
const bringsItself = ({ span }: MapNode, parent: Unit): boolean => {
  for (let unit: Unit | undefined = parent; unit; unit = unit.parent) {
    if (unit.target !== unit.cluster && unit.document.span.path === span.path && unit.document.span.start === span.start) return true;
  }
  return false;
};

/** One that is not written is made once, so that what stands on it stays the same. */
const rootDocumentOf = (root: FoundRoot, steps: Steps, memory: RootMemory): MapNode => {
  if (root.sync.written) return steps.rootKustomization(root);
  memory.rootDocument ??= steps.rootKustomization(root);
  return memory.rootDocument;
};

/**
 * The root as its own build renders it now. One that comes to the same as before is the same, so that a root which applies
 * itself with its own variables settles; a path that only whoever made the root can fill in is the one it was found by.
 */
const settled = (now: MapNode, before: MapNode, found: MapNode): MapNode => {
  const path = stringAt(now, 'spec', 'path');
  const spec = child(now, 'spec');
  const known = child(found, 'spec', 'path');
  const isOpen = path?.includes('${') || child(now, 'spec', 'path')?.type === 'unknown';
  const filled = isOpen && isMap(spec) && known ? withEntry(now, 'spec', withEntry(spec, 'path', known)) : now;
  return isSameTree(filled, before) ? before : filled;
};

const rootSourceOf = (root: FoundRoot): SourceLookup['rootSource'] => {
  const { folder } = root;
  const written = root.sync.written && readable(() => optional(child(root.sync.written, 'spec'), specs.kustomization)?.sourceRef);
  const read =
    written && readable(() => ({ namespace: written.namespace ?? root.sync.namespace, name: written.name ?? root.sync.name, folder }));
  return read ?? { namespace: root.sync.namespace, name: root.sync.name, folder };
};

const sourceOf = (document: MapNode, unit: Pick<Unit, 'namespace'>, lookup: SourceLookup, steps: Steps): Artifact | undefined => {
  const unknown = child(document, 'spec', 'sourceRef', 'name');
  if (unknown?.type === 'unknown') return { type: 'unmapped', why: `its source is not known here: ${unknown.why}`, howTo: undefined };
  const reference = readable(() => {
    const source = optional(child(document, 'spec'), specs.kustomization)?.sourceRef;
    return {
      kind: source?.kind ?? '',
      namespace: source?.namespace ?? unit.namespace,
      name: source?.name ?? '',
      path: literalPath(document),
    };
  });
  if (!reference) return { type: 'unmapped', why: 'its source cannot be read', howTo: undefined };
  return steps.resolveSource(reference, lookup);
};

/** What a Kustomization asks of its source; undefined where that cannot be told. */
const literalPath = (document: MapNode): string | undefined => {
  const path = stringAt(document, 'spec', 'path');
  return path === undefined || path.includes('${') ? undefined : path;
};
