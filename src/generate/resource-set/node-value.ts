/** Nodes of inputs ↔ values of templates, by way of JSON as in the operator: whole numbers are int64. */
import { type GoValue, goBool, goFloat, goInt, goList, goMap, goNil, goString, sortedKeys, type Unknown } from '../../gotemplate/value.ts';
import type { Origin } from '../../model/origin.ts';
import { mapNode } from '../../yaml/edit.ts';
import type { MapNode, Node, ScalarNode } from '../../yaml/node.ts';
import { goStyle } from '../../yaml/print-as-go.ts';

/** A new value each time: templates may change maps. */
const goValueOf = (node: Node): GoValue => {
  const at: Origin = { span: node.span, via: node.via };
  switch (node.type) {
    case 'scalar':
      return { ...scalarValue(node), at };
    case 'list':
      return { ...goList(node.items.map(goValueOf)), at };
    case 'map':
      return { ...mapValue(node), at };
    case 'unknown':
      return { type: 'unknown', why: node.why, key: keyOf(at), at } satisfies Unknown;
    default:
      return node satisfies never;
  }
};

export const mapValue = (map: MapNode) => goMap(map.entries.map(({ key, value }) => [key.text, goValueOf(value)] as const));

const keyOf = ({ span }: Origin): string => `${span.path}:${span.start}`;

const scalarValue = ({ value }: ScalarNode): GoValue => {
  if (value === null) return goNil;
  switch (typeof value) {
    case 'string':
      return goString(value);
    case 'boolean':
      return goBool(value);
    case 'bigint':
      return BigInt.asIntN(64, value) === value ? goInt(value, 'int64') : goFloat(Number(value));
    case 'number':
      return Number.isSafeInteger(value) ? goInt(value, 'int64') : goFloat(value);
    default:
      return value satisfies never;
  }
};

/** A value as the node that go-yaml would print. `unknown` says what stands for an unknown value. */
export const nodeOf = (value: GoValue, unknown: (value: Unknown) => string, at: Origin): Node => {
  const scalar = (content: ScalarNode['value'], text: string): ScalarNode => {
    const style = typeof content === 'string' && goStyle(content) !== 'plain' ? 'double' : 'plain';
    return { type: 'scalar', value: content, text, style, ...at };
  };
  switch (value.type) {
    case 'nil':
      return scalar(null, 'null');
    case 'bool':
      return scalar(value.value, String(value.value));
    case 'int':
      return scalar(value.value, String(value.value));
    case 'float64':
      return scalar(value.value, String(value.value));
    case 'string':
      return scalar(value.value, value.value);
    case 'unknown':
      return scalar(unknown(value), unknown(value));
    case 'list':
      return { type: 'list', items: value.items.map((item) => nodeOf(item, unknown, at)), ...at };
    case 'map':
      if (value.isNil) return scalar(null, 'null');
      return mapNode(
        sortedKeys(value).map((key) => ({ key: scalar(key, key), value: nodeOf(value.entries.get(key) ?? goNil, unknown, at) })),
        at,
      );
    default:
      return value satisfies never;
  }
};
