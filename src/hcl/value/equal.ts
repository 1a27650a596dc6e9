import { hasHole } from '../../gotemplate/hole.ts';
import { isSameType } from './type.ts';
import { type HclValue, typeOf } from './value.ts';

/** Whether two values are the same, types included (`1 == "1"` is false); undefined where nobody knows. */
export const isEqual = (a: HclValue, b: HclValue): boolean | undefined => {
  if (a.type === 'unknown' || b.type === 'unknown') {
    const isSame = a.type === 'unknown' && b.type === 'unknown' && a.key === b.key && a.isNegated === b.isNegated;
    return isSame ? true : undefined;
  }
  if (a.type === 'null' || b.type === 'null') return a.type === b.type;
  if (a.type === 'string' && b.type === 'string') return sameText(a.value, b.value);
  if ((a.type === 'number' && b.type === 'number') || (a.type === 'bool' && b.type === 'bool')) return a.value === b.value;
  if (!isSameType(typeOf(a), typeOf(b))) return false;
  if ('items' in a && 'items' in b) {
    if (a.items.length !== b.items.length) return false;
    return all(a.items.map((item, index) => isEqual(item, b.items[index] ?? item)));
  }
  if (!('entries' in a) || !('entries' in b)) return false;
  if (a.open || b.open) return undefined;
  if (a.entries.size !== b.entries.size) return false;
  return all(
    [...a.entries].map(([key, item]) => {
      const other = b.entries.get(key);
      return other === undefined ? false : isEqual(item, other);
    }),
  );
};

const sameText = (a: string, b: string): boolean | undefined => {
  if (a === b) return true;
  return hasHole(a) || hasHole(b) ? undefined : false;
};

const all = (parts: readonly (boolean | undefined)[]): boolean | undefined =>
  parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
