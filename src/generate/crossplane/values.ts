/** Nodes ↔ values of a composition function: what crosses the wire is protobuf's Struct, whose numbers are all float64. */
import { type Context, type Holes, hasHole, unknownText } from '../../gotemplate/hole.ts';
import { type GoValue, goBool, goFloat, goInt, goList, goMap, goNil, goString, sortedKeys } from '../../gotemplate/value.ts';
import type { Origin } from '../../model/origin.ts';
import { listNode, mapNode, scalarNode } from '../../yaml/edit.ts';
import type { Node, ScalarNode } from '../../yaml/node.ts';

/** What a whole number is. */
export type Whole = 'float64' | 'int64';

/** A new value each time: templates may change maps. */
export const goValueOf = (node: Node, whole: Whole): GoValue => {
  const at: Origin = { span: node.span, via: node.via };
  switch (node.type) {
    case 'scalar':
      return { ...scalarValue(node, whole), at };
    case 'list':
      return { ...goList(node.items.map((item) => goValueOf(item, whole))), at };
    case 'map':
      return { ...goMap(node.entries.map(({ key, value }) => [key.text, goValueOf(value, whole)] as const)), at };
    case 'unknown':
      return { type: 'unknown', why: node.why, key: `${node.span.path}:${node.span.start}:${node.why}`, at };
    default:
      return node satisfies never;
  }
};

const scalarValue = ({ value }: ScalarNode, whole: Whole): GoValue => {
  if (value === null) return goNil;
  if (typeof value === 'string') return goString(value);
  if (typeof value === 'boolean') return goBool(value);
  const isWhole = typeof value === 'bigint' ? BigInt.asIntN(64, value) === value : Number.isSafeInteger(value);
  return isWhole && whole === 'int64' ? goInt(value, 'int64') : goFloat(Number(value));
};

/** A value as the tree that it is in JSON; every part of it with the origin of whoever asked for it. */
export const nodeOf = (value: GoValue, origin: Origin, holes: Holes): Node => {
  switch (value.type) {
    case 'nil':
      return scalarNode(null, origin);
    case 'bool':
      return scalarNode(value.value, origin);
    case 'int':
      return scalarNode(Number.isSafeInteger(Number(value.value)) ? Number(value.value) : value.value, origin);
    case 'float64':
      return scalarNode(value.value, origin);
    case 'string':
      return hasHole(value.value) ? unknownText(value.value, holes, origin) : scalarNode(value.value, origin);
    case 'unknown':
      return { type: 'unknown', why: value.why, span: origin.span, via: origin.via };
    case 'list':
      return listNode(
        value.items.map((item) => nodeOf(item, origin, holes)),
        origin,
      );
    case 'map':
      return mapNode(
        sortedKeys(value).map((key) => ({ key: scalarNode(key, origin), value: nodeOf(value.entries.get(key) ?? goNil, origin, holes) })),
        origin,
      );
    default:
      return value satisfies never;
  }
};

/** What functions of templates are called with outside a template; values are no deeper than what YAML was read. */
export const freeContext = (holes: Holes): Context => ({ holes, spend: () => undefined, enter: (look) => look() });
