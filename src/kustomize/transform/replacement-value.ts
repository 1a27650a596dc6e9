import { child, isNull, isScalar, type Node, type ScalarNode } from '../../yaml/node.ts';
import { isPlainString, resolvePlain } from '../../yaml/scalar.ts';
import { tagOf } from '../../yaml/tag.ts';
import type { ResourceId } from '../build.ts';
import { lookUp, splitFieldPath } from '../field/field-path.ts';
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
  const [delimiter, index, create] = ['delimiter', 'index', 'create'].map((key) => child(options, key));
  return {
    delimiter: isScalar(delimiter) && !isNull(delimiter) ? delimiter.text : '',
    index: isScalar(index) ? Number(index.value) : 0,
    create: isScalar(create) && create.value === true,
  };
};

/** What an entry of `replacements` copies: a literal `sourceValue`, or a field of the one object that `source` selects. */
export const replacementValue = (resources: readonly Resource[], entry: Node): Node | FailureAt => {
  const source = child(entry, 'source');
  const literal = child(entry, 'sourceValue');
  if (source && isScalar(literal) && !isNull(source) && !isNull(literal)) {
    return failureAt(literal, 'value and resource selectors are mutually exclusive: give sourceValue or source.');
  }
  if (isScalar(literal) && !isNull(literal)) return untagged(literal.text, literal);
  const missing = 'replacements must specify a source and at least one target';
  return source && !isNull(source) ? sourceValue(resources, source) : failureAt(entry, missing);
};

/**
 * The text for a field that has a type, which stays: a number for a field that holds one, a text where it is one. What
 * cannot be of the type keeps it as its tag, and kustomize fails when it prints the object.
 */
export const retyped = (field: ScalarNode, { text, span, via }: ScalarNode): ScalarNode => {
  if (field.tag === '') return untagged(text, { span, via });
  const wanted = field.tag ?? tagOf(field);
  if (wanted === '!!str') {
    const style = field.style === 'plain' && !isPlainString(text) ? 'double' : field.style;
    return { ...field, value: text, text, style, span, via };
  }
  const plain: ScalarNode = { ...field, tag: undefined, value: resolvePlain(text), text, style: 'plain', span, via };
  const got = tagOf(plain);
  return got === wanted || (got === '!!int' && wanted === '!!float') ? plain : { ...plain, tag: wanted };
};

const sourceValue = (resources: readonly Resource[], source: Node): Node | FailureAt => {
  const selector = idAt(source);
  const pathNode = child(source, 'fieldPath');
  const path = isScalar(pathNode) ? pathNode.text : '';
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
  const node = lookUp(resource.root, splitFieldPath(effectivePath));
  if (node?.type === 'failure') return failureAt(pathNode ?? source, `error looking up replacement source: ${node.message}`);
  const isEmpty = isNull(node) || (node?.type === 'map' && node.entries.length === 0) || (node?.type === 'list' && node.items.length === 0);
  if (!node || isEmpty) {
    return failureAt(pathNode ?? source, `fieldPath \`${effectivePath}\` is missing for replacement source ${idText(selector)}`);
  }
  return refined(node, source);
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
