import { groupOf } from '../../kube/object-view.ts';
import { child, type MapNode, stringAt } from '../../yaml/node.ts';

/** Group, kind, namespace and name, by which the operator tells objects apart; a name that is no text is none to it. */
export const identityOf = (root: MapNode): string =>
  [
    groupOf(stringAt(root, 'apiVersion') ?? ''),
    part(root, 'kind'),
    part(root, 'metadata', 'namespace'),
    part(root, 'metadata', 'name'),
  ].join('/');

const part = (root: MapNode, ...keys: readonly string[]): string => {
  const node = child(root, ...keys);
  return node?.type === 'unknown' ? (node.text ?? '(unknown)') : (stringAt(node) ?? '');
};

/** Whether nothing of it is unknown: else two that look alike may be different objects. */
export const isIdentityKnown = (root: MapNode): boolean =>
  [
    child(root, 'apiVersion'),
    child(root, 'kind'),
    child(root, 'metadata'),
    child(root, 'metadata', 'namespace'),
    child(root, 'metadata', 'name'),
  ].every((node) => node?.type !== 'unknown');
