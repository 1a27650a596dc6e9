/**
 * Text → documents whose every node knows its span. Never throws on input: what is wrong is a problem with a position,
 * and the documents that can be read are read. The grammar is the `yaml` package's; types of scalars, merge keys,
 * aliases and limits are ours, since they must be go-yaml's and keep origins.
 */
import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, type ParsedNode, Parser, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { StepProblem } from '../model/problem.ts';
import type { Span } from '../model/span.ts';
import { limits } from './limits.ts';
import { nestingDepth } from './nesting.ts';
import type { Entry, ListNode, MapNode, Node, ScalarNode, ScalarStyle } from './node.ts';
import type { Place } from './place.ts';
import { resolvePlain } from './scalar.ts';

export interface Document {
  /** Position in the file, counting empty documents. */
  readonly index: number;
  /** Undefined for a document of comments only. */
  readonly root: Node | undefined;
  readonly span: Span;
}

export interface ParsedText {
  /** Those that could be read. A reader that must have all of them looks at `problems` first. */
  readonly documents: readonly Document[];
  readonly problems: readonly StepProblem[];
}

export interface Comment {
  readonly start: number;
  readonly end: number;
  /** From `#` to the end of the line. */
  readonly text: string;
}

const nothing: readonly never[] = [];

/** @param place maps offsets of `text` to the repository (`wholeFile(path)`, `insideScalar(...)`) */
export const parseYaml = (text: string, place: Place): ParsedText => {
  const problem = (ruleId: string, start: number, end: number, message: string, hint?: string): StepProblem => ({
    ruleId,
    at: { span: place(start, end), via: nothing },
    message,
    hint,
  });
  const limit = (start: number, message: string) =>
    problem('manifest/limit-exceeded', start, start, message, 'Split the file, or exclude it with .sourceignore if no build needs it.');

  if (text.length > limits.size) {
    const message = `The file has ${text.length} characters, more than the ${limits.size} that flux-lint reads.`;
    return { documents: [], problems: [limit(0, message)] };
  }
  const conflict = conflictMarker(text);
  if (conflict) {
    const message = "Git's conflict markers stand in this file: it is no YAML, and kustomize rejects it (MalformedYAMLError).";
    const hint = 'Finish the merge: keep one of the two sides, and take the markers out.';
    return { documents: [], problems: [problem('manifest/unresolved-merge-conflict', conflict.start, conflict.end, message, hint)] };
  }
  const tooDeep = nestingDepth(text) > limits.depth;
  if (tooDeep) return { documents: [], problems: [limit(0, `Collections are nested more than ${limits.depth} deep.`)] };

  const documents: Document[] = [];
  const problems: StepProblem[] = [];
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, prettyErrors: false, strict: false, keepSourceTokens: false });
  let index = 0;
  let aliased = 0;
  for (const document of composer.compose(new Parser().parse(text), true, text.length)) {
    const [error] = document.errors;
    const [start, , end] = document.range;
    if (error) {
      problems.push(problem('manifest/invalid-yaml', error.pos[0], error.pos[1], `Not valid YAML: ${error.message}`));
      index++;
      continue;
    }
    const converted = convert(document.contents, place, aliased);
    aliased = converted.aliased;
    if (converted.failure) {
      const { type, message, at } = converted.failure;
      problems.push(type === 'limit' ? limit(at, message) : problem('manifest/invalid-yaml', at, at + 1, message));
    } else {
      documents.push({ index, root: converted.root, span: place(start, end) });
    }
    index++;
    if (converted.failure?.type === 'limit') break;
  }
  return { documents, problems };
};

/** The comments of a text, wherever they stand; `#` inside scalars is none. */
export const commentsOf = (text: string): readonly Comment[] => {
  const comments: Comment[] = [];
  let offset = 0;
  let isContent = false;
  for (const token of new Lexer().lex(text)) {
    // Zero-width marks of the lexer: document start, end of a flow line, "the next token is a scalar".
    if (token === '\u0002' || token === '\u0018') continue;
    if (token === '\u001f') {
      isContent = true;
      continue;
    }
    if (!isContent && token.startsWith('#')) comments.push({ start: offset, end: offset + token.length, text: token });
    isContent = false;
    offset += token.length;
  }
  return comments;
};

