import { groupOf } from '../../kube/object-view.ts';
import { type Scope, scopeOf } from '../../kube/schema/scope.ts';
import { stringAt } from '../../yaml/node.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { ObjectView } from '../clusters/views.ts';
import { definitionsOf } from './definitions.ts';

/**
 * Whether objects of a kind lie in a namespace, by Kubernetes and Flux or by a definition that the cluster gets; undefined
 * where neither knows the kind.
 */
export const scopeIn = ({ apiVersion, kind }: ObjectView, cluster: ClusterView | undefined): Scope | undefined => {
  const group = groupOf(apiVersion);
  const [definition] = (cluster && definitionsOf(cluster).written.get(`${group}/${kind}`)) ?? [];
  const defined = definition && stringAt(definition.root, 'spec', 'scope');
  return scopeOf(group, kind) ?? (isScope(defined) ? defined : undefined) ?? wellKnown.get(kind);
};

const isScope = (text: string | undefined): text is Scope => text === 'Namespaced' || text === 'Cluster';

/** Of others, and in so many clusters that their definitions seldom lie in a repository (external-snapshotter). */
const wellKnown: ReadonlyMap<string, Scope> = new Map([['VolumeSnapshotClass', 'Cluster']]);
