import type { StepProblem } from '../../model/problem.ts';
import { scalarNode } from '../../yaml/edit.ts';
import { child, isList, isNull, isScalar, type MapNode, type Node, type ScalarNode, scalarText } from '../../yaml/node.ts';
import type { ResourceId } from '../build.ts';
import { splitFieldPath } from '../field/field-path.ts';
import { type FieldUpdate, untagged, updateAt } from '../field/field-update.ts';
import { type ObjectSelector, objectSelector } from '../field/selectors.ts';
import { updateInText } from '../field/structured-data.ts';
import { type Failure, failure } from '../resource/failure.ts';
import { limits, tooLarge, tooLongPath } from '../resource/limits.ts';
import { withLinks } from '../resource/linked-scalars.ts';
import { currentId, type Resource } from '../resource/resource.ts';
import { effectiveNamespace } from '../resource/resource-id.ts';
import { carried, stepAt } from '../resource/steps.ts';
import { failed, type Transformed } from '../resource/transformation.ts';
import { type FailureAt, type FieldOptions, failureAt, fieldOptions, replacementValue, retyped } from './replacement-value.ts';

/**
 * The entries of `replacements`, one after the other (kustomize: `api/filters/replacement`): a value of one object, or a
 * literal, is copied into fields of others. It keeps the origin it has; the step names the target that asked for it. An
 * object that gets another name is not remembered under the old one. Reported, for each entry the first: sources that
 * select nothing or too much, fields that are missing or cannot hold the value.
 */
export const applyReplacements = (resources: readonly Resource[], entries: readonly Node[]): Transformed => {
  let replaced = resources;
  const problems: StepProblem[] = [];
  for (const entry of entries) {
    const result = applyReplacement(replaced, entry);
    if ('type' in result) problems.push(failed(result.at, result));
    else replaced = result;
  }
  return { resources: replaced, problems };
};

const applyReplacement = (resources: readonly Resource[], entry: Node): readonly Resource[] | FailureAt => {
  const targets = child(entry, 'targets');
  if (!isList(targets)) return failureAt(entry, 'replacements must specify a source and at least one target');
  const value = replacementValue(resources, entry);
  if (value.type === 'failure') return value;

  let replaced = resources;
  let copiedNow = value.node;
  for (const node of targets.items) {
    const target = readTarget(node);
    if (target.type === 'failure') return target;
    const roots: MapNode[] = [];
    for (const [index, resource] of replaced.entries()) {
      const inItself = value.place?.resource === index ? value.place.keys : undefined;
      const root = isSelected(resource, target) ? withValue(resource.root, { node: copiedNow, inItself }, target) : resource.root;
      if (root.type === 'failure') return root;
      if (inItself) copiedNow = child(root, ...inItself) ?? copiedNow;
      roots.push(root);
    }
    if (roots.some((root, index) => root !== replaced[index]?.root)) {
      replaced = replaced.map((resource, index) => withRoot(resource, roots[index]));
    }
  }
  return replaced;
};

const withRoot = (resource: Resource, root: MapNode | undefined): Resource =>
  root === undefined || root === resource.root ? resource : { ...resource, root };

interface Target {
  readonly type: 'target';
  readonly select: ObjectSelector;
  readonly rejects: readonly ObjectSelector[];
  readonly fieldPaths: readonly ScalarNode[];
  readonly options: FieldOptions;
}

const readTarget = (node: Node): Target | FailureAt => {
  const select = child(node, 'select');
  if (!select || isNull(select)) return failureAt(node, 'target must specify resources to select');
  const selector = objectSelector(select);
  if (selector.type === 'failure') return failureAt(select, `error creating target selector: ${selector.message}`);
  const reject = child(node, 'reject');
  const rejects: ObjectSelector[] = [];
  for (const item of isList(reject) ? reject.items : []) {
    const rejected = objectSelector(item);
    if (rejected.type === 'failure') return failureAt(item, `error creating target selector: ${rejected.message}`);
    rejects.push(rejected);
  }
  const fieldPaths = child(node, 'fieldPaths');
  const written = isList(fieldPaths) ? fieldPaths.items.filter(isScalar) : [];
  return {
    type: 'target',
    select: selector,
    rejects,
    fieldPaths: written.length === 0 ? [scalarNode('metadata.name', node)] : written,
    options: fieldOptions(node),
  };
};

