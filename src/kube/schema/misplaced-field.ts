import type { Schema } from './schema.ts';
import type { Keys } from './schema-error.ts';

/**
 * The place that a field was meant for when it stands where there is no such field: the nearest object around it that
 * has one, else the only one inside. Lists are not entered.
 */
export const rightPlace = (wrong: Keys, root: Schema): readonly string[] | undefined => {
  const around = wrong.slice(0, -1);
  const places = placesOf(String(wrong.at(-1)), root, []);
  const outside = places.filter((place) => startsWith(around, place.slice(0, -1))).at(-1);
  if (outside) return outside;
  const within = places.filter((place) => startsWith(place, around));
  return within.length === 1 ? within[0] : undefined;
};

/** The shorter before the longer. */
const placesOf = (name: string, schema: Schema, keys: readonly string[]): readonly (readonly string[])[] => {
  const fields = Object.entries(schema.properties ?? {}).filter(([key]) => keys.length > 0 || (key !== 'metadata' && key !== 'status'));
  const here = fields.filter(([key]) => key === name).map(([key]) => [...keys, key]);
  return [...here, ...fields.flatMap(([key, field]) => placesOf(name, field, [...keys, key]))];
};

const startsWith = (keys: Keys, start: Keys): boolean => start.every((key, index) => keys[index] === key);
