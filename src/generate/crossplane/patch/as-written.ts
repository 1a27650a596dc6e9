import type { Step } from '../../../model/origin.ts';
import type { MapNode, Node } from '../../../yaml/node.ts';

/** A tree of a Composition as part of what it makes: each value says that the Composition carried it. */
export const asWritten = (map: MapNode, step: Step): MapNode => ({
  ...map,
  via: [...map.via, step],
  entries: map.entries.map(({ key, value }) => ({ key: { ...key, via: [...key.via, step] }, value: carried(value, step) })),
});

const carried = (node: Node, step: Step): Node => {
  switch (node.type) {
    case 'map':
      return asWritten(node, step);
    case 'list':
      return { ...node, via: [...node.via, step], items: node.items.map((item) => carried(item, step)) };
    case 'scalar':
    case 'unknown':
      return { ...node, via: [...node.via, step] };
    default:
      return node satisfies never;
  }
};
