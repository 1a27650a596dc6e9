import { isSwitched } from '../../flux/object-switches.ts';
import { type MapNode, stringAt } from '../../yaml/node.ts';

/**
 * Flux applies server-side: of an object that another program owns it may bring a part. With `ssa: Merge` it says so, and
 * `ssa: IfNotPresent` leaves alone what is there (fluxcd/pkg: ssa, manager_apply.go), so what such an object lacks is not known.
 */
export const isPartOfAnother = (root: MapNode): boolean => isSwitched(root, 'ssa', 'merge', 'ifnotpresent');

/**
 * Whether what is missing at a pointer may be there all the same, since distributions of Kubernetes bring the object and people
 * change a part of it: those of their own namespaces, and classes of storage.
 */
export const mayComeWithTheCluster = (root: MapNode, pointer: string): boolean =>
  ['kube-system', 'kube-public'].includes(stringAt(root, 'metadata', 'namespace') ?? '') ||
  (stringAt(root, 'kind') === 'StorageClass' && pointer === '/provisioner');
