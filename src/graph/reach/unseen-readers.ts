import { clampedPath } from '../../flux/clamped-path.ts';
import type { Cluster } from '../../flux/evaluation.ts';
import { anything, either, literal, nothing, sequence, wholeMatcher } from '../../pattern/automaton.ts';
import { child } from '../../yaml/node.ts';

/**
 * Whether a Kustomization whose content is not known here may build a path of this repository: one with a variable in
 * its path that only the cluster knows, or with a source that may be this very repository under another URL.
 */
export const createUnseenReaders = (clusters: readonly Cluster[]): ((path: string) => boolean) => {
  let patterns: readonly ((path: string) => boolean)[] | undefined;
  return (path) => {
    patterns ??= clusters.flatMap(({ kustomizations }) =>
      kustomizations.flatMap(({ content, document }) => (content.type === 'unknown' ? pathPattern(document) : [])),
    );
    return patterns.some((matches) => matches(path));
  };
};

/** The directory, with anything in the place of a variable, and all below it. */
const pathPattern = (document: Cluster['kustomizations'][number]['document']): ((path: string) => boolean) => {
  const path = child(document, 'spec', 'path');
  if (path?.type !== 'scalar') return () => true;
  const parts = clampedPath(path.text).split(/\$\{[^}]*\}/);
  if (parts.join('') === '') return () => true;
  const below = either([nothing, sequence([literal('/'), anything])]);
  return wholeMatcher(sequence([...parts.flatMap((part, index) => (index === 0 ? [literal(part)] : [anything, literal(part)])), below]));
};
