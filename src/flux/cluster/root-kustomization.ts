import { fromValue } from '../../yaml/edit.ts';
import type { MapNode } from '../../yaml/node.ts';
import type { FoundRoot } from '../evaluation.ts';

/**
 * The Kustomization that applies a cluster's root: the one that is written, or the one that `flux bootstrap` makes
 * (interval 10m, prune, the source of its own name).
 */
export const rootKustomization = (root: FoundRoot): MapNode => {
  if (root.sync.written) return root.sync.written;
  const { namespace, name } = root.sync;
  const made = fromValue(
    {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name, namespace },
      spec: { interval: '10m', path: `./${root.directory}`, prune: true, sourceRef: { kind: 'GitRepository', name } },
    },
    { span: { path: root.directory, start: 0, end: 0 }, via: [] },
  );
  if (made.type !== 'map') throw new Error('a map was made of a map');
  return made;
};
