/**
 * One cluster root → everything its Flux applies, here and on the clusters it deploys to.
 *
 * Each round walks from the root Kustomization through the Kustomizations it renders. Sources, variables and generators
 * are looked up among the objects of this round and the one before; when a round changes nothing, the result stands.
 * What does not change is not built again: a Kustomization's content is remembered for equal inputs.
 */

import { optional, readable } from '../kube/view.ts';
import type { EffectiveObject } from '../kustomize/build.ts';
import type { StepProblem } from '../model/problem.ts';
import { child, type MapNode, stringAt } from '../yaml/node.ts';
import { mayGenerate } from './artifact-generator.ts';
import type { SourceLookup, SourceReference } from './artifacts.ts';
import type { Artifact, Content, Variables } from './evaluation.ts';
import type { EvaluationMemory, RootMemory } from './evaluation-memory.ts';
import type { FoundRoot } from './find-roots.ts';
import type { FluxVersion } from './flux-version.ts';
import { isArtifactGenerator, isHelmRelease, isKustomization, isSource } from './kinds.ts';
import type { ReconcileInput } from './reconcile.ts';
import { specs } from './specs.ts';
import { type ObjectLookup, variablesOf } from './variables.ts';

export interface Steps {
  readonly resolveSource: (reference: SourceReference, lookup: SourceLookup) => Artifact | undefined;
  readonly reconcile: (input: ReconcileInput) => Content;
  /** The objects and the root Kustomization of a cluster that no Kustomization applies. */
  readonly rootKustomization: (root: FoundRoot) => MapNode;
  readonly versionOf: (root: FoundRoot) => FluxVersion | undefined;
  /** What configuration says to exist outside git. */
  readonly external: ObjectLookup['external'];
  readonly memory: EvaluationMemory;
}

/** What the evaluation of one root comes to, before its clusters have names. */
export interface FixedPoint {
  readonly root: FoundRoot;
  readonly fluxVersion: FluxVersion | undefined;
  readonly units: readonly Unit[];
  /** The clusters it deploys to through `kubeConfig`. */
  readonly remotes: readonly RemoteCluster[];
  readonly problems: readonly StepProblem[];
}

/** A cluster that a hub reaches by a reference: Secret or ConfigMap, in the namespace of who uses it. */
export interface RemoteCluster {
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
}

/** The key of the cluster that the root itself belongs to. */
export const ownCluster = '';

const noConfigured: ObjectLookup['configured'] = new Map();
/** StrictPostBuildSubstitutions is on by default since Flux 2.9. */
const strictSince = 9;
const maxRounds = 20;
const maxDepth = 50;

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
}

/** What a cluster's Flux can look up, by `Kind/namespace/name`. */
interface Tables {
  readonly objects: Map<string, MapNode>;
  /** ArtifactGenerators, by namespace. */
  readonly generators: Map<string, MapNode[]>;
}

interface Round {
  readonly units: ReadonlyMap<string, Unit>;
  readonly tables: ReadonlyMap<string, Tables>;
  readonly tooDeep: Unit | undefined;
}

export const evaluateRoot = (root: FoundRoot, steps: Steps): FixedPoint => {
  const fluxVersion = steps.versionOf(root);
  const walk = createWalk(root, steps, fluxVersion);
  let round: Round = { units: new Map(), tables: new Map(), tooDeep: undefined };
  let before = round;
  for (let count = 0; count < maxRounds; count++) {
    before = round;
    round = walk(round);
    if (isStable(round, before)) break;
  }
  const problems = [...(round.tooDeep ? [endless(round.tooDeep)] : []), ...unsettled(round, before)];
  // Of two results that make each other, the one that shows more.
  const result = before.units.size > round.units.size ? before : round;
  const units = [...result.units.values()];
  return { root, fluxVersion, units, remotes: remotesOf(units), problems };
};

const isStable = (now: Round, before: Round): boolean =>
  now.units.size === before.units.size && [...now.units].every(([key, unit]) => isSame(unit, before.units.get(key)));

/** A Kustomization whose content depends on itself: its source, or its variables, exist only while they do not. */
const unsettled = (now: Round, before: Round): readonly StepProblem[] => {
  if (isStable(now, before)) return [];
  const unit = [...before.units.values(), ...now.units.values()].find(
    ({ key, object }) => object && !isSamePair(now.units.get(key), before.units.get(key)),
  );
  if (!unit?.object) return [];
  const message = `${unit.namespace}/${unit.name} depends on what it applies itself: its content changes each time it is reconciled.`;
  return [{ ruleId: 'build/cycle', at: unit.object.root, message }];
};

