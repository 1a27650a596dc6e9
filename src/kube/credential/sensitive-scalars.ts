import type { Span } from '../../model/span.ts';
import { withoutEnd } from '../../pattern/trim.ts';
import { child, type Entry, isMap, isScalar, type MapNode, type Node, type ScalarNode, textAt } from '../../yaml/node.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { insideScalar } from '../../yaml/place.ts';
import { isLikelyCredential, namesCredential } from './credential-names.ts';

/** A text that no report shows, and where it stands. */
export interface SensitiveText {
  readonly text: string;
  readonly span: Span;
}

/**
 * What a document holds of secrets by what it is: the values of Secrets, wherever in the document one lies, the literals of
 * secretGenerators, the values of patches that may be for a Secret, and fields that are called like a credential and
 * hold what can be one.
 *
 * @param source the text of the file
 */
export const sensitiveTexts = (root: Node, source: string): Sensitive => {
  const found: SensitiveText[] = [];
  const files: string[] = [];
  // Definitions hold examples at most, and are most of what some repositories are made of.
  if (textAt(root, 'kind') === 'CustomResourceDefinition') return { texts: found, files };
  collect(root, { source, found, files, target: undefined });
  return { texts: found, files };
};

/** Whether a text may have any of that: one look at what it says, since most files are done with after it. */
export const mayBeSensitive = (source: string): boolean => sensitiveByKind.test(source) || sensitiveByName.test(source.toLowerCase());

const sensitiveByKind = /\bSecret\b|[sS]ecretGenerator|\/(?:stringData|data)\b/;

/** The names that `namesCredential` knows, in small letters, where a key or a text ends. */
const sensitiveByName =
  /(?:pass|passw(?:or)?d|passphrase|pwd|token|(?:api|access|private|secret|encryption|signing|master|account)[^a-z0-9]*key|(?:client|app|shared|hmac|jwt|webhook|cookie|session|signing|consumer|oauth)[^a-z0-9]*secret)[^a-z0-9\n]*(?:[:,}#\n]|$)/;

export interface Sensitive {
  readonly texts: readonly SensitiveText[];
  /** Files whose content becomes a Secret, as seen from the document's own. */
  readonly files: readonly string[];
}

interface Context {
  readonly source: string;
  readonly found: SensitiveText[];
  readonly files: string[];
  /** The kind that a patch is for; empty: any. Undefined outside of patches. */
  readonly target: string | undefined;
}

const collect = (node: Node, context: Context): void => {
  if (isScalar(node) && isSecretText.test(node.text)) collectInside(node, context);
  if (node.type === 'list') for (const item of node.items) collect(item, context);
  if (node.type !== 'map') return;
  const isSecret = textAt(node, 'kind') === 'Secret';
  collectNamedValue(node, context);
  collectPatchOperation(node, context);
  const target = child(node, 'target');
  const forPatch = isMap(target) ? { ...context, target: textAt(target, 'kind') ?? '' } : context;
  for (const { key, value } of everyEntry(node)) {
    if (isSecret && (key.text === 'data' || key.text === 'stringData')) collectAll(value, context);
    else if (key.text === 'secretGenerator' || (key.text === 'literals' && /SecretGenerator/.test(textAt(node, 'kind') ?? '')))
      collectGenerated(value, context);
    else if (isScalar(value) && isPatchText(key.text, value.text)) collectInside(value, { ...forPatch, target: forPatch.target ?? '' });
    else if (isScalar(value) && isSecretText.test(value.text)) collectInside(value, context);
    else if (isScalar(value)) {
      if (namesCredential(key.text) && isLikelyCredential(key.text, value.text)) add(value, context);
    } else collect(value, isPatchList(key.text) ? { ...forPatch, target: forPatch.target ?? '' } : forPatch);
  }
};

/** What a key says that stands twice has no effect the first time, and is in the file all the same. */
const everyEntry = ({ entries, shadowed = [] }: MapNode): readonly Entry[] => (shadowed.length === 0 ? entries : [...entries, ...shadowed]);

const isPatchList = (key: string): boolean => /^patches(StrategicMerge|Json6902)?$/.test(key);

/** A patch that is written as text. */
const isPatchText = (key: string, text: string): boolean =>
  (key === 'patch' || key === 'jsonOp' || key === 'patches') && /[:\n]/.test(text);

/** Objects that are written as text: the template of a ResourceSet, extra manifests of a chart. */
const isSecretText = /["']?kind["']?[ \t]*:[ \t]*["']?Secret\b/;

/**
 * A text within a text: what it holds has places of its own. What a template says between its delimiters is no YAML, and has
 * blanks in its place.
 */
const collectInside = (scalar: ScalarNode, context: Context): void => {
  const text = scalar.text.replace(/<<[^>\n]*>>|\{\{[^}\n]*\}\}/g, (action) => ' '.repeat(action.length));
  const { documents } = parseYaml(text, insideScalar(context.source, scalar));
  for (const { root } of documents) if (root) collect(root, context);
};

