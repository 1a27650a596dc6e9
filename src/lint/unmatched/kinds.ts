import type { Graph } from '../../graph/graph.ts';
import { isSlip } from '../../model/spelling.ts';
import { stringAt } from '../../yaml/node.ts';
import type { UnmatchedEntry } from './entry.ts';
import { hintOf } from './meant.ts';

/** Expressions for a kind that no object is of. Which kinds a repository has changes from day to day: only a slip weighs. */
export const unmatchedKinds = ({ config, clusters: { all } }: Graph): readonly UnmatchedEntry[] => {
  const asked = config.expressions.flatMap(({ id, match: { kind } }, index) => (kind === undefined ? [] : [{ id, kind, index }]));
  if (asked.length === 0) return [];
  const kinds = new Set(all.flatMap(({ cluster }) => cluster.objects.flatMap(({ root }) => stringAt(root, 'kind') ?? [])));
  return asked.flatMap(({ id, kind, index }) => {
    if (kinds.has(kind)) return [];
    const meant = [...kinds].find((known) => isSlip(kind, known));
    return {
      keys: ['expressions', index, 'match', 'kind'],
      message: `No object here is of kind "${kind}". The expression ${id} is asked of nothing.`,
      hint: hintOf(meant, '', []),
      weighs: meant !== undefined,
      clusters: meant === undefined ? undefined : all.map(({ name }) => name),
    };
  });
};