const isSamePair = (a: Unit | undefined, b: Unit | undefined): boolean => a !== undefined && isSame(a, b);

const isSame = (a: Unit, b: Unit | undefined): boolean => b !== undefined && a.content === b.content && a.object?.root === b.object?.root;

const createWalk = (root: FoundRoot, steps: Steps, fluxVersion: FluxVersion | undefined) => {
  const memory = steps.memory.ofRoot(root);
  const rootDocument = rootDocumentOf(root, steps, memory);
  const strict = fluxVersion === undefined ? undefined : fluxVersion.minor >= strictSince;
  const variablesFor = createVariablesMemo(memory.variables);

  const contentOf = (kustomization: MapNode, artifact: Artifact | undefined, variables: Variables): Content => {
    const known = memory.contents.get(kustomization);
    if (known?.variables === variables && known.strict === strict) {
      if (isSameArtifact(known.artifact, artifact)) return known.content;
      if (isSameBuild(known.content, artifact, steps.memory)) return known.content;
    }
    const content = steps.reconcile({ kustomization, artifact, variables, strict });
    memory.contents.set(kustomization, { artifact, variables, strict, content });
    return content;
  };

  return (before: Round): Round => {
    const units = new Map<string, Unit>();
    const tables = new Map<string, Tables>();
    let tooDeep: Unit | undefined;
    const tablesOf = (cluster: string): Tables => {
      const known = tables.get(cluster);
      if (known) return known;
      const fresh: Tables = { objects: new Map(), generators: new Map() };
      tables.set(cluster, fresh);
      return fresh;
    };
    const lookupIn = (cluster: string): SourceLookup & ObjectLookup => {
      const now = tablesOf(cluster);
      const earlier = before.tables.get(cluster);
      return {
        find: (kind, namespace, name) => {
          const key = `${kind}/${namespace}/${name}`;
          return now.objects.get(key) ?? earlier?.objects.get(key);
        },
        generatorOf: (namespace, name) => {
          const candidates = [...(now.generators.get(namespace) ?? []), ...(earlier?.generators.get(namespace) ?? [])];
          return candidates.find((generator) => mayGenerate(generator, name));
        },
        rootSource: rootSourceOf(root),
        configured: root.variables ?? noConfigured,
        external: steps.external,
      };
    };

    const rootKey = `${ownCluster}/${root.sync.namespace}/${root.sync.name}`;
    const queue: Unit[] = [];
    const enter = (unit: Omit<Unit, 'content'>) => {
      const { document } = unit;
      const lookup = lookupIn(unit.cluster);
      const variables = variablesFor(document, unit.namespace, lookup);
      const content = contentOf(document, sourceOf(document, unit, lookup, steps), variables);
      const entered: Unit = { ...unit, content };
      units.set(unit.key, entered);
      queue.push(entered);
      if (content.type !== 'built') return;
      for (const object of content.objects) register(tablesOf(unit.target), object.root);
    };

    if (root.sync.source) register(tablesOf(ownCluster), root.sync.source);
    const effectiveRoot = before.units.get(rootKey)?.object;
    const rootTarget = targetOf(effectiveRoot?.root ?? rootDocument, ownCluster);
    enter({
      key: rootKey,
      namespace: root.sync.namespace,
      name: root.sync.name,
      cluster: ownCluster,
      target: rootTarget,
      object: effectiveRoot,
      document: effectiveRoot?.root ?? rootDocument,
      parent: undefined,
      depth: 0,
    });
    for (const parent of queue) {
      if (parent.content.type !== 'built') continue;
      for (const object of parent.content.objects) {
        if (!isKustomization(object.root)) continue;
        const namespace = stringAt(object.root, 'metadata', 'namespace') ?? '';
        const name = stringAt(object.root, 'metadata', 'name') ?? '';
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
        enter({ key, namespace, name, cluster: parent.target, target, object, document: object.root, parent, depth: parent.depth + 1 });
      }
    }
    return { units, tables, tooDeep };
  };
};

/** One that is not written is made once, so that what stands on it stays the same. */
const rootDocumentOf = (root: FoundRoot, steps: Steps, memory: RootMemory): MapNode => {
  if (root.sync.written || root.files) return steps.rootKustomization(root);
  memory.rootDocument ??= steps.rootKustomization(root);
  return memory.rootDocument;
};

/** Another tree, in which the build would read nothing else. */
const isSameBuild = (content: Content, artifact: Artifact | undefined, memory: EvaluationMemory): boolean =>
  content.type === 'built' &&
  artifact?.type === 'mapped' &&
  memory.isSameContent(content.build.reads, content.artifact.files, artifact.files);

