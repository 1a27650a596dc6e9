/** The body of a block → an object: its arguments, and its nested blocks as lists, `dynamic` ones among them. */
import { evaluate } from '../../../hcl/evaluate.ts';
import type { Scope } from '../../../hcl/machine.ts';
import type { Block, Body } from '../../../hcl/syntax/tree.ts';
import { anyType } from '../../../hcl/value/type.ts';
import {
  type HclObject,
  type HclUnknown,
  type HclValue,
  hclNumber,
  hclObject,
  hclString,
  hclTuple,
  sortedEntries,
} from '../../../hcl/value/value.ts';
import { attributeNamed } from './read-module.ts';
import { attempted, type Run } from './run.ts';

/** What Terraform itself reads of a resource. */
const meta = new Set([
  'count',
  'for_each',
  'depends_on',
  'provider',
  'providers',
  'lifecycle',
  'connection',
  'provisioner',
  'source',
  'version',
]);

export const bodyValues = (body: Body, scope: Scope, run: Run, isNested = false): HclObject => {
  const entries = new Map<string, HclValue>();
  for (const { name, value } of body.attributes) {
    if (!isNested && meta.has(name)) continue;
    const made = attempted(run, () => evaluate(value, scope));
    entries.set(
      name,
      made ?? {
        type: 'unknown',
        of: anyType,
        why: 'Terraform fails to evaluate it',
        key: `failed:${value.span.path}:${value.span.start}`,
        at: { span: value.span, via: [] },
      },
    );
  }
  const blocks = new Map<string, HclValue[]>();
  const hidden = new Map<string, HclUnknown>();
  const add = (type: string, value: HclValue): void => void blocks.set(type, [...(blocks.get(type) ?? []), value]);
  for (const block of body.blocks) {
    if (!isNested && meta.has(block.type)) continue;
    if (block.type !== 'dynamic') {
      add(block.type, { ...bodyValues(block.body, scope, run, true), at: { span: block.header, via: [] } });
      continue;
    }
    const name = block.labels[0]?.text ?? '';
    const unknown = attempted(run, () => dynamicBlocks(block, name, scope, run, (value) => add(name, value)));
    if (unknown) hidden.set(name, unknown);
  }
  for (const [type, items] of blocks) entries.set(type, hclTuple(items, items[0]?.at));
  for (const [type, unknown] of hidden) entries.set(type, unknown);
  return hclObject(entries, { span: body.span, via: [] });
};

const dynamicBlocks = (block: Block, name: string, scope: Scope, run: Run, add: (value: HclValue) => void): HclUnknown | undefined => {
  const forEach = attributeNamed(block.body, 'for_each')?.value;
  const content = block.body.blocks.find(({ type }) => type === 'content');
  if (forEach === undefined || content === undefined) return undefined;
  const named = attributeNamed(block.body, 'iterator')?.value;
  const iterator = named?.type === 'variable' ? named.name : name;
  const collection = evaluate(forEach, scope);
  if (collection.type === 'unknown') return collection;
  for (const [key, value] of pairs(collection)) {
    const item = hclObject([
      ['key', key],
      ['value', value],
    ]);
    const inner: Scope = { ...scope, names: new Map([...scope.names, [iterator, item]]) };
    add({ ...bodyValues(content.body, inner, run, true), at: { span: block.header, via: [] } });
  }
  return undefined;
};

const pairs = (collection: HclValue): readonly (readonly [HclValue, HclValue])[] => {
  if (collection.type === 'set') return collection.items.map((item) => [item, item] as const);
  if ('items' in collection) return collection.items.map((item, index) => [hclNumber(index, item.at), item] as const);
  return 'entries' in collection ? sortedEntries(collection).map(([key, item]) => [hclString(key, item.at), item] as const) : [];
};

/** The nested blocks of a type, as objects; in the JSON syntax one may stand by itself. */
export const blocksIn = (values: HclValue | undefined, name: string): readonly HclObject[] => {
  const found = values && 'entries' in values ? values.entries.get(name) : undefined;
  if (found === undefined) return [];
  const items = 'items' in found ? found.items : [found];
  return items.flatMap((item) => (item.type === 'object' ? [item] : []));
};
