/** The JSON syntax of HCL (`.tf.json`, `.tfvars.json`), as bodies like those of the native one. */
import { isMap, type MapNode, type Node } from '../../yaml/node.ts';
import { parseYaml } from '../../yaml/parse.ts';
import type { Place } from '../../yaml/place.ts';
import type { HclFailure } from '../failure.ts';
import { type ParsedBody, parseExpression, parseTemplate } from './parse.ts';
import type { Attribute, Block, Body, Expression } from './tree.ts';

/** How many labels blocks have, where Terraform reads a file. */
const labelsOf: ReadonlyMap<string, number> = new Map<string, number>(
  Object.entries({
    resource: 2,
    data: 2,
    module: 1,
    variable: 1,
    output: 1,
    provider: 1,
    locals: 0,
    terraform: 0,
  }),
);

export const readJsonBody = (text: string, place: Place): ParsedBody => {
  const { root, failures } = parseRoot(text, place);
  if (root === undefined) return { body: { attributes: [], blocks: [], span: place(0, text.length) }, failures };
  const context: Context = { text, offset: place(0, 0).start, failures };
  const blocks: Block[] = [];
  for (const { key, value } of root.entries) {
    const count = labelsOf.get(key.text);
    if (count !== undefined) addBlocks(key.text, value, { count, labels: [], context }, blocks);
  }
  return { body: { attributes: [], blocks, span: root.span }, failures };
};

/** A file of values alone: names and literals. */
export const readJsonValues = (text: string, place: Place): ParsedBody => {
  const { root, failures } = parseRoot(text, place);
  if (root === undefined) return { body: { attributes: [], blocks: [], span: place(0, text.length) }, failures };
  return {
    body: { attributes: root.entries.map(({ key, value }) => attributeOf(key, literalOf(value))), blocks: [], span: root.span },
    failures,
  };
};

const parseRoot = (text: string, place: Place): { readonly root: MapNode | undefined; readonly failures: HclFailure[] } => {
  const { documents, problems } = parseYaml(text, place);
  const root = documents[0]?.root;
  return { root: isMap(root) ? root : undefined, failures: problems.map(({ message, at }) => ({ message, span: at.span })) };
};

interface Context {
  readonly text: string;
  readonly offset: number;
  readonly failures: HclFailure[];
}

interface Labels {
  readonly count: number;
  readonly labels: Block['labels'];
  readonly context: Context;
}

const addBlocks = (type: string, node: Node, { count, labels, context }: Labels, blocks: Block[]): void => {
  if (node.type === 'list') {
    for (const item of node.items) addBlocks(type, item, { count, labels, context }, blocks);
    return;
  }
  if (node.type !== 'map') return;
  if (count > 0) {
    for (const { key, value } of node.entries) {
      addBlocks(type, value, { count: count - 1, labels: [...labels, { text: key.text, span: key.span }], context }, blocks);
    }
    return;
  }
  blocks.push({ type, labels, body: bodyOf(node, context), header: labels.at(-1)?.span ?? node.span, span: node.span });
};

/** Which of its names are blocks only their readers know: all are attributes here. */
const bodyOf = (node: MapNode, context: Context): Body => ({
  attributes: node.entries
    .filter(({ key }) => key.text !== '//')
    .map(({ key, value }) => attributeOf(key, expressionOf(value, context, key.text))),
  blocks: [],
  span: node.span,
});

const attributeOf = (key: Node & { readonly type: 'scalar' }, value: Expression): Attribute => ({
  name: key.text,
  nameSpan: key.span,
  value,
  span: { ...key.span, end: value.span.end },
});

const expressionOf = (node: Node, context: Context, name = ''): Expression => {
  if (node.type === 'list') return { type: 'tuple', items: node.items.map((item) => expressionOf(item, context)), span: node.span };
  if (node.type === 'map') {
    const items = node.entries.map(({ key, value }) => ({ key: literalOf(key), value: expressionOf(value, context) }));
    return { type: 'object', items, span: node.span };
  }
  if (node.type !== 'scalar' || typeof node.value !== 'string') return literalOf(node);
  // Types are expressions, written as texts; everything else is a template.
  const isBare = name === 'type' || name === 'provider';
  const { span } = node;
  const isExact = context.text.slice(span.start - context.offset + 1, span.end - context.offset - 1) === node.text;
  const place: Place = (start, end) => (isExact ? { ...span, start: span.start + 1 + start, end: span.start + 1 + end } : span);
  const parsed = isBare ? parseExpression(node.text, place) : parseTemplate(node.text, place);
  if ('value' in parsed) return parsed.value.type === 'template' && parsed.value.parts.length === 0 ? literalOf(node) : parsed.value;
  if (!isBare) context.failures.push(parsed.failure);
  return literalOf(node);
};

const literalOf = (node: Node): Expression => {
  switch (node.type) {
    case 'list':
      return { type: 'tuple', items: node.items.map(literalOf), span: node.span };
    case 'map':
      return {
        type: 'object',
        items: node.entries.map(({ key, value }) => ({ key: literalOf(key), value: literalOf(value) })),
        span: node.span,
      };
    case 'scalar':
      return { type: 'literal', value: typeof node.value === 'bigint' ? Number(node.value) : node.value, span: node.span };
    case 'unknown':
      return { type: 'literal', value: null, span: node.span };
    default:
      return node satisfies never;
  }
};
