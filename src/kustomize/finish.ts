/** What kustomize does once, at the root of a build, after all its directories are accumulated. */
import type { StepProblem } from '../model/problem.ts';
import { withEntry } from '../yaml/edit.ts';
import { child, isMap, isScalar, type MapNode } from '../yaml/node.ts';
import type { EffectiveObject } from './build.ts';
import { type MetadataContext, withBuildMetadata } from './build-metadata.ts';
import type { Accumulation } from './directory.ts';
import { addHashSuffixes } from './hash.ts';
import type { Kustomization } from './kustomization.ts';
import { fixNameReferences } from './name-references.ts';
import { withTexts } from './patches.ts';
import { originalId, type Resource } from './resource.ts';
import { sortResources } from './sort.ts';
import { expandVars } from './var-references.ts';

export interface Finished {
  readonly objects: readonly EffectiveObject[];
  readonly problems: readonly StepProblem[];
}

export const finish = ({ resources, config, vars }: Accumulation, { root }: Kustomization, metadata: MetadataContext): Finished => {
  const referring = fixNameReferences(addHashSuffixes(resources), config.nameReference);
  const expanded = expandVars(referring.resources, vars, config.varReference);
  const sorted = sortResources(shippedOf(expanded.resources), child(root, 'sortOptions'));
  const annotated = withBuildMetadata(sorted.resources, metadata);
  return { objects: annotated.map(effective), problems: [...referring.problems, ...expanded.problems, ...sorted.problems] };
};

const localConfig = 'config.kubernetes.io/local-config';

const shippedOf = (resources: readonly Resource[]): readonly Resource[] =>
  resources.every(isShipped) ? resources : resources.filter(isShipped);

/** Objects for other tools stay behind, whatever the annotation says, unless it says "false". */
const isShipped = ({ root }: Resource): boolean => {
  const annotation = child(root, 'metadata', 'annotations', localConfig);
  return !isScalar(annotation) || annotation.text === 'false';
};

const effective = (resource: Resource): EffectiveObject => ({
  root: withTextAnnotations(resource.root),
  original: originalId(resource),
  via: resource.via,
});

const finished = new WeakMap<MapNode, MapNode>();

/** kustomize reads and writes all annotations as texts in the end. */
const withTextAnnotations = (root: MapNode): MapNode => {
  const known = finished.get(root);
  if (known) return known;
  const metadata = child(root, 'metadata');
  const result = isMap(metadata) ? withEntry(root, 'metadata', withTexts(metadata, 'annotations')) : root;
  finished.set(root, result);
  return result;
};
