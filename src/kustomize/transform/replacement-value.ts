import { child, isNull, isScalar, isTrue, type Node, type ScalarNode, scalarText, textAt } from '../../yaml/node.ts';
import { resolvePlain } from '../../yaml/scalar.ts';
import { tagOf } from '../../yaml/through-json.ts';
import type { ResourceId } from '../build.ts';
import { keysTo, splitFieldPath } from '../field/field-path.ts';
import { untagged } from '../field/field-update.ts';
import { idAt, isSelectedBy } from '../field/selectors.ts';
import { type Failure, failure } from '../resource/failure.ts';
import { currentId, type Resource } from '../resource/resource.ts';
import { effectiveNamespace, idText } from '../resource/resource-id.ts';

/** A failure and the node of the kustomization that is wrong. */
export interface FailureAt extends Failure {
  readonly at: Node;
}

export const failureAt = (at: Node, message: string): FailureAt => ({ ...failure(message), at });

/** `delimiter`, `index` and `create` of a source or a target. */
export interface FieldOptions {
  readonly delimiter: string;
  readonly index: number;
  readonly create: boolean;
}

export const fieldOptions = (node: Node | undefined): FieldOptions => {
  const options = child(node, 'options');
  const index = child(options, 'index');
  return {
    delimiter: textAt(options, 'delimiter') ?? '',
    index: isScalar(index) ? Number(index.value) : 0,
    create: isTrue(child(options, 'create')),
  };
};

export interface ReplacementValue {
  readonly type: 'value';
  readonly node: Node;
  /** Where the very node stands that is copied: who writes into it changes what is copied from then on. */
  readonly place: { readonly resource: number; readonly keys: readonly (string | number)[] } | undefined;
}

const literal = (node: Node): ReplacementValue => ({ type: 'value', node, place: undefined });

/** What an entry of `replacements` copies: a literal `sourceValue`, or a field of the one object that `source` selects. */
export const replacementValue = (resources: readonly Resource[], entry: Node): ReplacementValue | FailureAt => {
  const source = child(entry, 'source');
  const written = child(entry, 'sourceValue');
  if (source && isScalar(written) && !isNull(source) && !isNull(written)) {
    return failureAt(written, 'value and resource selectors are mutually exclusive: give sourceValue or source.');
  }
  if (isScalar(written) && !isNull(written)) return literal(untagged(written.text, written));
  const missing = 'replacements must specify a source and at least one target';
  return source && !isNull(source) ? sourceValue(resources, source) : failureAt(entry, missing);
};

/**
 * The text for a field that has a type, which stays: a number for a field that holds one, a text where it is one. What
 * cannot be of the type keeps it as its tag, and kustomize fails when it prints the object.
 */
export const retyped = (field: ScalarNode, { text, span, via }: ScalarNode): ScalarNode => {
  if (field.tag === '') return untagged(text, { span, via });
  if (field.quotedAs !== undefined) {
    const written: ScalarNode = { ...field, value: text, text, span, via };
    return tagOf(untagged(text, field)) === field.quotedAs ? written : { ...written, tag: field.quotedAs };
  }
  const wanted = field.tag ?? tagOf(field);
  if (wanted === '!!str') {
    return { ...field, value: text, text, span, via };
  }
  const plain: ScalarNode = { ...field, tag: undefined, value: resolvePlain(text), text, style: 'plain', span, via };
  const got = tagOf(plain);
  return got === wanted || (got === '!!int' && wanted === '!!float') ? plain : { ...plain, tag: wanted };
};

const sourceValue = (resources: readonly Resource[], source: Node): ReplacementValue | FailureAt => {
  const selector = idAt(source);
  const pathNode = child(source, 'fieldPath');
  const path = scalarText(pathNode);
  // It remembers the namespaces of earlier ids as it compares them.
  const idsOf = (resource: Resource) => [
    currentId(resource),
    ...resource.previous.map((id) => ({ ...id, namespace: effectiveNamespace(id) })),
  ];
  const matches = resources.filter((resource) => idsOf(resource).some((id) => isSelectedBy(id, selector)));
  const [resource, ...others] = matches;
  if (others.length > 0) return failureAt(source, `multiple matches for selector ${sourceText(selector, path, source)}`);
  if (!resource) return failureAt(source, `nothing selected by ${sourceText(selector, path, source)}`);

  const effectivePath = path || 'metadata.name';
  const keys = keysTo(resource.root, splitFieldPath(effectivePath));
  if (keys && 'type' in keys) return failureAt(pathNode ?? source, `error looking up replacement source: ${keys.message}`);
  const node = keys && child(resource.root, ...keys);
  const isEmpty = isNull(node) || (node?.type === 'map' && node.entries.length === 0) || (node?.type === 'list' && node.items.length === 0);
  if (!node || isEmpty) {
    return failureAt(pathNode ?? source, `fieldPath \`${effectivePath}\` is missing for replacement source ${idText(selector)}`);
  }
  const part = refined(node, source);
  if (part.type === 'failure') return part;
  return { type: 'value', node: part, place: keys && part === node ? { resource: resources.indexOf(resource), keys } : undefined };
};

const sourceText = (id: ResourceId, path: string, source: Node): string => {
  const { delimiter, index, create } = fieldOptions(source);
  const options = delimiter === '' && !create ? [] : [`${delimiter}(${index}), create=${create}`];
  return [idText(id), ...(path === '' ? [] : [path]), ...options].join(':');
};

/** The part of a text that delimiter and index name. */
const refined = (node: Node, source: Node): Node | FailureAt => {
  const { delimiter, index } = fieldOptions(source);
  if (delimiter === '') return node;
  const at = child(source, 'options') ?? source;
  if (!isScalar(node)) return failureAt(at, 'delimiter option can only be used with scalar nodes');
  const text = node.text.split(delimiter)[index];
  if (text === undefined) return failureAt(at, `options.index ${index} is out of bounds for value ${node.text}`);
  return tagOf(node) === '!!str' ? { ...node, value: text, text } : { ...node, value: resolvePlain(text), text };
};
