import type { Value } from '../../yaml/node.ts';

/** As Go's `json.Marshal` writes a value: keys sorted by their bytes, and what would be special in HTML escaped. */
export const goJson = (value: Value): string => {
  if (isList(value)) return `[${value.map(goJson).join(',')}]`;
  if (isMap(value)) {
    return `{${sorted(value)
      .map(([key, item]) => `${scalar(key)}:${goJson(item)}`)
      .join(',')}}`;
  }
  return scalar(value);
};

/** As Go's `json.MarshalIndent` writes it, with two spaces. */
export const goJsonIndented = (value: Value, indent = ''): string => {
  const deeper = `${indent}  `;
  if (isList(value) && value.length > 0) {
    return `[\n${value.map((item) => deeper + goJsonIndented(item, deeper)).join(',\n')}\n${indent}]`;
  }
  if (isMap(value) && Object.keys(value).length > 0) {
    const entries = sorted(value).map(([key, item]) => `${deeper}${scalar(key)}: ${goJsonIndented(item, deeper)}`);
    return `{\n${entries.join(',\n')}\n${indent}}`;
  }
  return goJson(value);
};

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

const isMap = (value: Value): value is { readonly [key: string]: Value } => typeof value === 'object' && value !== null && !isList(value);

const sorted = (map: { readonly [key: string]: Value }): readonly (readonly [string, Value])[] =>
  Object.entries(map).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

const scalar = (value: Value): string =>
  (typeof value === 'bigint' ? String(value) : JSON.stringify(value)).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
