import { child, type MapNode, stringAt } from '../../yaml/node.ts';
import type { Content } from '../evaluation.ts';
import { isHelmRelease } from '../kinds.ts';

/** A cluster that a hub reaches by a reference: Secret or ConfigMap, in the namespace of who uses it. */
export interface RemoteCluster {
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
}

/** A Kustomization as far as it says where objects go. */
interface Deployment {
  /** The key of the cluster that its objects go to. */
  readonly target: string;
  readonly content: Content;
}

/** The key of the cluster that the root itself belongs to. */
export const ownCluster = '';

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

/** Every remote cluster that a Kustomization or HelmRelease of the hub deploys to, sorted. */
export const remotesOf = (units: readonly Deployment[]): readonly RemoteCluster[] => {
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
