import { annotationOf, labelOf } from '../kube/object-view.ts';
import { type MapNode, stringAt } from '../yaml/node.ts';
import { groups } from './kinds.ts';

/**
 * Whether an object tells kustomize-controller something about itself: a label or an annotation of Flux's group with one
 * of some values, in any letter case (fluxcd/pkg: ssa/utils, AnyInMetadata).
 *
 * @param name `prune`, `reconcile`, `ssa`, `force`
 */
export const isSwitched = (root: MapNode, name: string, ...values: readonly string[]): boolean => {
  const key = `${groups.kustomize}/${name}`;
  return [labelOf(root, key), annotationOf(root, key)].some((text) => text !== undefined && values.includes(text.toLowerCase()));
};

/**
 * Whether an object tells kustomize-controller to substitute nothing in it: by label or annotation, and unlike the others in
 * this very case (fluxcd/pkg: kustomize/kustomize_varsub.go, SubstituteVariables).
 */
export const isLeftUnsubstituted = (root: MapNode): boolean =>
  ['labels', 'annotations'].some((field) => stringAt(root, 'metadata', field, `${groups.kustomize}/substitute`) === 'disabled');
