import type { StepProblem } from '../../model/problem.ts';
import { mapSame, scalarNode } from '../../yaml/edit.ts';
import { child, isNull, isScalar, type Node, type ScalarNode } from '../../yaml/node.ts';
import type { ResourceId } from '../build.ts';
import { lookUp, splitFieldPath } from '../field/field-path.ts';
import { applyFieldSpecs, type FieldSpec } from '../field/field-spec.ts';
import { type Failure, failure } from '../resource/failure.ts';
import { withLinks } from '../resource/linked-scalars.ts';
import { originalFirst, type Resource } from '../resource/resource.ts';
import { sameId } from '../resource/resource-id.ts';
import { stepAt } from '../resource/steps.ts';
import { failedTransformation, type Transformed, transformEach } from '../resource/transformation.ts';
import type { Var } from './vars.ts';

/**
 * `$(NAME)` in the fields of `specs` becomes the value of the var (kustomize: `ResAccumulator.ResolveVars`), once, at the
 * end of the root's build; `$$` stands for `$`. A text that is nothing but one reference gets the value's type. Names that
 * are no vars stay as they are. Reported: vars without an object or a field, fields that cannot hold references.
 */
export const expandVars = (resources: readonly Resource[], vars: readonly Var[], specs: readonly FieldSpec[]): Transformed => {
  const [first] = vars;
  if (!first) return { resources, problems: [] };
  const problems: StepProblem[] = [];
  const values = new Map<string, VarValue>();
  for (const each of vars) {
    const value = currentValue(each, resources);
    if (value?.type === 'failure') problems.push(failedTransformation(each.entry, value.message));
    else if (value) values.set(each.name, { node: value, entry: each.entry });
  }
  const set = (node: Node) => expanded(node, values);
  const transformed = transformEach(resources, first.entry, ({ root }) => {
    const changed = applyFieldSpecs(root, specs, { set, origin: root });
    return changed.type === 'map' ? withLinks(root, changed) : changed;
  });
  return { resources: transformed.resources, problems: [...problems, ...transformed.problems] };
};

interface VarValue {
  readonly node: ScalarNode;
  readonly entry: Node;
}

/** Undefined for a map or a list: references to it stay as they are. */
const currentValue = ({ name, fieldPath, referent }: Var, resources: readonly Resource[]): ScalarNode | undefined | Failure => {
  const object = referent && resources.find((resource) => hasHistory(resource, referent));
  if (!object) return failure(`var '${name}' cannot be mapped to a field in the set of known resources`);
  const node = lookUp(object.root, splitFieldPath(fieldPath).flatMap(withIndex));
  if (!node || node.type === 'failure')
    return failure(`field specified in var '${name}' (${fieldPath}) not found in corresponding resource`);
  return isScalar(node) ? node : undefined;
};

/** An object keeps the ids it had, in order, whatever it is called later. */
const hasHistory = (resource: Resource, ids: readonly ResourceId[]): boolean => {
  const history = originalFirst(resource);
  return ids.every((id, index) => {
    const then = history[index];
    return then !== undefined && sameId(then, id);
  });
};

/** `ports[0]` is `ports` and `0`. */
const withIndex = (part: string): readonly string[] => {
  const [, key = '', index] = /^(.*)\[(\d+)\]$/.exec(part) ?? [];
  if (index === undefined) return [part];
  return key === '' ? [index] : [key, index];
};

const expanded = (node: Node, values: ReadonlyMap<string, VarValue>): Node | Failure => {
  if (isNull(node)) return node;
  switch (node.type) {
    case 'scalar':
      return expandedText(node, values);
    case 'list': {
      if (node.items.some((item) => !isText(item))) return failure('invalid value type expect a string');
      const items = mapSame(node.items, (item) => expandedText(item, values));
      return items === node.items ? node : { ...node, items };
    }
    case 'map': {
      const wrong = node.entries.find(({ key }) => typeof key.value !== 'string');
      if (wrong) return failure(`invalid map key: value='${wrong.key.text}'`);
      const entries = mapSame(node.entries, (entry) => {
        const value = expandedText(entry.value, values);
        return value === entry.value ? entry : { key: entry.key, value };
      });
      return entries === node.entries ? node : { ...node, entries };
    }
    case 'unknown':
      return node;
    default:
      return node satisfies never;
  }
};

const isText = (node: Node): node is ScalarNode => isScalar(node) && typeof node.value === 'string';

/** The text keeps its origin; each var in it adds a step. */
const expandedText = (node: Node, values: ReadonlyMap<string, VarValue>): Node => {
  if (isScalar(node) && node.tag === '') return expandedText({ ...node, value: node.text, tag: undefined }, values);
  if (!isText(node) || !node.text.includes('$')) return node;
  const via = [...node.via];
  const valueFor = (reference: string): VarValue | undefined => {
    const value = values.get(reference.slice(2, -1));
    if (value) via.push(stepAt('replacement', child(value.entry, 'name') ?? value.entry, 'vars'));
    return value;
  };
  if (/^\$\([^)]*\)$/.test(node.text)) {
    const value = valueFor(node.text);
    return value ? { ...value.node, span: node.span, via } : node;
  }
  const text = node.text.replace(/\$(?:\$|\([^)]{0,500}\))/g, (found) => (found === '$$' ? '$' : (printed(valueFor(found)) ?? found)));
  return text === node.text ? node : scalarNode(text, { span: node.span, via });
};

const printed = (value: VarValue | undefined): string | undefined =>
  value === undefined || typeof value.node.value === 'string' ? value?.node.text : String(value.node.value);
