/** The values of a `helm_release`: texts of YAML, later ones over earlier ones, then `set` (hashicorp/helm: `helm/resource_release.go`). */
import { attempt } from '../../../hcl/failure.ts';
import { anyType } from '../../../hcl/value/type.ts';
import {
  type HclObject,
  type HclUnknown,
  type HclValue,
  hclBool,
  hclNumber,
  hclObject,
  hclString,
  hclTuple,
} from '../../../hcl/value/value.ts';
import { blocksIn } from '../module/body-values.ts';
import { callFunction } from '../module/call-function.ts';
import type { ResourceInstance } from '../module/instance.ts';
import { reportFailure } from '../module/run.ts';
import { type CarrierContext, get, textAt } from './context.ts';

export const chartValues = (resource: ResourceInstance, context: CarrierContext): HclObject => {
  const { values } = resource;
  const given = get(values, 'values');
  let merged: HclValue = hclObject([]);
  if (given?.type === 'unknown') merged = hidden(given);
  for (const item of given && 'items' in given ? given.items : []) merged = over(merged, decoded(item, resource, context));
  for (const [type, asSet] of settings) {
    for (const set of blocksIn(values, type)) {
      const name = textAt(set, 'name');
      const value = set.entries.get('value');
      if (name !== undefined && value) merged = setAt(merged, pathOf(name), asSet(value, textAt(set, 'type')));
    }
  }
  return merged.type === 'object' ? merged : hclObject([]);
};

const hidden = (unknown: HclUnknown): HclObject => ({ ...hclObject([]), open: unknown });

/** A text of YAML; what is unknown in it may be anything. */
const decoded = (text: HclValue, { resource, module }: ResourceInstance, { run }: CarrierContext): HclValue => {
  if (text.type === 'unknown') return text.ways ? hidden({ ...text, ways: undefined }) : hidden(text);
  if (text.type !== 'string' || text.value.trim() === '') return hclObject([]);
  const span = text.at?.span ?? resource.block.header;
  const result = attempt(() => callFunction('yamldecode', [{ value: text }], { scope: module.scope(), span }));
  if ('value' in result) return result.value.type === 'unknown' ? hidden(result.value) : result.value;
  reportFailure(run, result.failure);
  return hclObject([]);
};

/** Maps are merged, everything else is replaced. */
const over = (below: HclValue, above: HclValue): HclValue => {
  if (!('entries' in below) || !('entries' in above)) return above.type === 'null' ? below : above;
  const entries = new Map(below.entries);
  for (const [key, value] of above.entries) {
    const known = entries.get(key);
    entries.set(key, known ? over(known, value) : value);
  }
  return { type: 'object', entries, at: above.at ?? below.at, open: above.open ?? below.open };
};

/** `a.b[0].c`, a backslash before a dot that is meant. */
const pathOf = (name: string): readonly (string | number)[] =>
  [...name.matchAll(/((?:\\.|[^.[\]\\])+)|\[(\d+)\]/g)].map(([, key, index]) =>
    index === undefined ? (key ?? '').replace(/\\(.)/g, '$1') : Number(index),
  );

const setAt = (into: HclValue | undefined, [key, ...rest]: readonly (string | number)[], value: HclValue): HclValue => {
  if (key === undefined) return value;
  if (typeof key === 'number') {
    if (key > 1000) return into ?? value;
    const items = into && 'items' in into ? [...into.items] : [];
    while (items.length <= key) items.push({ type: 'null', of: anyType });
    items[key] = setAt(items[key], rest, value);
    return hclTuple(items, value.at);
  }
  const entries = new Map(into && 'entries' in into ? into.entries : []);
  entries.set(key, setAt(entries.get(key), rest, value));
  return { type: 'object', entries, at: into?.at ?? value.at, open: into && 'entries' in into ? into.open : undefined };
};

/** Helm's `strvals`: a text that looks like a number or a boolean is one, unless its type says otherwise. */
const typed = (value: HclValue, type: string | undefined): HclValue => {
  if (value.type !== 'string' || type === 'string' || type === 'literal') return value;
  if (value.value === 'true' || value.value === 'false') return hclBool(value.value === 'true', value.at);
  if (/^(?:0|-?[1-9]\d{0,14})$/.test(value.value)) return hclNumber(Number(value.value), value.at);
  const list = /^\{(.*)\}$/s.exec(value.value);
  return list
    ? hclTuple(
        (list[1] ?? '').split(',').map((item) => hclString(item.trim(), value.at)),
        value.at,
      )
    : value;
};

/** The blocks that set single values, in the order in which the provider takes them. */
const settings: readonly (readonly [string, (value: HclValue, type: string | undefined) => HclValue])[] = [
  ['set', typed],
  ['set_list', (value) => value],
  ['set_sensitive', (value) => ({ ...value, isSensitive: true })],
];
