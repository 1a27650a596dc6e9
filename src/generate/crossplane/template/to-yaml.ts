/** `toYaml` of function-go-templating: gopkg.in/yaml.v3 with its four spaces, lists indented below their key. */
import { formatFloat } from '../../../gotemplate/format-number.ts';
import { type Context, holeFor } from '../../../gotemplate/hole.ts';
import { type GoValue, goNil, sortedKeys } from '../../../gotemplate/value.ts';
import { goStyle } from '../../../yaml/print-as-go.ts';

export const toYaml = (value: GoValue, context: Context): string => {
  if (value.type === 'map' && value.entries.size > 0) return `${mapLines(value, 0, context).join('\n')}\n`;
  if (value.type === 'list' && value.items.length > 0) return `${listLines(value.items, 0, context).join('\n')}\n`;
  return `${scalarText(value, 0, context)}\n`;
};

/** `yaml_emitter_increase_indent`: to the next multiple of four. */
const deeper = (indent: number): number => 4 * Math.floor((indent + 4) / 4);

const spaces = (count: number): string => ' '.repeat(count);

const mapLines = (map: GoValue & { readonly type: 'map' }, indent: number, context: Context): readonly string[] =>
  sortedKeys(map).flatMap((key) => {
    context.spend(1);
    return entryLines(`${spaces(indent)}${quoted(key, indent)}:`, map.entries.get(key) ?? goNil, indent, context);
  });

const entryLines = (start: string, value: GoValue, indent: number, context: Context): readonly string[] => {
  if (value.type === 'map' && value.entries.size > 0) return [start, ...context.enter(() => mapLines(value, deeper(indent), context))];
  if (value.type === 'list' && value.items.length > 0)
    return [start, ...context.enter(() => listLines(value.items, deeper(indent), context))];
  return [`${start} ${scalarText(value, indent, context)}`];
};

/** The first line of what is in an item stands behind its dash. */
const listLines = (items: readonly GoValue[], indent: number, context: Context): readonly string[] =>
  items.flatMap((item) => {
    context.spend(1);
    const inner = context.enter(() => itemLines(item, indent + 2, context));
    return [`${spaces(indent)}- ${(inner[0] ?? '').slice(indent + 2)}`, ...inner.slice(1)];
  });

const itemLines = (item: GoValue, indent: number, context: Context): readonly string[] => {
  if (item.type === 'map' && item.entries.size > 0) return mapLines(item, indent, context);
  if (item.type === 'list' && item.items.length > 0) return listLines(item.items, indent, context);
  return [spaces(indent) + scalarText(item, indent - 2, context)];
};

const scalarText = (value: GoValue, indent: number, context: Context): string => {
  switch (value.type) {
    case 'nil':
      return 'null';
    case 'bool':
    case 'int':
      return String(value.value);
    case 'float64':
      return formatFloat(value.value, 'g');
    case 'string':
      return quoted(value.value, indent);
    case 'list':
      return '[]';
    case 'map':
      return '{}';
    case 'unknown':
      return holeFor(value, context.holes);
    default:
      return value satisfies never;
  }
};

const quoted = (text: string, indent: number): string => {
  const style = goStyle(text);
  switch (style) {
    case 'plain':
      return text;
    case 'single':
      return `'${text.replaceAll("'", "''")}'`;
    case 'double':
      return JSON.stringify(text);
    case 'literal': {
      const chomping = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
      const start = /^[ \n]/.test(text) ? '4' : '';
      const lines = text.replace(/\n$/, '').split('\n');
      return [`|${start}${chomping}`, ...lines.map((line) => (line === '' ? '' : spaces(deeper(indent)) + line))].join('\n');
    }
    default:
      return style satisfies never;
  }
};
