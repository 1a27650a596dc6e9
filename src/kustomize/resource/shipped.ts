import { child, isScalar } from '../../yaml/node.ts';
import type { Resource } from './resource.ts';

const localConfig = 'config.kubernetes.io/local-config';

/** Objects for other tools stay behind, whatever the annotation says, unless it says "false". */
export const isShipped = ({ root }: Pick<Resource, 'root'>): boolean => {
  const annotation = child(root, 'metadata', 'annotations', localConfig);
  return !isScalar(annotation) || annotation.text === 'false';
};
