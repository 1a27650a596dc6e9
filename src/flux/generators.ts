/** The generators among what a round applies, and what is made of them: ResourceSets, composite resources, Compositions. */
import { expandComposite, expandComposition, isComposite, isDefinedIn, platformOf } from '../generate/crossplane/expand.ts';
import { isComposition, isOfCrossplane } from '../generate/crossplane/kinds.ts';
import { isForeignConfig, landsHere } from '../generate/crossplane/provider-config.ts';
import type { Generated, GeneratedObject } from '../generate/generated.ts';
import { expandResourceSet } from '../generate/resource-set/expand.ts';
import { isInputProvider, isResourceSet } from '../generate/resource-set/kinds.ts';
import type { EffectiveObject } from '../kustomize/build.ts';
import { currentId } from '../kustomize/resource/resource.ts';
import type { MapNode } from '../yaml/node.ts';
import { treeSize } from '../yaml/tree-size.ts';
import type { RememberedExpansion, RootMemory } from './world.ts';

/** A generator that something applies, and what it makes. */
export interface Expansion<Owner> {
  readonly owner: Owner;
  readonly object: EffectiveObject;
  readonly generated: Generated;
  /** One may stand for many, with a name that only the cluster knows; there are none where the generator fails. */
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
  /** Whether a generator makes a ResourceSet: those may make each other without end. */
  readonly isMade: (root: MapNode) => boolean;
}

/** Whether an object may take part in making others by its own kind; composite resources are told by their definitions. */
export const isOfGenerators = (root: MapNode): boolean => isResourceSet(root) || isInputProvider(root) || isOfCrossplane(root);

/**
 * Expands the generators among what arrives in one cluster. What was made before of the same object and the same of those
 * that shape it is the same again, so that the rounds settle. Where what is made by sets that sets make comes to too much, the
 * others are left out.
 *
 * @param everything all that arrives there, asked where there are definitions of composite resources
 */
export const expandArrivals = <Owner>(
  arrivals: readonly Arrival<Owner>[],
  everything: () => readonly Arrival<Owner>[],
  expander: Expander,
): readonly Expansion<Owner>[] => {
  if (arrivals.length === 0) return [];
  const { sourceOf } = expander;
  const roots = arrivals.map(({ object }) => object.root);
  const providers = roots.filter(isInputProvider);
  const sets = arrivals.filter(({ object }) => isResourceSet(object.root));
  let [made, letters] = [0, 0];
  const expanded = sets.flatMap((arrival) => {
    const isMade = expander.isMade(arrival.object.root);
    if (isMade && (made > maxMade || letters > maxLetters)) return [];
    const expansion = remembered(arrival, providers, expander, (root) => expandResourceSet({ root, providers, sourceOf }));
    for (const { root } of isMade ? expansion.objects : []) {
      made++;
      letters += treeSize(root).letters;
    }
    return [expansion];
  });
  return [...expanded, ...composed(arrivals, everything, expander)];
};

const maxMade = 5000;
const maxLetters = 2_000_000;

const composed = <Owner>(
  arrivals: readonly Arrival<Owner>[],
  everything: () => readonly Arrival<Owner>[],
  expander: Expander,
): readonly Expansion<Owner>[] => {
  const crossplane = arrivals.map(({ object }) => object.root).filter(isOfCrossplane);
  if (crossplane.length === 0) return [];
  const platform = platformOf(crossplane);
  if (platform.definitions.size === 0) return [];
  const { sourceOf } = expander;
  const all = everything();
  const foreign = all.map(({ object }) => object.root).filter(isForeignConfig);
  const here = landsHere(foreign);
  const shaping = [...crossplane, ...foreign];
  const given = all
    .filter(({ object }) => isComposite(object.root, platform))
    .map((arrival) => remembered(arrival, shaping, expander, (root) => here(expandComposite({ root, platform, sourceOf }))));
  const symbolic = arrivals
    .filter(({ object }) => isComposition(object.root) && isDefinedIn(object.root, platform))
    .map((arrival) => remembered(arrival, shaping, expander, (root) => here(expandComposition({ root, platform, sourceOf }))));
  return [...given, ...symbolic];
};

const remembered = <Owner>(
  { owner, object }: Arrival<Owner>,
  shaping: readonly MapNode[],
  { cluster, memory }: Expander,
  expand: (root: MapNode) => Generated,
): Expansion<Owner> => {
  const { root } = object;
  const ofCluster = memory.expansions.get(cluster) ?? new Map<MapNode, RememberedExpansion>();
  memory.expansions.set(cluster, ofCluster);
  const known = ofCluster.get(root);
  if (known && isSameList(known.shaping, shaping)) return { owner, object, ...known };
  const generated = expand(root);
  const made = generated.errors.length > 0 ? [] : generated.objects;
  const objects = made.map(
    (object): EffectiveObject => ({ root: object.root, original: currentId(object), via: [], standsFor: standsFor(object) }),
  );
  const expansion = { shaping, generated, objects };
  ofCluster.set(root, expansion);
  return { owner, object, ...expansion };
};

/** An object for each set of inputs that may come, or for each composite resource. */
const standsFor = ({ multiplicity, standsFor, inputs }: GeneratedObject): string | undefined =>
  standsFor ?? (multiplicity === '0..n' ? inputs?.label : undefined);

const isSameList = (a: readonly MapNode[], b: readonly MapNode[]): boolean =>
  a.length === b.length && a.every((node, index) => node === b[index]);
