import { at, child, type MapNode, type Node } from '../yaml/node.ts';

/** `apps/v1` → `apps`; the core group is the empty string. */
export const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '');

export const versionOf = (apiVersion: string): string => apiVersion.slice(apiVersion.indexOf('/') + 1);

/** What can be said of a field offline. */
export type FieldState = 'present' | 'absent' | 'unknown';

export const fieldState = (root: Node, pointer: string): FieldState => {
  const node = at(root, pointer);
  if (node?.type === 'unknown') return 'unknown';
  if (node !== undefined) return 'present';
  return hasUnknownParent(root, pointer) ? 'unknown' : 'absent';
};

const hasUnknownParent = (root: Node, pointer: string): boolean => {
  for (let end = pointer.lastIndexOf('/'); end > 0; end = pointer.lastIndexOf('/', end - 1)) {
    if (at(root, pointer.slice(0, end))?.type === 'unknown') return true;
  }
  return root.type === 'unknown';
};

/** A label of an object, read from metadata.labels. */
export const labelOf = (root: MapNode, name: string): string | undefined => textOf(child(root, 'metadata', 'labels', name));

export const annotationOf = (root: MapNode, name: string): string | undefined => textOf(child(root, 'metadata', 'annotations', name));

/** A switch that Flux reads from annotations and from labels alike. */
export const switchOf = (root: MapNode, name: string): string | undefined => annotationOf(root, name) ?? labelOf(root, name);

const textOf = (node: Node | undefined): string | undefined => (node?.type === 'scalar' && node.value !== null ? node.text : undefined);
