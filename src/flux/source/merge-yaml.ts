import type { File } from '../../files/files.ts';
import { textFile } from '../../files/memory.ts';
import { mapNode, mapScalars, mergeMaps, scalarNode } from '../../yaml/edit.ts';
import { isMap, type MapNode } from '../../yaml/node.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { wholeFile } from '../../yaml/place.ts';
import { printAsGo } from '../../yaml/print-as-go.ts';
import { resolvePlain } from '../../yaml/scalar.ts';

/**
 * source-watcher's Merge: all documents of both files in one map, the later one's values over the earlier one's, maps
 * merged, lists replaced (internal/builder/merge.go). The result is a text of its own, called by both paths.
 */
export const mergedYaml = (base: File, overlay: File): { readonly file: File } | { readonly failed: string } => {
  let merged: MapNode | undefined;
  for (const file of [base, overlay]) {
    const { documents, problems } = parseYaml(file.text, wholeFile(file.path));
    const [problem] = problems;
    if (problem) return { failed: `cannot unmarshal YAML document: ${problem.message}` };
    for (const { root } of documents) {
      if (root === undefined) continue;
      const typed = mapScalars(root, (scalar) =>
        scalar.style === 'plain' && Object.is(scalar.value, resolvePlain(scalar.text))
          ? { ...scalarNode(resolvePlain(scalar.text, 'yaml-1.1'), scalar), text: scalar.text }
          : scalar,
      );
      if (!isMap(typed)) return { failed: `cannot unmarshal YAML document: ${file.path} is no map` };
      merged = merged === undefined ? typed : mergeMaps(merged, typed);
    }
  }
  const text = printAsGo(merged ?? mapNode([], { span: { path: overlay.path, start: 0, end: 0 }, via: [] })).text;
  return { file: textFile(`${base.path}+${overlay.path}`, text) };
};
