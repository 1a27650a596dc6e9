import type { Files } from '../../files/files.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';

/** Problems that keep a build from seeing what is in a file. */
const unreadable: ReadonlySet<string> = new Set(['manifest/invalid-yaml', 'manifest/unresolved-merge-conflict', 'manifest/limit-exceeded']);

/** Texts of the files that made a cluster's builds fail because they could not be read. */
export const unreadTexts = ({ cluster }: ClusterView, files: Files): readonly string[] => {
  const paths = cluster.kustomizations.flatMap(({ content }) =>
    content.type === 'built' && content.failed
      ? content.problems.filter(({ ruleId }) => unreadable.has(ruleId)).map(({ at }) => at.span.path)
      : [],
  );
  return [...new Set(paths)].flatMap((path) => files.file(path)?.text ?? []);
};
