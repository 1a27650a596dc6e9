/** `ValueAddTransformer`, which no field of a kustomization asks for (kustomize: `api/filters/valueadd`). */
import type { StepProblem } from '../../model/problem.ts';
import { scalarNode } from '../../yaml/edit.ts';
import { child, isNull, isScalar, type MapNode, type Node, type ScalarNode, textAt } from '../../yaml/node.ts';
import { splitPath } from '../field/field-spec.ts';
import { untagged, updateAt } from '../field/field-update.ts';
import { selectResources } from '../field/selectors.ts';
import { type Failure, failure } from '../resource/failure.ts';
import type { Resource } from '../resource/resource.ts';
import { failedTransformation, type Transformed, transformEach, transformerOrigin } from '../resource/transformation.ts';
import { withNamespace } from './namespace.ts';
import { retyped } from './replacement-value.ts';

/**
 * One text into fields of the objects that each target selects: in the place of what is there, or as one part of the
 * path that is there.
 *
 * @param value the text, trimmed, with the place that asks for it
 */
export const addValue = (resources: readonly Resource[], value: ScalarNode, targets: readonly Node[]): Transformed => {
  let changed = resources;
  const problems: StepProblem[] = [];
  for (const node of targets) {
    const target = readTarget(node, changed);
    if (target.type === 'failure') {
      problems.push(failedTransformation(node, target.message));
      continue;
    }
    const transformed = transformEach(changed, node, (resource) =>
      target.selected.has(resource) ? withValue(resource.root, value, target) : resource.root,
    );
    for (const problem of transformed.problems) problems.push(problem);
    changed = transformed.resources;
  }
  return { resources: changed, problems };
};

interface Target {
  readonly type: 'target';
  readonly selected: ReadonlySet<Resource>;
  readonly fieldPath: string;
  /** 0: the value takes the place of all that is there. */
  readonly position: number;
}

const readTarget = (node: Node, resources: readonly Resource[]): Target | Failure => {
  const fieldPath = textAt(node, 'fieldPath') ?? '';
  if (fieldPath === '') return failure('fieldPath cannot be empty');
  const position = Number(textAt(node, 'filePathPosition') ?? '0');
  if (position < 0) return failure(`value of FilePathPosition (${position}) cannot be negative`);
  const selector = child(node, 'selector');
  const selected = selector && !isNull(selector) ? selectResources(resources, selector) : resources;
  return 'type' in selected ? selected : { type: 'target', selected: new Set(selected), fieldPath, position };
};

const withValue = (root: MapNode, asked: ScalarNode, { fieldPath, position }: Target): MapNode | Failure => {
  const origin = transformerOrigin(asked, 'transformers');
  if (fieldPath === 'metadata/namespace') return withNamespace(root, scalarNode(asked.text, origin));
  const update = (node: Node, isNew: boolean): Node | Failure => {
    if (!isScalar(node))
      return failure(`wrong node kind: expected ScalarNode but got ${node.type === 'list' ? 'SequenceNode' : 'MappingNode'}`);
    const old = isNew || isNull(node) ? '' : node.text;
    const value = untagged(position > 0 ? insertPathPart(old, position - 1, asked.text) : asked.text, origin);
    return isNew || node.style === 'plain' ? value : retyped(node, value);
  };
  const updated = updateAt(root, splitPath(fieldPath, '/'), { create: 'scalar', origin, update });
  if (updated.type === 'failure') return updated;
  return updated.node.type === 'map' ? updated.node : failure('the object itself cannot be replaced');
};

/** Counted alike in absolute and in relative paths; beyond the end is behind it (kyaml: `filesys.InsertPathPart`). */
const insertPathPart = (path: string, position: number, part: string): string => {
  const isAbsolute = path.startsWith('/');
  const parts = path.split('/').filter((each) => each !== '');
  return (isAbsolute ? '/' : '') + parts.toSpliced(position, 0, part).join('/');
};
