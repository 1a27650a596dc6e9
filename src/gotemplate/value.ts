/**
 * The values that templates work on: Go's, as far as JSON and the functions make them, and those that nobody knows.
 * Types matter: an input's number is a float64, what `add` gives an int64, and a parameter takes one of them only.
 */
import type { Origin } from '../model/origin.ts';

export type GoValue = GoNil | GoBool | GoInt | GoFloat | GoString | GoList | GoMap | Unknown;

interface Base {
  /** Where it was written, for values that come from a file. */
  readonly at?: Origin | undefined;
}

interface GoNil extends Base {
  readonly type: 'nil';
  /** Not null, but not there: Go's invalid value. */
  readonly isMissing?: true;
}

interface GoBool extends Base {
  readonly type: 'bool';
  readonly value: boolean;
}

export interface GoInt extends Base {
  readonly type: 'int';
  readonly of: 'int' | 'int64' | 'uint8';
  readonly value: bigint;
}

export interface GoFloat extends Base {
  readonly type: 'float64';
  readonly value: number;
}

/** May hold holes (`hole.ts`): text of which a part is unknown. */
export interface GoString extends Base {
  readonly type: 'string';
  readonly value: string;
}

export interface GoList extends Base {
  readonly type: 'list';
  readonly of: 'interface {}' | 'string' | 'int' | '[]interface {}';
  readonly items: readonly GoValue[];
  /** A nil slice: `null` in JSON. */
  readonly isNil?: boolean;
}

export interface GoMap extends Base {
  readonly type: 'map';
  readonly of: 'interface {}' | 'string';
  /** The one thing that templates change: `set` and `unset` do it in place, as in Go. */
  readonly entries: Map<string, GoValue>;
  /** A nil map, into which nothing can be set. */
  readonly isNil?: boolean;
  /** Other keys may be there, too; what would then be read of them. */
  readonly open?: Unknown | undefined;
}

/** A value that cannot be known offline. */
export interface Unknown extends Base {
  readonly type: 'unknown';
  readonly why: string;
  /** Unknowns of one key are the same value, whatever it is. */
  readonly key: string;
  /** As a condition it is the opposite of what its key stands for. */
  readonly isNegated?: boolean;
}

export const goNil: GoValue = { type: 'nil' };

export const goString = (value: string): GoString => ({ type: 'string', value });

/** JSON may hold halves of a letter, which Go replaces. */
export const wellFormed = (text: string): string => Buffer.from(text).toString('utf8');

export const goBool = (value: boolean): GoValue => ({ type: 'bool', value });

export const goInt = (value: bigint | number, of: GoInt['of'] = 'int'): GoInt => ({
  type: 'int',
  of,
  value: BigInt.asIntN(64, BigInt(value)),
});

export const goFloat = (value: number): GoFloat => ({ type: 'float64', value });

export const goList = (items: readonly GoValue[], of: GoList['of'] = 'interface {}'): GoList => ({ type: 'list', of, items });

export const goMap = (entries: Iterable<readonly [string, GoValue]>, of: GoMap['of'] = 'interface {}'): GoMap => ({
  type: 'map',
  of,
  entries: new Map(entries),
});

/** What `%T` prints. */
export const typeName = (value: GoValue): string => {
  switch (value.type) {
    case 'nil':
      return '<nil>';
    case 'int':
      return value.of;
    case 'list':
      return `[]${value.of}`;
    case 'map':
      return `map[string]${value.of}`;
    case 'bool':
    case 'float64':
    case 'string':
    case 'unknown':
      return value.type;
    default:
      return value satisfies never;
  }
};

/** `reflect.Kind`. */
export const kindName = (value: GoValue): string => {
  if (value.type === 'nil') return 'invalid';
  if (value.type === 'list') return 'slice';
  return value.type === 'int' ? value.of : value.type;
};

/** `text/template.IsTrue`: not the zero of its type; undefined where nobody knows. */
export const truth = (value: GoValue): boolean | undefined => {
  switch (value.type) {
    case 'nil':
      return false;
    case 'bool':
      return value.value;
    case 'int':
      return value.value !== 0n;
    case 'float64':
      return value.value !== 0;
    case 'string':
      return value.value !== '';
    case 'list':
      return value.items.length > 0;
    case 'map':
      return value.entries.size > 0 ? true : value.open ? undefined : false;
    case 'unknown':
      return undefined;
    default:
      return value satisfies never;
  }
};

/** The keys of a map in Go's order, that of their bytes. */
export const sortedKeys = (map: GoMap): readonly string[] => [...map.entries.keys()].sort(byBytes);

/** Go compares strings by their bytes, which UTF-16 does not for characters beyond the basic plane. */
export const byBytes = (a: string, b: string): number => (a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b)));
