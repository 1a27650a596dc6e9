import { groupOf } from '../kube/object-view.ts';
import { type MapNode, stringAt } from '../yaml/node.ts';

/** API groups of Flux, whatever the version. */
export const groups = {
  kustomize: 'kustomize.toolkit.fluxcd.io',
  helm: 'helm.toolkit.fluxcd.io',
  source: 'source.toolkit.fluxcd.io',
  sourceExtensions: 'source.extensions.fluxcd.io',
  notification: 'notification.toolkit.fluxcd.io',
  image: 'image.toolkit.fluxcd.io',
  operator: 'fluxcd.controlplane.io',
} as const;

/** Kinds that a Flux Kustomization may name as its source. */
export const kustomizationSources = ['GitRepository', 'OCIRepository', 'Bucket', 'ExternalArtifact'] as const;

/** Kinds of source.toolkit.fluxcd.io that hold content somewhere. */
export const sourceKinds: ReadonlySet<string> = new Set([...kustomizationSources, 'HelmRepository', 'HelmChart']);

export const isKind = (root: MapNode, group: string, kind: string): boolean =>
  stringAt(root, 'kind') === kind && groupOf(stringAt(root, 'apiVersion') ?? '') === group;

export const isKustomization = (root: MapNode): boolean => isKind(root, groups.kustomize, 'Kustomization');
export const isHelmRelease = (root: MapNode): boolean => isKind(root, groups.helm, 'HelmRelease');
export const isArtifactGenerator = (root: MapNode): boolean => isKind(root, groups.sourceExtensions, 'ArtifactGenerator');
export const isFluxInstance = (root: MapNode): boolean => isKind(root, groups.operator, 'FluxInstance');

export const isSource = (root: MapNode): boolean =>
  sourceKinds.has(stringAt(root, 'kind') ?? '') && groupOf(stringAt(root, 'apiVersion') ?? '') === groups.source;

/** Whether an object belongs to any group of Flux or the Flux Operator. */
export const isFluxObject = (root: MapNode): boolean => {
  const group = groupOf(stringAt(root, 'apiVersion') ?? '');
  return group.endsWith('.toolkit.fluxcd.io') || group === groups.sourceExtensions || group === groups.operator;
};
