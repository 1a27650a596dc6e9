import { withoutCredentials } from '../../kube/credential/redact.ts';
import { secretValues } from '../../kube/credential/secret-values.ts';
import { sensitiveTexts } from '../../kube/credential/sensitive-scalars.ts';
import { mapSame } from '../../yaml/edit.ts';
import { type MapNode, type Node, stringAt } from '../../yaml/node.ts';
import { createHidden } from './hidden.ts';

/**
 * Objects as they may be printed: every value of a Secret is `***`, and so is what the other objects hold of such values, or
 * of what is a credential by its form.
 */
export const maskedObjects = (roots: readonly MapNode[]): readonly MapNode[] => {
  const values = roots.flatMap((root) => [
    ...(stringAt(root, 'kind') === 'Secret' ? secretValues(root).flatMap(({ text, node }) => [text, node.text]) : []),
    ...sensitiveTexts(root, '').texts.map(({ text }) => text),
  ]);
  const hidden = createHidden(values, new Set());
  const shown = (text: string) => withoutCredentials(hidden(text));
  return roots.map((root) => {
    if (stringAt(root, 'kind') !== 'Secret') return inMap(root, (node) => inTexts(node, shown));
    const entries = mapSame(root.entries, (entry) =>
      entry.key.text === 'data' || entry.key.text === 'stringData'
        ? {
            ...entry,
            value: inKeys(
              inTexts(entry.value, () => '***'),
              shown,
            ),
          }
        : { ...entry, value: inTexts(entry.value, shown) },
    );
    return { ...root, entries };
  });
};

/** A password without a name, in a generator, becomes one. */
const inKeys = (node: Node, change: (text: string) => string): Node =>
  node.type === 'map'
    ? {
        ...node,
        entries: node.entries.map(({ key, value }) => ({ key: { ...key, text: change(key.text), value: change(key.text) }, value })),
      }
    : node;

const inMap = (map: MapNode, change: (node: Node) => Node): MapNode => {
  const entries = mapSame(map.entries, (entry) => {
    const value = change(entry.value);
    return value === entry.value ? entry : { ...entry, value };
  });
  return entries === map.entries ? map : { ...map, entries };
};

/** What is not known here stays so; what is known around it is as secret as the whole. */
const inTexts = (node: Node, change: (text: string) => string): Node => {
  switch (node.type) {
    case 'scalar': {
      const text = node.value === null ? node.text : change(node.text);
      return text === node.text ? node : { ...node, value: text, text, style: 'double' };
    }
    case 'list': {
      const items = mapSame(node.items, (item) => inTexts(item, change));
      return items === node.items ? node : { ...node, items };
    }
    case 'map':
      return inMap(node, (value) => inTexts(value, change));
    case 'unknown':
      return {
        ...node,
        ...(node.text === undefined ? {} : { text: change(node.text) }),
        ...(node.written === undefined ? {} : { written: change(node.written) }),
      };
    default:
      return node satisfies never;
  }
};