const register = (tables: Tables, root: MapNode) => {
  const kind = stringAt(root, 'kind') ?? '';
  const isLookedUp = kind === 'ConfigMap' || kind === 'Secret' || isSource(root);
  if (!isLookedUp && !isArtifactGenerator(root)) return;
  const namespace = stringAt(root, 'metadata', 'namespace') ?? '';
  const key = `${kind}/${namespace}/${stringAt(root, 'metadata', 'name') ?? ''}`;
  if (isLookedUp) {
    if (!tables.objects.has(key)) tables.objects.set(key, root);
    return;
  }
  const generators = tables.generators.get(namespace);
  if (generators) generators.push(root);
  else tables.generators.set(namespace, [root]);
};

/** Where an object's content goes: the key of a remote cluster is its identity (hub, namespace, reference). */
export const targetOf = (kustomization: MapNode, home: string): string => {
  const reference = remoteReference(kustomization);
  return reference === undefined ? home : `${home}\u0000${reference.namespace}\u0000${reference.name}`;
};

/** The Secret or ConfigMap by which a Kustomization or HelmRelease deploys to another cluster. */
const remoteReference = (object: MapNode): { readonly namespace: string; readonly name: string } | undefined => {
  const kubeConfig = child(object, 'spec', 'kubeConfig');
  const name = stringAt(kubeConfig, 'secretRef', 'name') ?? stringAt(kubeConfig, 'configMapRef', 'name');
  return name === undefined ? undefined : { namespace: stringAt(object, 'metadata', 'namespace') ?? '', name };
};

const rootSourceOf = (root: FoundRoot) => {
  const written = root.sync.written && readable(() => optional(child(root.sync.written, 'spec'), specs.kustomization)?.sourceRef);
  const read = written && readable(() => ({ namespace: written.namespace ?? root.sync.namespace, name: written.name ?? root.sync.name }));
  return read ?? { namespace: root.sync.namespace, name: root.sync.name };
};

const sourceOf = (document: MapNode, unit: Pick<Unit, 'namespace'>, lookup: SourceLookup, steps: Steps): Artifact | undefined => {
  const reference = readable(() => {
    const source = optional(child(document, 'spec'), specs.kustomization)?.sourceRef;
    return { kind: source?.kind ?? '', namespace: source?.namespace ?? unit.namespace, name: source?.name ?? '' };
  });
  if (!reference) return { type: 'unmapped', why: 'its source cannot be read', howTo: undefined };
  return steps.resolveSource(reference, lookup);
};

const isSameArtifact = (a: Artifact | undefined, b: Artifact | undefined): boolean => {
  if (a === b) return true;
  if (a?.type === 'mapped' && b?.type === 'mapped') return a.files === b.files;
  return a?.type === 'unmapped' && b?.type === 'unmapped' && a.why === b.why;
};

/** Variables are the same object while what they come from is the same: the memo of contents goes by identity. */
const createVariablesMemo = (memo: RootMemory['variables']) => {
  return (kustomization: MapNode, namespace: string, lookup: ObjectLookup): Variables => {
    const sources: (MapNode | undefined)[] = [];
    const watched: ObjectLookup = {
      configured: lookup.configured,
      external: lookup.external,
      find: (kind, wanted, name) => {
        const found = lookup.find(kind, wanted, name);
        sources.push(found);
        return found;
      },
    };
    const variables = variablesOf(kustomization, namespace, watched);
    const known = memo.get(kustomization);
    if (known && known.sources.length === sources.length && known.sources.every((source, index) => source === sources[index])) {
      return known.variables;
    }
    memo.set(kustomization, { sources, variables });
    return variables;
  };
};

const endless = (unit: Unit): StepProblem => ({
  ruleId: 'build/cycle',
  at: unit.object?.root ?? { span: { path: '', start: 0, end: 0 }, via: [] },
  message: `${unit.namespace}/${unit.name} is the ${maxDepth}th in a chain of Kustomizations that apply each other. Flux would go on for ever.`,
});

/** Every remote cluster that a Kustomization or HelmRelease of the hub deploys to, sorted. */
const remotesOf = (units: readonly Unit[]): readonly RemoteCluster[] => {
  const keys = new Set<string>();
  for (const unit of units) {
    keys.add(unit.target);
    if (unit.content.type !== 'built') continue;
    for (const object of unit.content.objects) if (isHelmRelease(object.root)) keys.add(targetOf(object.root, unit.target));
  }
  keys.delete(ownCluster);
  return [...keys].sort().map((key) => {
    const [namespace = '', name = ''] = key.split('\u0000').slice(-2);
    return { key, namespace, name };
  });
};
