import { isUtf8 } from 'node:buffer';
import { baseName, type File } from '../../files/files.ts';
import type { Origin, Step } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import { child, isList, isScalar, type MapNode, type ScalarNode, scalarText } from '../../yaml/node.ts';

/** Reads a file that a kustomization names, seen from its directory, or says why it cannot be read. */
export type LoadFile = (path: string, asked: ScalarNode) => File | StepProblem;

/** One key of a generated ConfigMap or Secret. */
export interface KeyValue {
  readonly key: string;
  /** The file's bytes where they are no valid UTF-8. */
  readonly content: string | Uint8Array;
  /** The literal, the file, or the line of the env file. */
  readonly origin: Origin;
}

export interface KeyValues {
  readonly pairs: readonly KeyValue[];
  readonly problems: readonly StepProblem[];
}

/**
 * What the `envs`, `literals` and `files` of a generator's entry give, in this order (kustomize: `api/kv`). Reported, and
 * left out: a source that cannot be read or understood, and a key that is there already.
 */
export const loadKeyValues = (entry: MapNode, field: string, load: LoadFile): KeyValues => {
  const pairs: KeyValue[] = [];
  const problems: StepProblem[] = [];
  const keys = new Set<string>();
  const name = child(entry, 'name');

  const add = (source: ScalarNode, pair: KeyValue) => {
    if (keys.has(pair.key)) {
      const owner = scalarText(name);
      problems.push(invalid(source, `configmap ${owner} illegally repeats the key \`${pair.key}\`: kustomize takes each key once.`));
      return;
    }
    keys.add(pair.key);
    pairs.push(pair);
  };
  const loaded = (path: string, source: ScalarNode): File | undefined => {
    const file = load(path, source);
    if (!('ruleId' in file)) return file;
    problems.push(file);
    return undefined;
  };

  for (const source of [...scalars(entry, 'envs'), ...scalars(entry, 'env')]) {
    const file = loaded(source.text, source);
    if (!file) continue;
    if (typeof contentOf(file) !== 'string') {
      problems.push(invalid(source, `${source.text} has invalid utf8 bytes: only files may be binary.`));
      continue;
    }
    for (const pair of envPairs(file, step(source, field))) add(source, pair);
  }
  for (const source of scalars(entry, 'literals')) {
    const literal = parseLiteral(source.text);
    if (!literal) problems.push(invalid(source, `invalid literal source ${source.text}, expected key=value`));
    else add(source, { ...literal, origin: { span: source.span, via: [...source.via, step(source, field)] } });
  }
  for (const source of scalars(entry, 'files')) {
    const named = parseFileSource(source.text);
    if (typeof named === 'string') {
      problems.push(invalid(source, named));
      continue;
    }
    const file = loaded(named.path, source);
    if (!file) continue;
    const span = { path: file.path, start: 0, end: file.text.length };
    add(source, { key: named.key, content: contentOf(file), origin: { span, via: [step(source, field)] } });
  }
  return { pairs, problems };
};

const invalid = (at: Origin, message: string): StepProblem => ({ ruleId: 'build/failed-transformation', at, message });

const step = (source: ScalarNode, field: string): Step => ({ type: 'generator', at: source.span, field });

/** The items of a list of strings; a single string where the older field has one. */
const scalars = (entry: MapNode, key: string): readonly ScalarNode[] => {
  const node = child(entry, key);
  if (isScalar(node)) return node.text === '' ? [] : [node];
  return isList(node) ? node.items.filter(isScalar) : [];
};

/** `bufio.Scanner` ends without a word at a line longer than this. */
const longestLine = 64 * 1024;

/** `KEY=value` lines: leading white space and `#` lines are dropped, quotes stay, no `=` means an empty value. */
const envPairs = (file: File, via: Step): readonly KeyValue[] => {
  const pairs: KeyValue[] = [];
  let start = 0;
  for (const raw of file.text.split('\n')) {
    if (raw.length >= longestLine) break;
    const line = raw.replace(/\r$/, '');
    const text = line.trimStart();
    const [key = ''] = text.split('=', 1);
    if (key !== '' && !key.startsWith('#')) {
      const span = { path: file.path, start: start + line.length - text.length, end: start + line.length };
      pairs.push({ key, content: text.slice(key.length + 1), origin: { span, via: [via] } });
    }
    start += raw.length + 1;
  }
  return pairs;
};

/** The first `=` splits; one pair of quotes around the value is dropped. */
const parseLiteral = (source: string): { readonly key: string; readonly content: string } | undefined => {
  const equals = source.indexOf('=');
  if (equals < 1) return undefined;
  const value = source.slice(equals + 1);
  const isQuoted = value.length > 1 && (value.startsWith('"') || value.startsWith("'")) && value.endsWith(value.charAt(0));
  return { key: source.slice(0, equals), content: isQuoted ? value.slice(1, -1) : value };
};

/** `path` or `key=path`; a text says what is wrong. */
const parseFileSource = (source: string): { readonly key: string; readonly path: string } | string => {
  const [key = '', path, ...more] = source.split('=');
  if (path === undefined) return { key: baseName(source.replace(/\/+$/, '')), path: source };
  if (more.length > 0) return `source "${source}" key name or file path contains '='`;
  if (key === '') return `missing key name for file path "${path}" in source "${source}"`;
  if (path === '') return `missing file path for key name "${key}" in source "${source}"`;
  return { key, path };
};

const contentOf = (file: File): string | Uint8Array => {
  // Decoding leaves this character where the bytes are not valid, so most files need no second look.
  if (!file.text.includes('\uFFFD')) return file.text;
  const bytes = file.bytes();
  return isUtf8(bytes) ? file.text : bytes;
};
