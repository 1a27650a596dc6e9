import type { Context } from './hole.ts';
import { type GoMap, type GoValue, goNil, typeName } from './value.ts';

/** `reflect.DeepEqual`; NaN equals nothing. */
export const deepEqual = (a: GoValue, b: GoValue, context: Context): boolean => {
  context.spend(1);
  if (typeName(a) !== typeName(b)) return false;
  if (a.type === 'list' && b.type === 'list') {
    if (a.items.length === 0 && (a.isNil ?? false) !== (b.isNil ?? false)) return false;
    if (a.items.length !== b.items.length) return false;
    return context.enter(() => a.items.every((item, index) => deepEqual(item, b.items[index] ?? goNil, context)));
  }
  if (a.type === 'map' && b.type === 'map') {
    if (a.entries.size !== b.entries.size) return false;
    return context.enter(() => [...a.entries].every(([key, item]) => isEqualIn(b, key, item, context)));
  }
  return 'value' in a && 'value' in b ? a.value === b.value : a.type === 'nil';
};

const isEqualIn = (map: GoMap, key: string, value: GoValue, context: Context): boolean => {
  const other = map.entries.get(key);
  return other !== undefined && deepEqual(value, other, context);
};