/** A reject counts with its id alone, and with its labels and annotations alone. */
const isSelected = (resource: Resource, { select, rejects }: Target): boolean => {
  const ids = [currentId(resource), ...resource.previous.map((id) => ({ ...id, namespace: effectiveNamespace(id) }))];
  const isOneOf = (selector: ObjectSelector) => ids.some((id) => matchesId(selector, id));
  const isRejected = rejects.some(
    (reject) => (!reject.namesNoId && isOneOf(reject)) || (reject.namesMetadata && reject.matchesMetadata(resource.root)),
  );
  return !isRejected && select.matchesMetadata(resource.root) && isOneOf(select);
};

const matchesId = (selector: ObjectSelector, id: ResourceId): boolean =>
  selector.matchesGvk(id) && selector.matchesName(id.name) && selector.matchesNamespace(id.namespace);

interface Copied {
  readonly node: Node;
  /** Where it stands in the object that is written. */
  readonly inItself: readonly (string | number)[] | undefined;
}

const withValue = (root: MapNode, { node, inItself }: Copied, { fieldPaths, options }: Target): MapNode | FailureAt => {
  let changed = root;
  for (const fieldPath of fieldPaths) {
    const now = inItself ? (child(changed, ...inItself) ?? node) : node;
    const replaced = withFieldValue(changed, now, { fieldPath, options });
    if (replaced.type === 'map') changed = withLinks(changed, replaced);
    else if (replaced.type === 'failure') return { ...replaced, at: fieldPath };
    else return failureAt(fieldPath, 'the object itself cannot be replaced');
    const large = tooLarge(changed);
    if (large) return { ...large, at: fieldPath };
  }
  return changed;
};

interface Field {
  readonly fieldPath: ScalarNode;
  readonly options: FieldOptions;
}

const withFieldValue = (root: MapNode, source: Node, { fieldPath, options }: Field): Node | Failure => {
  const path = splitFieldPath(fieldPath.text);
  if (path.length > limits.pathParts) return tooLongPath;
  const steps = [stepAt('replacement', fieldPath, 'replacements')];
  const value = carried(source, steps);
  const create = options.create && value.type !== 'unknown' ? value.type : undefined;
  const common = { create, origin: { span: fieldPath.span, via: [...fieldPath.via, ...steps] } };
  const inText = updateInText(root, path, { ...common, update: (node) => copied(node, value) });
  if (inText.type !== 'failure') return inText;

  let failed: Failure | undefined;
  const update: FieldUpdate['update'] = (node, isNew) => {
    const set = options.delimiter === '' ? copied(node, value, isNew) : joined(node, value, { options, isNew });
    if (set.type === 'failure') failed ??= set;
    return set;
  };
  const updated = updateAt(root, path, { ...common, update });
  if (failed) return failed;
  const missing = `unable to find ${create ? 'or create ' : ''}field "${fieldPath.text}" in replacement target`;
  if (updated.type === 'failure' && updated.isLimit) return updated;
  if (updated.type === 'failure') return failure(`${missing}: ${updated.message}`);
  return updated.count === 0 ? failure(missing) : updated.node;
};

/** A field that holds a text or number keeps its type; anything else becomes what the value is. */
const copied = (node: Node, value: Node, isNew = false): Node | Failure => {
  if (node.type !== 'scalar') return value;
  const text = isScalar(value) ? value : untagged('', value);
  return isNew ? untagged(text.text, value) : retyped(node, text);
};

const joined = (
  node: Node,
  value: Node,
  { options: { delimiter, index }, isNew }: { options: FieldOptions; isNew: boolean },
): Node | Failure => {
  if (node.type !== 'scalar') return failure('delimiter option can only be used with scalar nodes');
  const parts = node.text.split(delimiter);
  const text = scalarText(value);
  const combined = index < 0 ? [text, ...parts] : index >= parts.length ? [...parts, text] : parts.with(index, text);
  return copied(node, untagged(combined.join(delimiter), value), isNew);
};
