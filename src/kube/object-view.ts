import { child, type MapNode, type Node, pointerKeys, textAt } from '../yaml/node.ts';

/** `apps/v1` → `apps`; the core group is the empty string. */
export const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '');

export const versionOf = (apiVersion: string): string => apiVersion.slice(apiVersion.indexOf('/') + 1);

/** What can be said of a field offline. */
export type FieldState = 'present' | 'absent' | 'unknown';

/** What lies in an unknown value is unknown, too. */
export const fieldState = (root: Node, pointer: string): FieldState => {
  let here: Node | undefined = root;
  for (const key of pointerKeys(pointer)) {
    if (here.type === 'unknown') return 'unknown';
    here = child(here, key);
    if (here === undefined) return 'absent';
  }
  return here.type === 'unknown' ? 'unknown' : 'present';
};

/** A label of an object, read from metadata.labels. */
export const labelOf = (root: MapNode, name: string): string | undefined => textAt(root, 'metadata', 'labels', name);

export const annotationOf = (root: MapNode, name: string): string | undefined => textAt(root, 'metadata', 'annotations', name);
