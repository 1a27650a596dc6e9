/** Types of Terraform's values (zclconf/go-cty), and which one type several have together. */

export type HclType = { readonly type: 'any' } | Primitive | ListType | MapType | TupleType | ObjectType;

interface Primitive {
  readonly type: 'string' | 'number' | 'bool';
}

export interface ListType {
  readonly type: 'list' | 'set';
  readonly of: HclType;
}

interface MapType {
  readonly type: 'map';
  readonly of: HclType;
}

interface TupleType {
  readonly type: 'tuple';
  readonly items: readonly HclType[];
}

export interface ObjectType {
  readonly type: 'object';
  readonly attributes: ReadonlyMap<string, HclType>;
  /** In a type constraint: names that may be absent. */
  readonly optional?: ReadonlySet<string>;
}

export const anyType: HclType = { type: 'any' };
export const stringType: HclType = { type: 'string' };
export const numberType: HclType = { type: 'number' };
export const boolType: HclType = { type: 'bool' };
export const listOf = (of: HclType): HclType => ({ type: 'list', of });
export const setOf = (of: HclType): HclType => ({ type: 'set', of });
export const mapOf = (of: HclType): HclType => ({ type: 'map', of });

export const isSameType = (a: HclType, b: HclType): boolean => {
  if (a === b) return true;
  if ((a.type === 'list' || a.type === 'set' || a.type === 'map') && a.type === b.type && 'of' in b) return isSameType(a.of, b.of);
  if (a.type === 'tuple' && b.type === 'tuple') return isSameTypes(a.items, b.items);
  if (a.type !== 'object' || b.type !== 'object') return a.type === b.type && !('of' in a) && a.type !== 'tuple' && a.type !== 'object';
  return (
    a.attributes.size === b.attributes.size &&
    [...a.attributes].every(([name, type]) => {
      const other = b.attributes.get(name);
      return other !== undefined && isSameType(type, other);
    })
  );
};

const isSameTypes = (a: readonly HclType[], b: readonly HclType[]): boolean =>
  a.length === b.length && a.every((type, index) => isSameType(type, b[index] ?? anyType));

/** As a message names it. */
export const typeName = (type: HclType): string => {
  switch (type.type) {
    case 'any':
      return 'dynamic';
    case 'list':
    case 'set':
    case 'map':
      return `${type.type} of ${typeName(type.of)}`;
    case 'string':
    case 'number':
    case 'bool':
    case 'tuple':
    case 'object':
      return type.type;
    default:
      return type satisfies never;
  }
};

/**
 * The type that values of these types have together (cty: `convert.UnifyUnsafe`); undefined where there is none. An unknown
 * type goes with all, and then nothing is known of the result either.
 */
export const unify = (types: readonly HclType[]): HclType | undefined => {
  const [first, ...others] = types;
  if (first === undefined) return anyType;
  if (others.every((type) => isSameType(first, type))) return first;
  const known = types.filter(({ type }) => type !== 'any');
  if (known.length < types.length) return anyType;
  if (known.every(({ type }) => type === 'object' || type === 'map')) return unifyMaps(known);
  if (known.every(({ type }) => type === 'tuple' || type === 'list' || type === 'set')) return unifyLists(known);
  const words = new Set(known.map(({ type }) => type));
  const arePrimitive = [...words].every((word) => word === 'string' || word === 'number' || word === 'bool');
  return arePrimitive && words.has('string') ? stringType : undefined;
};

const unifyMaps = (types: readonly HclType[]): HclType | undefined => {
  const objects = types.flatMap((type) => (type.type === 'object' ? [type] : []));
  const [first] = objects;
  if (first && objects.length === types.length && objects.every((object) => hasSameNames(object, first))) {
    const attributes = new Map<string, HclType>();
    for (const name of first.attributes.keys()) {
      const type = unify(objects.map((object) => object.attributes.get(name) ?? anyType));
      if (type) attributes.set(name, type);
    }
    if (attributes.size === first.attributes.size) return { type: 'object', attributes };
  }
  const of = unify(
    types.flatMap((type) => (type.type === 'object' ? [...type.attributes.values()] : type.type === 'map' ? [type.of] : [])),
  );
  return of && mapOf(of);
};

const hasSameNames = (a: ObjectType, b: ObjectType): boolean =>
  a.attributes.size === b.attributes.size && [...a.attributes.keys()].every((name) => b.attributes.has(name));

const unifyLists = (types: readonly HclType[]): HclType | undefined => {
  const tuples = types.flatMap((type) => (type.type === 'tuple' ? [type] : []));
  const [first] = tuples;
  if (first && tuples.length === types.length && tuples.every(({ items }) => items.length === first.items.length)) {
    const items = first.items.map((_, index) => unify(tuples.map((tuple) => tuple.items[index] ?? anyType)));
    const known = items.flatMap((type) => type ?? []);
    if (known.length === items.length) return { type: 'tuple', items: known };
  }
  const elements = types.flatMap((type) =>
    type.type === 'tuple' ? type.items : type.type === 'list' || type.type === 'set' ? [type.of] : [],
  );
  const of = unify(elements);
  if (of === undefined) return undefined;
  return types.every(({ type }) => type === 'set') ? setOf(of) : listOf(of);
};
