import type { EffectiveObject } from '../kustomize/build.ts';
import { addToGroup } from '../model/grouped.ts';
import { memo } from '../model/memo.ts';
import { type MapNode, stringAt } from '../yaml/node.ts';
import { isArtifactGenerator, isSource } from './kinds.ts';
import { mayGenerate } from './source/artifact-generator.ts';
import type { SourceLookup } from './source/artifacts.ts';
import type { ObjectLookup } from './substitution/variables.ts';

/** What a cluster's Flux can look up, as far as a round has come. */
export interface LookupTables {
  /** By `Kind/namespace/name`. */
  readonly objects: Map<string, MapNode>;
  /** ArtifactGenerators, by namespace. */
  readonly generators: Map<string, [MapNode, ...MapNode[]]>;
}

export const emptyTables = (): LookupTables => ({ objects: new Map(), generators: new Map() });

/** The objects of a content that can be looked up; each round, and each revision, enters the same. */
export const registrable = memo((objects: readonly EffectiveObject[]): readonly MapNode[] =>
  objects.flatMap(({ root }) => (isLookedUp(root) || isArtifactGenerator(root) ? root : [])),
);

const isLookedUp = (root: MapNode): boolean => {
  const kind = stringAt(root, 'kind');
  return kind === 'ConfigMap' || kind === 'Secret' || isSource(root);
};

/** Enters what can be looked up; of two objects of one name the first stays. */
export const register = (tables: LookupTables, root: MapNode) => {
  const isFound = isLookedUp(root);
  if (!isFound && !isArtifactGenerator(root)) return;
  const kind = stringAt(root, 'kind') ?? '';
  const namespace = stringAt(root, 'metadata', 'namespace') ?? '';
  const key = `${kind}/${namespace}/${stringAt(root, 'metadata', 'name') ?? ''}`;
  if (isFound) {
    if (!tables.objects.has(key)) tables.objects.set(key, root);
    return;
  }
  addToGroup(tables.generators, namespace, root);
};

/** What this round has, else what the one before had. */
export const lookUp = (
  now: LookupTables,
  earlier: LookupTables | undefined,
): Pick<SourceLookup & ObjectLookup, 'find' | 'generatorOf'> => ({
  find: (kind, namespace, name) => {
    const key = `${kind}/${namespace}/${name}`;
    return now.objects.get(key) ?? earlier?.objects.get(key);
  },
  generatorOf: (namespace, name) => {
    const candidates = [...(now.generators.get(namespace) ?? []), ...(earlier?.generators.get(namespace) ?? [])];
    return candidates.find((generator) => mayGenerate(generator, name));
  },
});
