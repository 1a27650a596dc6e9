import { child, isList, isMap, isScalar, type MapNode, type Node } from '../../yaml/node.ts';
import { decode } from '../file/decode.ts';
import { replacementShape } from '../file/kustomization-fields.ts';
import { loadFile } from '../file/loader.ts';
import { failedTransformation } from '../resource/transformation.ts';
import type { Progress } from './directory.ts';
import type { Level } from './level.ts';

/**
 * The entries of `replacements`, of the field or of the plugin: those written there, and those of the files that `path`
 * names, one or a list in each.
 */
export const replacementEntries = (level: Level, entries: readonly Node[], progress: Progress): readonly Node[] =>
  entries.flatMap((entry) => {
    const path = child(entry, 'path');
    if (!isScalar(path) || path.text === '') return [entry];
    if (child(entry, 'source') || child(entry, 'targets')) {
      progress.problems.push(failedTransformation(path, 'cannot specify both path and inline replacement'));
      return [];
    }
    const file = loadFile(level.loader, path.text, path);
    if ('ruleId' in file) {
      progress.problems.push(file);
      return [];
    }
    const { documents, problems } = level.parse(file);
    for (const problem of problems) progress.problems.push(problem);
    return documents.slice(0, 1).flatMap(({ root }) => decoded(root, progress));
  });

const decoded = (root: Node | undefined, progress: Progress): readonly MapNode[] => {
  if (isList(root)) return root.items.flatMap((item) => decoded(item, progress));
  if (!isMap(root)) {
    if (root) progress.problems.push(failedTransformation(root, 'unsupported replacement type encountered within replacement path'));
    return [];
  }
  const result = decode(root, replacementShape, { isLoose: true, allowUnknown: true });
  for (const { at, message } of result.problems)
    progress.problems.push(failedTransformation(at, message.replace('invalid Kustomization: ', '')));
  return [result.root];
};
