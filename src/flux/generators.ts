/** The ResourceSets among what a round applies, and what the Flux Operator makes of them. */
import type { Generated } from '../generate/generated.ts';
import { expandResourceSet } from '../generate/resource-set/expand.ts';
import { isInputProvider, isResourceSet } from '../generate/resource-set/kinds.ts';
import type { EffectiveObject } from '../kustomize/build.ts';
import { currentId } from '../kustomize/resource/resource.ts';
import type { MapNode } from '../yaml/node.ts';
import { treeSize } from '../yaml/tree-size.ts';
import type { RememberedExpansion, RootMemory } from './world.ts';

/** A ResourceSet that something applies, and what it makes. */
export interface Expansion<Owner> {
  readonly owner: Owner;
  readonly object: EffectiveObject;
  readonly generated: Generated;
  /** One may stand for many, with a name that only the cluster knows; there are none where the operator fails. */
  readonly objects: readonly EffectiveObject[];
}

/** What is applied to one cluster, by whom. */
export interface Arrival<Owner> {
  readonly owner: Owner;
  readonly object: EffectiveObject;
}

interface Expander {
  /** The key of the cluster. */
  readonly cluster: string;
  readonly memory: RootMemory;
  readonly sourceOf: (path: string) => string | undefined;
  /** Whether a set makes a set: those may make each other without end. */
  readonly isMade: (root: MapNode) => boolean;
}

/**
 * Expands the ResourceSets among what arrives in one cluster. What was made before of the same set and the same providers
 * is the same again, so that the rounds settle. Where what is made by sets that sets make comes to too much, the others are left out.
 */
export const expandArrivals = <Owner>(arrivals: readonly Arrival<Owner>[], expander: Expander): readonly Expansion<Owner>[] => {
  const sets = arrivals.filter(({ object }) => isResourceSet(object.root));
  if (sets.length === 0) return [];
  const providers = arrivals.map(({ object }) => object.root).filter(isInputProvider);
  let [made, letters] = [0, 0];
  return sets.flatMap(({ owner, object }) => {
    const isMade = expander.isMade(object.root);
    if (isMade && (made > maxMade || letters > maxLetters)) return [];
    const expansion = { owner, object, ...remembered(object.root, providers, expander) };
    for (const { root } of isMade ? expansion.objects : []) {
      made++;
      letters += treeSize(root).letters;
    }
    return [expansion];
  });
};

const maxMade = 5000;
const maxLetters = 2_000_000;

const remembered = (root: MapNode, providers: readonly MapNode[], { cluster, memory, sourceOf }: Expander): RememberedExpansion => {
  const ofCluster = memory.expansions.get(cluster) ?? new Map<MapNode, RememberedExpansion>();
  memory.expansions.set(cluster, ofCluster);
  const known = ofCluster.get(root);
  if (known && isSameList(known.providers, providers)) return known;
  const generated = expandResourceSet({ root, providers, sourceOf });
  const made = generated.errors.length > 0 ? [] : generated.objects;
  const objects = made.map(({ root: tree }): EffectiveObject => ({ root: tree, original: currentId({ root: tree }), via: [] }));
  const expansion = { providers, generated, objects };
  ofCluster.set(root, expansion);
  return expansion;
};

const isSameList = (a: readonly MapNode[], b: readonly MapNode[]): boolean =>
  a.length === b.length && a.every((node, index) => node === b[index]);
