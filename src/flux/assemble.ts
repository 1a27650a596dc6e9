import type { EffectiveObject } from '../kustomize/build.ts';
import { addToGroup } from '../model/grouped.ts';
import type { MapNode } from '../yaml/node.ts';
import { ownCluster, targetOf } from './cluster/remote-clusters.ts';
import type { AppliedGenerator, AppliedKustomization, AppliedObject, Cluster } from './evaluation.ts';
import type { FixedPoint } from './fixed-point.ts';
import { isHelmRelease } from './kinds.ts';
import { inRepository } from './source/artifact-folder.ts';

/** The units of a fixed point as clusters: keys become names, objects get their owners. */
export const assembleClusters = (point: FixedPoint, names: ReadonlyMap<string, string>): readonly Cluster[] => {
  const nameOf = (key: string) => names.get(key) ?? key;
  const kustomizations = new Map<string, [AppliedKustomization, ...AppliedKustomization[]]>();
  const objects = new Map<string, [AppliedObject, ...AppliedObject[]]>();
  const releases = new Map<string, [AppliedObject, ...AppliedObject[]]>();
  const generators = new Map<string, [AppliedGenerator, ...AppliedGenerator[]]>();
  const applied = new Map<string, AppliedKustomization>();
  const arrivals = new Map<EffectiveObject, AppliedObject>();
  const generatedBy = new Map<string, AppliedObject[]>();

  for (const unit of point.units) {
    const owned: AppliedObject[] = [];
    const made: AppliedObject[] = [];
    generatedBy.set(unit.key, made);
    const kustomization: AppliedKustomization = {
      namespace: unit.namespace,
      name: unit.name,
      cluster: nameOf(unit.cluster),
      target: nameOf(unit.target),
      object: unit.object,
      document: unit.document,
      parent: unit.parent && applied.get(unit.parent.key),
      content: unit.content,
      objects: owned,
      generated: made,
      ...(unit.isTerraform ? { isTerraform: true } : {}),
    };
    for (const object of unit.content.type === 'built' ? unit.content.objects : []) {
      const arrived = arrivedObject(object, kustomization);
      owned.push(arrived);
      arrivals.set(object, arrived);
      addToGroup(objects, unit.target, arrived);
      if (isHelmRelease(object.root)) addToGroup(releases, targetOf(object.root, unit.target), arrived);
    }
    applied.set(unit.key, kustomization);
    addToGroup(kustomizations, unit.cluster, kustomization);
  }

  for (const { owner: unit, object, generated, objects: made } of point.expansions) {
    const owner = applied.get(unit.key);
    if (!owner) continue;
    const set = arrivals.get(object) ?? arrivedObject(object, owner);
    addToGroup(generators, unit.target, { object: set, generated });
    for (const one of made) {
      const arrived = arrivedObject(one, owner, object.root);
      arrivals.set(one, arrived);
      generatedBy.get(unit.key)?.push(arrived);
      addToGroup(objects, unit.target, arrived);
      if (isHelmRelease(one.root)) addToGroup(releases, targetOf(one.root, unit.target), arrived);
    }
  }

  const name = nameOf(ownCluster);
  const variables = point.root.variables ?? new Map();
  return [ownCluster, ...point.remotes.map((remote) => remote.key)].map((key) => ({
    name: nameOf(key),
    root: key === ownCluster ? { ...point.root, name, variables } : { ...point.root, ...remoteRoot(key, point), name, variables },
    fluxVersion: key === ownCluster ? point.fluxVersion : undefined,
    hub: key === ownCluster ? undefined : name,
    kustomizations: kustomizations.get(key) ?? [],
    objects: objects.get(key) ?? [],
    releases: releases.get(key) ?? [],
    generators: generators.get(key) ?? [],
    artifactOf: (reference) => point.artifactOf(key, reference),
  }));
};

/** Each field by name: there are as many as objects in all clusters, and a copy is several times as large. */
const arrivedObject = (
  { root, original, via, standsFor }: EffectiveObject,
  owner: AppliedKustomization,
  generator?: MapNode,
): AppliedObject => ({ root, original, via, standsFor, owner, cluster: owner.target, generator });

/** A remote cluster starts where the first Kustomization for it builds from. */
const remoteRoot = (key: string, { root, units }: FixedPoint): Pick<Cluster['root'], 'directory' | 'evidence' | 'shownBy'> => {
  const first = units.find(({ cluster, target }) => target === key && cluster !== key);
  const directory = first?.content.type === 'built' ? inRepository(root.folder, first.content.directory) : root.directory;
  return { directory, evidence: 'remote', shownBy: first?.document.span.path };
};
