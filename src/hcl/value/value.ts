/**
 * Values of HCL expressions, as Terraform has them, and those that nobody knows before it is applied. Each may say where it
 * was written; a text also where each piece of it was.
 */
import { type Holes, hasHole, holeFor, holesIn } from '../../gotemplate/hole.ts';
import { byBytes } from '../../gotemplate/value.ts';
import type { Origin } from '../../model/origin.ts';
import { anyType, boolType, type HclType, numberType, stringType, unify } from './type.ts';

export type HclValue = HclString | HclNumber | HclBool | HclNull | HclList | HclTuple | HclMap | HclObject | HclUnknown;

interface Base {
  readonly at?: Origin | undefined;
  /** Terraform does not show it, and neither may we. */
  readonly isSensitive?: boolean | undefined;
}

export interface HclString extends Base {
  readonly type: 'string';
  /** May hold holes (`gotemplate/hole.ts`): what is unknown of it. */
  readonly value: string;
  /** Together its text; absent where all of it comes from `at`. */
  readonly pieces?: readonly TextPiece[] | undefined;
}

export interface TextPiece {
  readonly text: string;
  readonly at: Origin;
  /** Every character stands in the file as it is. */
  readonly isExact: boolean;
}

export interface HclNumber extends Base {
  readonly type: 'number';
  readonly value: number;
}

export interface HclBool extends Base {
  readonly type: 'bool';
  readonly value: boolean;
}

export interface HclNull extends Base {
  readonly type: 'null';
  readonly of: HclType;
}

/** A set is sorted and holds nothing twice. */
export interface HclList extends Base {
  readonly type: 'list' | 'set';
  readonly of: HclType;
  readonly items: readonly HclValue[];
}

export interface HclTuple extends Base {
  readonly type: 'tuple';
  readonly items: readonly HclValue[];
}

export interface HclMap extends Base {
  readonly type: 'map';
  readonly of: HclType;
  readonly entries: ReadonlyMap<string, HclValue>;
  readonly open?: HclUnknown | undefined;
}

export interface HclObject extends Base {
  readonly type: 'object';
  readonly entries: ReadonlyMap<string, HclValue>;
  /** Other names may be there, too; what would then be read of them. */
  readonly open?: HclUnknown | undefined;
}

export interface HclUnknown extends Base {
  readonly type: 'unknown';
  readonly of: HclType;
  readonly why: string;
  /** Unknowns of one key are the same value, whatever it is. */
  readonly key: string;
  /** As a condition it is the opposite of what its key stands for. */
  readonly isNegated?: boolean | undefined;
  /** The two values it can have: where what it depends on holds, and where it does not. */
  readonly ways?: readonly [HclValue, HclValue] | undefined;
  /** Only applying tells: Terraform itself does not know it when it plans. */
  readonly isOfApply?: boolean | undefined;
}

export const hclString = (value: string, at?: Origin): HclString => ({ type: 'string', value, at });
export const hclNumber = (value: number, at?: Origin): HclNumber => ({ type: 'number', value, at });
export const hclBool = (value: boolean, at?: Origin): HclBool => ({ type: 'bool', value, at });
export const hclNull = (of: HclType = anyType, at?: Origin): HclNull => ({ type: 'null', of, at });
export const hclTuple = (items: readonly HclValue[], at?: Origin): HclTuple => ({ type: 'tuple', items, at });
export const hclObject = (entries: Iterable<readonly [string, HclValue]>, at?: Origin): HclObject => ({
  type: 'object',
  entries: new Map(entries),
  at,
});

export const hclList = (of: HclType, items: readonly HclValue[], at?: Origin): HclList => ({ type: 'list', of, items, at });
export const hclMap = (of: HclType, entries: Iterable<readonly [string, HclValue]>, at?: Origin): HclMap => ({
  type: 'map',
  of,
  entries: new Map(entries),
  at,
});

/** A set of what stands in a list, whatever order that has. */
export const hclSet = (of: HclType, items: readonly HclValue[], at?: Origin): HclList => {
  const unique = new Map<string, HclValue>();
  for (const item of items) {
    const key = identity(item);
    if (!unique.has(key)) unique.set(key, item);
  }
  return { type: 'set', of, items: [...unique].sort((a, b) => inSet(a, b)).map(([, item]) => item), at };
};

const inSet = ([aKey, a]: readonly [string, HclValue], [bKey, b]: readonly [string, HclValue]): number => {
  if (a.type === 'number' && b.type === 'number') return a.value - b.value;
  if (a.type === 'string' && b.type === 'string') return byBytes(a.value, b.value);
  return byBytes(aKey, bKey);
};

