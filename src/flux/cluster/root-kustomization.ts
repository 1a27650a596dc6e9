import { fromValue, withEntry } from '../../yaml/edit.ts';
import { child, isMap, type MapNode } from '../../yaml/node.ts';
import type { FoundRoot } from '../evaluation.ts';
import { inArtifact } from '../source/artifact-folder.ts';

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
      spec: {
        interval: '10m',
        path: `./${inArtifact(root.folder, root.directory)}`,
        prune: true,
        sourceRef: { kind: 'GitRepository', name },
      },
    },
    { span: { path: root.directory, start: 0, end: 0 }, via: [] },
  );
  if (made.type !== 'map') throw new Error('a map was made of a map');
  return isGuessed(root) ? withUnknownSpec(made) : made;
};

/** What syncs it is made outside of git, by whom and how nobody sees here: not what `flux bootstrap` would write. */
const isGuessed = ({ evidence }: FoundRoot): boolean => evidence === 'layout' || evidence === 'declared' || evidence === 'unreached';

/** Its patches, its key and its variables may be anything. */
const withUnknownSpec = (made: MapNode): MapNode => {
  const spec = child(made, 'spec');
  if (!isMap(spec)) return made;
  const { span, via } = made;
  const unknown = (field: string) => ({
    type: 'unknown' as const,
    why: `the root Kustomization is not in git, and so its ${field}`,
    span,
    via,
  });
  return withEntry(
    made,
    'spec',
    ['patches', 'decryption', 'postBuild'].reduce((map, field) => withEntry(map, field, unknown(`spec.${field}`)), spec),
  );
};
