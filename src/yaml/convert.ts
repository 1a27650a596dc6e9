import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { limits } from './limits.ts';
import { lastOfEach, withMerged } from './map-entries.ts';
import type { Entry, ListNode, MapNode, Node, ScalarNode, ScalarStyle } from './node.ts';
import type { AliasKeys } from './package/alias-keys.ts';
import type { Place } from './place.ts';
import { resolvePlain } from './scalar.ts';

interface Failure {
  readonly type: 'limit' | 'yaml';
  readonly message: string;
  readonly at: number;
}

export interface Converted {
  /** Undefined for a document of comments only. */
  readonly root: Node | undefined;
  readonly hasShadowed: boolean;
  /** How many values aliases stand for, those of the documents before included. */
  readonly aliased: number;
  /** The first thing that is wrong; the tree is not to be used then. */
  readonly failure: Failure | undefined;
}

export interface ConvertInput {
  /** What was parsed. */
  readonly text: string;
  readonly place: Place;
  /** What the documents before came to: the limit is one of the whole file. */
  readonly aliasedBefore: number;
  /** Keys that are aliases and do not look so. */
  readonly keys: AliasKeys | undefined;
  /** Whether a comment may hold a schema. */
  readonly hasSchema: boolean;
}

interface Anchored {
  readonly node: Node;
  readonly size: number;
}

const nothing: readonly never[] = [];

/**
 * The package's tree of one document → ours: scalars typed, aliases expanded and merge keys merged as go-yaml does, and
 * every node with its span.
 */
export const convert = (contents: ParsedNode | null, { text: source, place, aliasedBefore, keys, hasSchema }: ConvertInput): Converted => {
  const anchors = new Map<string, Anchored>();
  let size = 0;
  let aliased = aliasedBefore;
  let hasShadowed = false;
  let failure: Failure | undefined;
  const fail = (type: Failure['type'], message: string, at: number) => {
    failure ??= { type, message, at };
  };

  const scalar = (node: Scalar.Parsed): ScalarNode => {
    const written = styles.get(node.type ?? 'PLAIN') ?? 'plain';
    // `!!str 5` is a text as if it stood in quotes.
    const isTagged = written === 'plain' && node.tag === 'tag:yaml.org,2002:str';
    const style = isTagged ? 'double' : written;
    const [start, end] = node.range;
    const given: unknown = node.value instanceof Date ? node.source : node.value;
    const read = typeof given === 'string' ? given : String(given ?? '');
    // The package gives a block scalar a newline at its end, also where the text has none; go-yaml does not.
    const isCut = isBlock(style) && end === source.length && !source.endsWith('\n') && read.endsWith('\n');
    const whole = isCut ? read.slice(0, -1) : read;
    const text = keys ? whole.replaceAll(keys.mark, '*') : whole;
    if (node.tag?.startsWith('!') === true && !localTag.test(node.tag))
      fail('yaml', 'Not valid YAML: a tag has a character that none may have.', start);
    if (isOpen(source.slice(start, end), style)) fail('yaml', 'Not valid YAML: the quote is not closed.', start);
    const value = typed(text, style, node.tag);
    const tag = misfit(value, node.tag);
    return {
      type: 'scalar',
      value,
      text,
      style,
      ...(isTagged && { isTagged }),
      ...(tag !== undefined && { tag }),
      span: place(start, end),
      via: nothing,
    };
  };

  const list = (node: YAMLSeq.Parsed): ListNode => {
    const [start, end] = node.range;
    return { type: 'list', items: node.items.map((item) => value(item, end)), span: place(start, end), via: nothing };
  };

  const map = (node: YAMLMap.Parsed): MapNode => {
    const [start, end] = node.range;
    const written: Entry[] = [];
    const merged: Entry[] = [];
    for (const pair of node.items) {
      const key = withSchema(keyNode(pair.key, start), pair.key?.range[0] ?? start);
      const content = value(pair.value, key.span.end);
      const isMerge = (key.text === '<<' && key.style === 'plain') || isTaggedMerge(pair.key);
      if (isMerge) merged.push(...mergeEntries(content, start));
      else written.push({ key, value: content });
    }
    const entries = merged.length === 0 ? written : withMerged(written, merged);
    const unique = lastOfEach(entries);
    const base: MapNode = {
      type: 'map',
      ...(node.flow === true && { isFlow: true }),
      entries: unique,
      span: place(start, end),
      via: nothing,
    };
    if (unique.length === entries.length) return base;
    hasShadowed = true;
    return { ...base, shadowed: entries.filter((entry) => !unique.includes(entry)) };
  };

  const withSchema = (key: ScalarNode, start: number): ScalarNode => {
    const schema = hasSchema ? schemaOnLine(source, start) : undefined;
    return schema === undefined ? key : { ...key, schema };
  };

  const keyNode = (key: ParsedNode | null, start: number): ScalarNode => {
    const node = value(key, start);
    if (node.type === 'scalar') return node;
    fail('yaml', 'Not valid YAML for Kubernetes: the key of a map must be a scalar.', key?.range[0] ?? start);
    return { type: 'scalar', value: '', text: '', style: 'plain', span: node.span, via: nothing };
  };

  const mergeEntries = (content: Node, start: number): readonly Entry[] => {
    if (content.type === 'map') return content.entries;
    if (content.type === 'list' && content.items.every((item) => item.type === 'map')) {
      return content.items.flatMap((item) => (item.type === 'map' ? item.entries : []));
    }
    fail('yaml', 'Not valid YAML: a merge key (<<) takes a map or a list of maps.', start);
    return [];
  };

  const value = (node: ParsedNode | null, fallback: number): Node => {
    const before = size;
    size++;
    if (node === null) return { type: 'scalar', value: null, text: '', style: 'plain', span: place(fallback, fallback), via: nothing };
    if (isAlias(node)) return alias(node.source, node.range[0]);
    if (isScalar(node) && keys?.at.has(node.range[0])) return alias(String(node.value).slice(1), node.range[0]);
    // Casts, since the package's guards forget that what was parsed has ranges.
    const converted = isScalar(node) ? scalar(node) : isMap(node) ? map(node as YAMLMap.Parsed) : list(node as YAMLSeq.Parsed);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor === undefined) return converted;
    const [, name = '', rest = ''] = anchorName.exec(anchor) ?? [];
    const anchored = rest === '' ? converted : behindAnchor(converted, rest);
    if (name === '' || anchored === undefined) {
      fail('yaml', 'Not valid YAML: the name of an anchor is made of letters, digits, - and _.', node.range[0]);
      return converted;
    }
    anchors.set(name, { node: anchored, size: size - before });
    return anchored;
  };

  const alias = (name: string, start: number): Node => {
    const target = anchors.get(name);
    if (!target) {
      fail('yaml', `Not valid YAML: the alias *${name} has no anchor before it.`, start);
      return { type: 'scalar', value: null, text: '', style: 'plain', span: place(start, start), via: nothing };
    }
    size += target.size - 1;
    aliased += target.size;
    if (aliased > limits.aliasedNodes) fail('limit', `Aliases expand to more than ${limits.aliasedNodes} values.`, start);
    return target.node;
  };

  const root = contents === null || isEmptyDocument(contents) ? undefined : value(contents, 0);
  return { root, hasShadowed, aliased, failure };
};