/** The same text for equal values alone. */
export const identity = (value: HclValue): string => {
  switch (value.type) {
    case 'string':
    case 'number':
    case 'bool':
      return JSON.stringify(value.value);
    case 'null':
      return 'null';
    case 'unknown':
      return `?${value.isNegated ? '!' : ''}${value.key}`;
    case 'list':
    case 'set':
    case 'tuple':
      return `[${value.items.map(identity).join()}]`;
    case 'map':
    case 'object':
      return `{${sortedEntries(value)
        .map(([key, item]) => `${JSON.stringify(key)}:${identity(item)}`)
        .join()}}`;
    default:
      return value satisfies never;
  }
};

/** In the order in which Terraform walks over them. */
export const sortedEntries = ({ entries }: HclMap | HclObject): readonly (readonly [string, HclValue])[] =>
  [...entries].sort(([a], [b]) => byBytes(a, b));

export const typeOf = (value: HclValue): HclType => {
  switch (value.type) {
    case 'string':
      return stringType;
    case 'number':
      return numberType;
    case 'bool':
      return boolType;
    case 'null':
    case 'unknown':
      return value.of;
    case 'list':
    case 'set':
    case 'map':
      return { type: value.type, of: value.of };
    case 'tuple':
      return { type: 'tuple', items: value.items.map(typeOf) };
    case 'object':
      return { type: 'object', attributes: new Map([...value.entries].map(([name, item]) => [name, typeOf(item)])) };
    default:
      return value satisfies never;
  }
};

/** The type that values have together; a null without a type says nothing. */
export const typeOfAll = (values: readonly HclValue[]): HclType | undefined => {
  const speaking = values.filter(({ type, ...rest }) => !(type === 'null' && 'of' in rest && rest.of.type === 'any'));
  return unify(speaking.map(typeOf));
};

export const isUnknown = (value: HclValue | undefined): value is HclUnknown => value?.type === 'unknown';

/** The first unknown in a value, however deep. */
export const unknownIn = (value: HclValue, holes: Holes): HclUnknown | undefined => {
  switch (value.type) {
    case 'unknown':
      return value;
    case 'string': {
      const [hole] = hasHole(value.value) ? holesIn(value.value, holes) : [];
      return hole && { type: 'unknown', of: stringType, why: hole.why, key: `text:${value.value}`, at: hole.at ?? value.at };
    }
    case 'list':
    case 'set':
    case 'tuple':
      return firstOf(value.items, holes);
    case 'map':
    case 'object':
      return firstOf(value.entries.values(), holes) ?? value.open;
    case 'number':
    case 'bool':
    case 'null':
      return undefined;
    default:
      return value satisfies never;
  }
};

const firstOf = (values: Iterable<HclValue>, holes: Holes): HclUnknown | undefined => {
  for (const value of values) {
    const found = unknownIn(value, holes);
    if (found) return found;
  }
  return undefined;
};

/** Whether Terraform would not show it. */
export const isSecret = (value: HclValue): boolean => {
  if (value.isSensitive) return true;
  switch (value.type) {
    case 'list':
    case 'set':
    case 'tuple':
      return value.items.some(isSecret);
    case 'map':
    case 'object':
      return [...value.entries.values()].some(isSecret);
    default:
      return false;
  }
};

/** The value, sensitive if one of those it was made of is. */
export const secretAs = <T extends HclValue>(value: T, ...sources: readonly HclValue[]): T =>
  !value.isSensitive && sources.some(({ isSensitive }) => isSensitive) ? { ...value, isSensitive: true } : value;

/** An unknown as it stands in a text. */
export const asHole = (unknown: HclUnknown, holes: Holes): string => {
  const { why, key, isNegated, at } = unknown;
  return holeFor({ type: 'unknown', why, key, ...(isNegated ? { isNegated } : {}), at }, holes);
};

/** Numbers are decimal to Terraform: what binary fractions add is taken off again. */
export const tidy = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(15)));

/** As a number stands in a text: never with an exponent. */
export const numberText = (value: number): string => {
  if (Object.is(value, -0)) return '-0';
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString();
  const text = String(value);
  if (!text.includes('e')) return text;
  const [digits = '', exponent = '0'] = text.split('e');
  const places = Math.max(0, (digits.split('.')[1] ?? '').length - Number(exponent));
  return value.toFixed(Math.min(100, places));
};
