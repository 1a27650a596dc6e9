/** `count` and `for_each`: which instances of a block there are. */
import { evaluate } from '../../../hcl/evaluate.ts';
import { fail } from '../../../hcl/failure.ts';
import type { Scope } from '../../../hcl/machine.ts';
import type { Body, Expression } from '../../../hcl/syntax/tree.ts';
import { convert } from '../../../hcl/value/convert.ts';
import { anyType, numberType, stringType, typeName } from '../../../hcl/value/type.ts';
import { type HclUnknown, type HclValue, hclNumber, hclString, sortedEntries, typeOf, unknownIn } from '../../../hcl/value/value.ts';
import type { Multiplicity } from '../../generated.ts';
import { attributeNamed } from './read-module.ts';
import { noteGap, type Run } from './run.ts';

export interface Instance {
  /** `["billing"]`, `[0]`; empty for a block without either. */
  readonly suffix: string;
  readonly key: HclValue | undefined;
  readonly each: { readonly key: HclValue; readonly value: HclValue } | undefined;
  readonly index: HclValue | undefined;
  readonly multiplicity: Multiplicity;
}

export interface Instances {
  readonly type: 'single' | 'count' | 'for-each';
  readonly instances: readonly Instance[];
  /** Why there may be others. */
  readonly open: HclUnknown | undefined;
}

const single: Instances = {
  type: 'single',
  instances: [{ suffix: '', key: undefined, each: undefined, index: undefined, multiplicity: '1' }],
  open: undefined,
};

/** Of one block, and of a whole root. */
const maxInstances = 2000;
const maxAll = 20_000;

export const instancesOf = (body: Body, scope: Scope, run: Run): Instances => {
  const forEach = attributeNamed(body, 'for_each')?.value;
  const count = attributeNamed(body, 'count')?.value;
  if (forEach === undefined && count === undefined) return single;
  const made = forEach ? byKey(evaluate(forEach, scope), forEach) : count ? byCount(evaluate(count, scope), count) : single;
  const span = (forEach ?? count)?.span;
  run.instances += made.instances.length;
  const room = run.instances > maxAll ? 0 : maxInstances;
  if (made.instances.length <= room || span === undefined) return made;
  noteGap(run, `it makes more than ${room === 0 ? maxAll : maxInstances} instances: the others are not looked at`, span);
  return { ...made, instances: made.instances.slice(0, room) };
};

const symbolic = (unknown: HclUnknown, type: 'count' | 'for-each', multiplicity: Multiplicity = '0..n'): Instance => {
  const { why, key, at, isOfApply } = unknown;
  const part = (name: string, of: HclValue['type'] | 'any'): HclUnknown => ({
    type: 'unknown',
    of: of === 'string' ? stringType : of === 'number' ? numberType : anyType,
    why,
    key: `${key}.${name}`,
    at,
    isOfApply,
  });
  if (type === 'count') return { suffix: '[?]', key: undefined, each: undefined, index: part('index', 'number'), multiplicity };
  return {
    suffix: '[?]',
    key: undefined,
    each: { key: part('key', 'string'), value: part('value', 'any') },
    index: undefined,
    multiplicity,
  };
};

const byCount = (value: HclValue, { span }: Expression): Instances => {
  if (value.type === 'unknown') {
    if (value.ways)
      return eitherWay(
        value.ways.map((way) => byCount(way, { type: 'literal', value: null, span })),
        'count',
      );
    return { type: 'count', instances: [symbolic(value, 'count')], open: value };
  }
  if (value.type === 'null') return fail('Invalid count argument: The given "count" argument value is null. An integer is required', span);
  const converted = convert(value, numberType);
  if (!('value' in converted) || converted.value.type !== 'number') {
    return fail('Invalid count argument: The given "count" argument value is unsuitable: a number is required', span);
  }
  const total = converted.value.value;
  if (!Number.isInteger(total) || total < 0)
    return fail(
      'Invalid count argument: The given "count" argument value is unsuitable: it has to be a whole number, not below zero',
      span,
    );
  const instances = Array.from({ length: Math.min(total, maxInstances + 1) }, (_, index): Instance => {
    const number = hclNumber(index, { span, via: [] });
    return { suffix: `[${index}]`, key: number, each: undefined, index: number, multiplicity: '1' };
  });
  return { type: 'count', instances, open: undefined };
};

const unsuitable =
  'Invalid for_each argument: The given "for_each" argument value is unsuitable: the "for_each" argument must be a map, or set of strings';

const byKey = (value: HclValue, expression: Expression): Instances => {
  const { span } = expression;
  if (value.type === 'unknown') {
    if (value.isOfApply) failUnknown('map', span);
    if (value.ways)
      return eitherWay(
        value.ways.map((way) => byKey(way, expression)),
        'for-each',
      );
    return { type: 'for-each', instances: [symbolic(value, 'for-each')], open: value };
  }
  if (value.type === 'null') return fail(`${unsuitable}, and you have provided a null value`, span);
  if (value.type === 'set') {
    const hidden = value.items.map((item) => unknownIn(item, [])).find((unknown) => unknown !== undefined);
    if (hidden?.isOfApply) failUnknown('set', span);
    const known = value.items.filter((item) => item.type !== 'unknown');
    const wrong = known.find((item) => item.type !== 'string');
    if (wrong) return fail(`${unsuitable}, and you have provided a set containing type ${typeName(typeOf(wrong))}`, span);
    const instances = known.map((item): Instance => keyed(item, item));
    return hidden
      ? { type: 'for-each', instances: [...instances, symbolic(hidden, 'for-each')], open: hidden }
      : { type: 'for-each', instances, open: undefined };
  }
  if (value.type !== 'map' && value.type !== 'object')
    return fail(`${unsuitable}, and you have provided a value of type ${typeName(typeOf(value))}`, span);
  if (value.open?.isOfApply) failUnknown('map', span);
  const instances = sortedEntries(value).map(([key, item]) => keyed(hclString(key, item.at), item));
  return value.open
    ? { type: 'for-each', instances: [...instances, symbolic(value.open, 'for-each')], open: value.open }
    : { type: 'for-each', instances, open: undefined };
};

const failUnknown = (what: 'map' | 'set', span: Expression['span']): never =>
  fail(
    `Invalid for_each argument: The "for_each" ${what} includes ${what === 'map' ? 'keys' : 'values'} derived from resource attributes that cannot be determined until apply, and so Terraform cannot determine the full set of keys that will identify the instances of this resource`,
    span,
  );

const keyed = (key: HclValue, value: HclValue): Instance => ({
  suffix: `[${key.type === 'string' ? JSON.stringify(key.value) : '?'}]`,
  key,
  each: { key, value },
  index: undefined,
  multiplicity: '1',
});

/** What is there only one way may not be there. */
const eitherWay = (ways: readonly Instances[], type: Instances['type']): Instances => {
  const found = new Map<string, Instance[]>();
  for (const { instances } of ways)
    for (const instance of instances) found.set(instance.suffix, [...(found.get(instance.suffix) ?? []), instance]);
  const instances = [...found.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    return others.length + 1 < ways.length && first.multiplicity === '1' ? [{ ...first, multiplicity: '0..1' as const }] : [first];
  });
  return { type, instances, open: ways.find(({ open }) => open)?.open };
};
