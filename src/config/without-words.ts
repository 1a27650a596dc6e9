/** A JSON Schema without what only people read: its validator would carry every description into the bundle. */
export const withoutWords = (schema: unknown): object => Object.fromEntries(keywords(schema));

const keywords = (schema: unknown): readonly (readonly [keyword: string, value: unknown])[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema)
    .filter(([keyword]) => !words.has(keyword))
    .map(([keyword, value]) => [keyword, namesSchemas.has(keyword) ? eachByName(value) : inner(value)] as const);
};

const words: ReadonlySet<string> = new Set(['description', 'default', 'examples']);

/** Keywords whose own keys are names: a property may well be called `default`. */
const namesSchemas: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'definitions']);

const eachByName = (schemas: unknown): unknown =>
  typeof schemas === 'object' && schemas !== null
    ? Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, inner(schema)] as const))
    : schemas;

const inner = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inner);
  return typeof value === 'object' && value !== null ? withoutWords(value) : value;
};
