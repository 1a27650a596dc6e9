import { type MapNode, stringAt } from '../../yaml/node.ts';

const isOfOperator = (root: MapNode, kind: string): boolean =>
  stringAt(root, 'kind') === kind && (stringAt(root, 'apiVersion')?.startsWith('fluxcd.controlplane.io/') ?? false);

export const isResourceSet = (root: MapNode): boolean => isOfOperator(root, 'ResourceSet');

export const isInputProvider = (root: MapNode): boolean => isOfOperator(root, 'ResourceSetInputProvider');
