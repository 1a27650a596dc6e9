import type { Schema } from './schema.ts';
import type { Keys } from './schema-error.ts';

/**
 * The place that a field was meant for when it stands where there is no such field: the nearest object around it that
 * has one, else the only one inside. Of lists those around it are known, none inside is entered.
 */
export const rightPlace = (wrong: Keys, root: Schema): Keys | undefined => {
  const name = String(wrong.at(-1));
  const around = wrong.slice(0, -1);
  const schemas = schemasAlong(around, root);
  for (let depth = around.length - 1; depth >= 0; depth--) {
    const isOutermost = depth === 0;
    if (has(schemas[depth], name) && !(isOutermost && everywhere.has(name))) return [...around.slice(0, depth), name];
  }
  const innermost = schemas[around.length];
  const within = innermost ? placesIn(name, innermost, around.length === 0, new Set()) : [];
  const [place] = within;
  return within.length === 1 && place ? [...around, ...place] : undefined;
};

/** Of every object, or of none that a person writes. */
const everywhere: ReadonlySet<string> = new Set(['metadata', 'status']);

/** The schema at every place on the way, the outermost first. */
const schemasAlong = (keys: Keys, root: Schema): readonly (Schema | undefined)[] => {
  const schemas: (Schema | undefined)[] = [root];
  for (const key of keys) schemas.push(inner(schemas.at(-1), key));
  return schemas;
};

const inner = (schema: Schema | undefined, key: string | number): Schema | undefined => {
  if (typeof key === 'number') return schema?.items;
  if (has(schema, key)) return schema?.properties?.[key];
  const others = schema?.additionalProperties;
  return typeof others === 'object' ? others : undefined;
};

const has = (schema: Schema | undefined, name: string): boolean =>
  schema?.properties !== undefined && Object.hasOwn(schema.properties, name);

/** @param above what is being entered: some types hold themselves */
const placesIn = (name: string, schema: Schema, isOutermost: boolean, above: ReadonlySet<unknown>): readonly (readonly string[])[] => {
  const fields = Object.entries(schema.properties ?? {}).filter(([key]) => !(isOutermost && everywhere.has(key)));
  const inside = new Set([...above, schema.properties]);
  return fields.flatMap(([key, field]) => {
    const deeper = inside.has(field.properties) ? [] : placesIn(name, field, false, inside).map((place) => [key, ...place]);
    return key === name ? [[key], ...deeper] : deeper;
  });
};
