import { clampedPath } from '../../flux/clamped-path.ts';
import type { Cluster } from '../../flux/evaluation.ts';
import { child } from '../../yaml/node.ts';

/**
 * Whether a Kustomization whose content is not known here may build a path of this repository: one with a variable in
 * its path that only the cluster knows, or with a source that may be this very repository under another URL.
 */
export const createUnseenReaders = (clusters: readonly Cluster[]): ((path: string) => boolean) => {
  let patterns: readonly RegExp[] | undefined;
  return (path) => {
    patterns ??= clusters.flatMap(({ kustomizations }) =>
      kustomizations.flatMap(({ content, document }) => (content.type === 'unknown' ? pathPattern(document) : [])),
    );
    return patterns.some((pattern) => pattern.test(path));
  };
};

/** The directory, with anything in the place of a variable, and all below it. */
const pathPattern = (document: Cluster['kustomizations'][number]['document']): RegExp => {
  const path = child(document, 'spec', 'path');
  if (path?.type !== 'scalar') return /^/;
  const parts = clampedPath(path.text).split(/\$\{[^}]*\}/);
  const escaped = parts.map((part) => part.replace(/[.*+?^$(){}|[\]\\]/g, '\\$&'));
  return parts.join('') === '' ? /^/ : new RegExp(`^${escaped.join('.*')}(/|$)`);
};
