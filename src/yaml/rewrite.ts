import { type Document, isScalar, parseDocument, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { entryOf, type Node, type ScalarNode } from './node.ts';
import { isPlainText, unprintable } from './print-as-go.ts';
import { isPlainString } from './scalar.ts';
import { tagOf } from './through-json.ts';

/**
 * The text of a YAML document after a change to its tree: comments, order and quotes stay where nothing changed.
 * Lists stand as far left as their key, as go-yaml prints them.
 *
 * @param before the tree of `text` @param after that tree with changes; nothing may have been taken away
 */
export const rewriteYaml = (text: string, before: Node, after: Node): string => {
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false });
  write({ document, path: [] }, before, after);
  const printed = document.toString({ indent: 2, indentSeq: false, lineWidth: 0, flowCollectionPadding: false }).trim();
  return bareTag.test(text) ? printed : printed.replace(bareTag, '');
};

/** Behind a tag without a text go-yaml writes no blank. */
const bareTag = /(?<=[:-] !!(?:int|float|bool)) $/gm;

interface Place {
  readonly document: Document;
  readonly path: readonly (string | number)[];
}

const write = (place: Place, before: Node | undefined, after: Node): void => {
  if (before === after) return;
  const { document, path } = place;
  if (before?.type === 'map' && after.type === 'map') {
    for (const { key, value } of after.entries) write({ document, path: [...path, key.text] }, entryOf(before, key.text)?.value, value);
    return;
  }
  if (before?.type === 'list' && after.type === 'list') {
    for (const [index, item] of after.items.entries()) write({ document, path: [...path, index] }, before.items[index], item);
    return;
  }
  const written = document.getIn(path, true);
  if (!isScalar(written) || after.type !== 'scalar') {
    document.setIn(path, toYaml(after));
    return;
  }
  const changed = toScalar(after);
  written.value = changed.value;
  // What is not of its type is written with it: `!!int abc`, and a whole number where a fraction was.
  const isWhole = before?.type === 'scalar' && after.style === 'plain' && tagOf(before) === '!!float' && tagOf(after) === '!!int';
  const tag = after.tag ?? (isWhole ? '!!float' : '');
  if (tag !== '') written.tag = tag.replace('!!', 'tag:yaml.org,2002:');
  written.type = styleOver(written, changed);
};

/** What was quoted or a block stays so where the text can be written in it. */
const styleOver = (written: Scalar, changed: Scalar): Scalar.Type => {
  const text = String(changed.value);
  const isBlock = written.type === 'BLOCK_LITERAL' || written.type === 'BLOCK_FOLDED';
  if (unprintable.test(isBlock ? text.replaceAll('\t', '') : text) || (isBlock && (text === '' || / (?:\n|$)/.test(text))))
    return 'QUOTE_DOUBLE';
  return (written.type === 'PLAIN' ? changed.type : written.type) ?? 'PLAIN';
};

const toYaml = (node: Node): Scalar | YAMLMap | YAMLSeq => {
  switch (node.type) {
    case 'scalar':
      return toScalar(node);
    case 'map': {
      const map = new YAMLMap();
      for (const { key, value } of node.entries) map.set(toScalar(key), toYaml(value));
      return map;
    }
    case 'list': {
      const list = new YAMLSeq();
      for (const item of node.items) list.add(toYaml(item));
      return list;
    }
    case 'unknown':
      return new Scalar('');
    default:
      return node satisfies never;
  }
};

const toScalar = ({ value, text, style, tag }: ScalarNode): Scalar => {
  const scalar = new Scalar(text);
  // A date has another value than its text, and stands without quotes, as what has a tag of its own does.
  const isText = typeof value === 'string' && !tag && (style !== 'plain' || value === text);
  scalar.type = isText && !isPlainString(text) ? 'QUOTE_DOUBLE' : untypedStyle(text);
  return scalar;
};

/** How go-yaml writes what need not be told from another type (`emitterc.go`: `yaml_emitter_select_scalar_style`). */
const untypedStyle = (text: string): Scalar.Type => {
  if (unprintable.test(text)) return 'QUOTE_DOUBLE';
  if (text.includes('\n')) return 'BLOCK_LITERAL';
  return text === '' || isPlainText(text) ? 'PLAIN' : 'QUOTE_SINGLE';
};
