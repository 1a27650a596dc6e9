import { withEntry, withItem } from '../../yaml/edit.ts';
import { child, isScalar, type Node, toValue } from '../../yaml/node.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { rewriteYaml } from '../../yaml/rewrite.ts';
import { isPlainString } from '../../yaml/scalar.ts';
import { unfitForJson } from '../../yaml/through-json.ts';
import { type Failure, failure } from '../resource/failure.ts';
import { keysTo } from './field-path.ts';
import { type FieldUpdate, updateAt } from './field-update.ts';
import { goJson, goJsonIndented } from './go-json.ts';

/**
 * A field within the JSON or YAML text of another: `data.config\.json.server.port` (kustomize:
 * `setValueInStructuredData`). JSON is written anew, with sorted keys, on lines of its own if it was; of YAML only what
 * changes. The text keeps its place and gets the steps of the update's origin. A failure where the path does not lead into a
 * text; then it is a path like any other.
 */
export const updateInText = (root: Node, path: readonly string[], update: FieldUpdate): Node | Failure => {
  for (let end = 1; end < path.length; end++) {
    const keys = keysTo(root, path.slice(0, end));
    if (keys === undefined || 'type' in keys) continue;
    const scalar = child(root, ...keys);
    if (!isScalar(scalar)) continue;
    const { documents, problems } = parseYaml(scalar.text, () => scalar.span);
    const content = documents[0]?.root;
    if (problems.length > 0) continue;
    if (!content) return failure('no structured data found in path');

    const updated = updateAt(content, path.slice(end), update);
    if (updated.type === 'failure') return updated;
    if (updated.count === 0) return failure('unable to find field in structured data');
    if (isJsonText(scalar.text) && updated.node.type === 'map' && unfitForJson(updated.node).length > 0)
      return failure('failed to unmarshal YAML data');
    const text = written(scalar.text, content, updated.node);
    const quoted = isPlainString(text) ? 'plain' : 'double';
    const style = scalar.style === 'folded' ? 'folded' : quoted;
    return withChild(root, keys, { ...scalar, value: text, text, style, via: [...scalar.via, ...update.origin.via] });
  }
  return failure('no structured data found in path');
};

const isJsonText = (text: string): boolean => /^\s*[{[]/.test(text);

const written = (text: string, before: Node, after: Node): string => {
  if (!isJsonText(text)) return rewriteYaml(text, before, after);
  return text.includes('\n') && text.includes('  ') ? goJsonIndented(toValue(after)) : goJson(toValue(after));
};

const withChild = (node: Node, [key, ...rest]: readonly (string | number)[], value: Node): Node => {
  if (key === undefined) return value;
  const here = child(node, key);
  if (!here) return node;
  const changed = withChild(here, rest, value);
  if (node.type === 'map') return withEntry(node, String(key), changed);
  return node.type === 'list' ? withItem(node, Number(key), changed) : node;
};