/** `!!merge <<`, as go-yaml writes a merge key. */
const isTaggedMerge = (key: ParsedNode | null): boolean => isScalar(key) && key.tag === 'tag:yaml.org,2002:merge';

/** The composer gives a document without content an empty plain scalar; `null` or `~` written out is one, too, for Kubernetes. */
const isEmptyDocument = (node: ParsedNode): boolean => isScalar(node) && node.type === 'PLAIN' && resolvePlain(String(node.value)) === null;

/** What go-yaml takes into a tag of one's own (`yaml_parser_scan_tag_uri`). */
const localTag = /^![\w\-;/?:@&=+$.%!~*'()[\]]*$/;

/** go-yaml ends a name where the package goes on. */
const anchorName = /^([0-9A-Za-z_-]+)((?:[?:][^\s].*)?)$/;

/** What the package took for part of the name is the beginning of the value. */
const behindAnchor = (node: Node, rest: string): Node | undefined => {
  if (node.type !== 'scalar' || node.style !== 'plain') return undefined;
  const text = node.text === '' ? rest : `${rest} ${node.text}`;
  return { ...node, value: resolvePlain(text), text };
};

/** The package ends a quoted text where the next line is not indented, and takes an escaped quote there for the closing one. */
const isOpen = (raw: string, style: ScalarStyle): boolean => {
  if (style === 'single') return raw.slice(1, -1).replaceAll("''", '').includes("'");
  return style === 'double' && /\\"$/.test(raw) && /(?:^|[^\\])\\(?:\\\\)*"$/.test(raw);
};

const isBlock = (style: ScalarStyle): boolean => style === 'literal' || style === 'folded';

const styles: ReadonlyMap<string, ScalarStyle> = new Map(
  Object.entries({
    PLAIN: 'plain',
    QUOTE_SINGLE: 'single',
    QUOTE_DOUBLE: 'double',
    BLOCK_LITERAL: 'literal',
    BLOCK_FOLDED: 'folded',
  }),
);

/** Whether comments may hold schemas (kyaml `fieldmeta`), a leftover of kpt: `ports: # {"type": "array", …}`. */
export const holdsSchema = (text: string): boolean => /#\s?\{\s?"(?:type|items|properties|\$ref|x-kubernetes-)/.test(text);

const schemaOnLine = (source: string, start: number): string | undefined => {
  const end = source.indexOf('\n', start);
  const line = source.slice(start, end === -1 ? source.length : end);
  const comment = line.search(/\s#+\s*\{/);
  const json = comment === -1 ? '' : line.slice(line.indexOf('{', comment)).trim();
  try {
    JSON.parse(json);
    return json;
  } catch {
    return undefined;
  }
};

/** A tag that the text cannot be decoded as: `!!int web`. */
const misfit = (value: ScalarNode['value'], tag: string | undefined): string | undefined => {
  const isOfType = tag === undefined ? undefined : decodable.get(tag);
  return isOfType === undefined || isOfType(value) ? undefined : tag?.replace('tag:yaml.org,2002:', '!!');
};

const decodable = new Map<string, (value: ScalarNode['value']) => boolean>([
  ['tag:yaml.org,2002:int', (value) => typeof value === 'bigint' || Number.isInteger(value)],
  ['tag:yaml.org,2002:float', (value) => typeof value === 'bigint' || typeof value === 'number'],
  ['tag:yaml.org,2002:bool', (value) => typeof value === 'boolean'],
  ['tag:yaml.org,2002:null', (value) => value === null],
]);

const typed = (text: string, style: ScalarStyle, tag: string | undefined): ScalarNode['value'] => {
  switch (tag) {
    case 'tag:yaml.org,2002:int':
    case 'tag:yaml.org,2002:float':
    case 'tag:yaml.org,2002:bool':
    case 'tag:yaml.org,2002:null':
      return resolvePlain(text);
    case 'tag:yaml.org,2002:timestamp':
    case undefined:
      return style === 'plain' ? resolvePlain(text) : text;
    default:
      return text;
  }
};