/** `name: DB_PASSWORD`, `value: …`, as in the environment of a container. */
const collectNamedValue = (map: MapNode, context: Context): void => {
  const [name, value] = [textAt(map, 'name'), child(map, 'value')];
  if (name !== undefined && isScalar(value) && namesCredential(name) && isLikelyCredential(name, value.text)) add(value, context);
};

/** `{ op, path, value }`, where the target may be a Secret. */
const collectPatchOperation = (map: MapNode, context: Context): void => {
  const [op, path, value] = [textAt(map, 'op'), textAt(map, 'path'), child(map, 'value')];
  if (op === undefined || path === undefined || value === undefined) return;
  const { target } = context;
  const mayBeSecret = target === undefined || !/^\w+$/.test(target) || target === 'Secret';
  if (target === 'Secret' || /^\/stringData(\/|$)/.test(path) || (mayBeSecret && /^\/data(\/|$)/.test(path))) collectAll(value, context);
};

const collectGenerated = (generators: Node, context: Context): void => {
  if (isScalar(generators)) addLiteral(generators, context);
  else if (generators.type === 'list') for (const item of generators.items) collectGenerated(item, context);
  else if (generators.type === 'map') {
    for (const { key, value } of everyEntry(generators)) if (key.text === 'literals') collectGenerated(value, context);
    for (const field of ['files', 'envs']) {
      const named = child(generators, field);
      for (const item of named?.type === 'list' ? named.items : [])
        if (isScalar(item)) context.files.push(item.text.slice(item.text.indexOf('=') + 1));
    }
    const env = textAt(generators, 'env');
    if (env !== undefined) context.files.push(env);
  }
};

/** `name=value`; without the `=` nobody knows which of the two it is. */
const addLiteral = (scalar: ScalarNode, { source, found }: Context): void => {
  const { path, start, end } = scalar.span;
  const behind = scalar.text.slice(scalar.text.indexOf('=') + 1);
  // The padding of a password is no name's end.
  if (behind === '' || /^=+$/.test(behind)) found.push({ text: withoutEnd(scalar.text, '='), span: scalar.span });
  else {
    const written = source.slice(start, end).indexOf('=');
    found.push({ text: behind, span: { path, start: written === -1 ? start : start + written + 1, end } });
  }
};

const collectAll = (node: Node, context: Context): void => {
  if (isScalar(node)) add(node, context);
  else if (node.type === 'list') for (const item of node.items) collectAll(item, context);
  else if (node.type === 'map') for (const { value } of everyEntry(node)) collectAll(value, context);
};

/** What stands for a value is none: a variable, or what SOPS encrypted. */
const add = ({ text, span, value }: ScalarNode, { found }: Context): void => {
  if (value === null || text === '' || /^(ENC\[|\$\{[^}]*\}$)/.test(text)) return;
  found.push({ text, span });
};