/** The first line that git leaves in a file with a conflict. Block scalars are indented, so none can hold one. */
const conflictMarker = (text: string): { readonly start: number; readonly end: number } | undefined => {
  if (!text.includes('<<<<<<<') || !/^>{7}(?: |\r?$)/m.test(text)) return undefined;
  const marker = /^<{7}(?: .*)?$/m.exec(text);
  return marker ? { start: marker.index, end: marker.index + marker[0].length } : undefined;
};

interface Failure {
  readonly type: 'limit' | 'yaml';
  readonly message: string;
  readonly at: number;
}

interface Converted {
  readonly root: Node | undefined;
  readonly aliased: number;
  readonly failure: Failure | undefined;
}

interface Anchored {
  readonly node: Node;
  readonly size: number;
}

const convert = (contents: ParsedNode | null, place: Place, aliasedBefore: number): Converted => {
  const anchors = new Map<string, Anchored>();
  let size = 0;
  let aliased = aliasedBefore;
  let failure: Failure | undefined;
  const fail = (type: Failure['type'], message: string, at: number) => {
    failure ??= { type, message, at };
  };

  const scalar = (node: Scalar.Parsed): ScalarNode => {
    const style = styles[node.type ?? 'PLAIN'] ?? 'plain';
    const text = typeof node.value === 'string' ? node.value : String(node.value ?? '');
    const [start, end] = node.range;
    return { type: 'scalar', value: typed(text, style, node.tag), text, style, span: place(start, end), via: nothing };
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
      const key = keyNode(pair.key, start);
      const content = value(pair.value, key.span.end);
      const isMerge = key.text === '<<' && key.style === 'plain';
      if (isMerge) merged.push(...mergeEntries(content, start));
      else written.push({ key, value: content });
    }
    const entries = merged.length === 0 ? written : withMerged(written, merged);
    const unique = lastOfEach(entries);
    const base: MapNode = { type: 'map', entries: unique, span: place(start, end), via: nothing };
    return unique.length === entries.length ? base : { ...base, shadowed: entries.filter((entry) => !unique.includes(entry)) };
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
    // Casts, since the package's guards forget that what was parsed has ranges.
    const converted = isScalar(node) ? scalar(node) : isMap(node) ? map(node as YAMLMap.Parsed) : list(node as YAMLSeq.Parsed);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) anchors.set(anchor, { node: converted, size: size - before });
    return converted;
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
  return { root, aliased, failure };
};

/** The composer gives a document without content an empty plain scalar; `null` or `~` written out is one, too, for Kubernetes. */
const isEmptyDocument = (node: ParsedNode): boolean => isScalar(node) && node.type === 'PLAIN' && resolvePlain(String(node.value)) === null;

const styles: Readonly<Record<string, ScalarStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

const typed = (text: string, style: ScalarStyle, tag: string | undefined): ScalarNode['value'] => {
  switch (tag) {
    case 'tag:yaml.org,2002:int':
    case 'tag:yaml.org,2002:float':
    case 'tag:yaml.org,2002:bool':
    case 'tag:yaml.org,2002:null':
      return resolvePlain(text);
    case undefined:
      return style === 'plain' ? resolvePlain(text) : text;
    default:
      return text;
  }
};

/** Written keys win over merged ones, the first merged map over later ones; merged keys come behind. */
const withMerged = (written: readonly Entry[], merged: readonly Entry[]): Entry[] => {
  const keys = new Set(written.map((entry) => entry.key.text));
  const added: Entry[] = [];
  for (const entry of merged) {
    if (keys.has(entry.key.text)) continue;
    keys.add(entry.key.text);
    added.push(entry);
  }
  return [...written, ...added];
};

/** One entry for each key: the last one written, at the place of the first. */
const lastOfEach = (entries: readonly Entry[]): readonly Entry[] => {
  const last = new Map<string, Entry>();
  for (const entry of entries) last.set(entry.key.text, entry);
  return last.size === entries.length ? entries : [...last.values()];
};
