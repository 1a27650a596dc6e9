/** Values of Terraform as trees, each node where its value was written. */
import { type Holes, hasHole, holesIn, withoutHoles } from '../../gotemplate/hole.ts';
import type { HclValue } from '../../hcl/value/value.ts';
import type { Origin } from '../../model/origin.ts';
import { listNode, mapNode, scalarNode } from '../../yaml/edit.ts';
import type { Node, UnknownNode } from '../../yaml/node.ts';

export interface NodeContext {
  readonly holes: Holes;
  /** For what knows no place of its own. */
  readonly at: Origin;
}

/** What is null is left out of maps, as providers leave it out of objects. */
export const toNode = (value: HclValue, context: NodeContext): Node => {
  const at = value.at ?? context.at;
  if (value.isSensitive) return secret(at);
  switch (value.type) {
    case 'string':
      return textNode(value.value, at, context.holes);
    case 'number':
    case 'bool':
      return scalarNode(value.value, at);
    case 'null':
      return scalarNode(null, at);
    case 'unknown':
      return { type: 'unknown', why: value.why, ...at };
    case 'list':
    case 'set':
    case 'tuple':
      return listNode(
        value.items.map((item) => toNode(item, { ...context, at })),
        at,
      );
    case 'map':
    case 'object': {
      // Which names there are is unknown then.
      if (value.open) return { type: 'unknown', why: value.open.why, ...at };
      const entries = [...value.entries].flatMap(([key, item]) =>
        item.type === 'null' ? [] : [{ key: scalarNode(key, item.at ?? at), value: toNode(item, { ...context, at }) }],
      );
      return mapNode(entries, at);
    }
    default:
      return value satisfies never;
  }
};

const secret = (at: Origin): UnknownNode => ({ type: 'unknown', why: 'it is sensitive', text: '(sensitive)', ...at });

const textNode = (text: string, at: Origin, holes: Holes): Node => {
  if (!hasHole(text)) return scalarNode(text, at);
  const why = holesIn(text, holes)[0]?.why ?? 'it is unknown';
  return { type: 'unknown', why, ...at, text: withoutHoles(text) };
};
