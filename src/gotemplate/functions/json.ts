/** slim-sprig's functions of JSON (`defaults.go`), as Go's encoding/json writes and reads it. */
import { failCall } from '../failure.ts';
import { type GoFunction, goFunction } from '../function.ts';
import { type Context, holeFor } from '../hole.ts';
import { type GoValue, goBool, goFloat, goList, goMap, goNil, goString, sortedKeys, wellFormed } from '../value.ts';

interface Style {
  readonly indent: string;
  readonly escapesHtml: boolean;
}

const compact: Style = { indent: '', escapesHtml: true };
const pretty: Style = { indent: '  ', escapesHtml: true };
const raw: Style = { indent: '', escapesHtml: false };

/** undefined for what JSON cannot say. */
const written = (value: GoValue, style: Style, context: Context, outer = ''): string | undefined => {
  context.spend(1);
  const inner = outer + style.indent;
  const around = (items: readonly string[], open: string, close: string): string => {
    if (items.length === 0) return open + close;
    return style.indent === '' ? open + items.join(',') + close : `${open}\n${inner}${items.join(`,\n${inner}`)}\n${outer}${close}`;
  };
  switch (value.type) {
    case 'nil':
      return 'null';
    case 'bool':
    case 'int':
      return String(value.value);
    case 'float64':
      return Number.isFinite(value.value) ? (Object.is(value.value, -0) ? '-0' : String(value.value)) : undefined;
    case 'string':
      return quoted(value.value, style);
    case 'unknown':
      return holeFor(value, context.holes);
    case 'list': {
      if (value.isNil) return 'null';
      const items = context.enter(() => value.items.map((item) => written(item, style, context, inner)));
      return items.every((item) => item !== undefined) ? around(items, '[', ']') : undefined;
    }
    case 'map': {
      if (value.isNil) return 'null';
      const items: string[] = [];
      for (const key of sortedKeys(value)) {
        const item = context.enter(() => written(value.entries.get(key) ?? goNil, style, context, inner));
        if (item === undefined) return undefined;
        items.push(`${quoted(key, style)}:${style.indent === '' ? '' : ' '}${item}`);
      }
      return around(items, '{', '}');
    }
    default:
      return value satisfies never;
  }
};

const quoted = (text: string, { escapesHtml }: Style): string =>
  JSON.stringify(wellFormed(text)).replace(escapesHtml ? /[<>&\u2028\u2029\x7f]/g : /[\u2028\u2029]/g, (letter) =>
    letter === '\x7f' ? letter : `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** What JSON stands for: every number a float64, maps and lists of anything. */
export const fromJson = (text: string): GoValue | undefined => {
  try {
    return fromParsed(JSON.parse(text));
  } catch {
    return undefined;
  }
};

const fromParsed = (value: unknown): GoValue => {
  if (typeof value === 'string') return goString(value);
  if (typeof value === 'number') return goFloat(value);
  if (typeof value === 'boolean') return goBool(value);
  if (Array.isArray(value)) return goList(value.map(fromParsed));
  if (typeof value === 'object' && value !== null)
    return goMap(Object.entries(value).map(([key, item]) => [key, fromParsed(item)] as const));
  return goNil;
};

const writing = (style: Style, isStrict: boolean): GoFunction =>
  goFunction({
    takes: ['any'],
    unknowns: 'text',
    gives: ([value], context) => goString(written(value, style, context) ?? (isStrict ? failCall('json: unsupported value') : '')),
  });

export const jsonFunctions: ReadonlyMap<string, GoFunction> = new Map(
  Object.entries({
    fromJson: goFunction({ takes: ['string'], gives: ([text]) => fromJson(text) ?? goNil }),
    mustFromJson: goFunction({ takes: ['string'], gives: ([text]) => fromJson(text) ?? failCall('invalid JSON') }),
    toJson: writing(compact, false),
    mustToJson: writing(compact, true),
    toPrettyJson: writing(pretty, false),
    mustToPrettyJson: writing(pretty, true),
    toRawJson: writing(raw, true),
    mustToRawJson: writing(raw, true),
  }),
);
